import Foundation
import Testing

/// `copylint VERB` for the verbs of `copylint-bedrock`.
@Suite struct SiblingProgramTests {
  @Test func bothListTheSameVerbs() throws {
    let bedrock = URL(fileURLWithPath: Program.path).deletingLastPathComponent().appendingPathComponent(
      "copylint-bedrock")
    let scratch = try Scratch()
    let verbs = { (help: Program.Result) in
      let list = help.output.components(separatedBy: "SUBCOMMANDS:").last ?? ""
      return Set(list.matches(of: /\n  ([a-z]+)/).map { String($0.1) })
    }
    let listed = verbs(try scratch.run("--help"))
    let done = verbs(try Program.execute(bedrock.path, ["--help"], in: scratch.folder))
    #expect(done.contains("sandbox"))
    for verb in listed.union(done) {
      // Each calls itself by the name that was typed.
      let own = try Program.execute(bedrock.path, ["help", verb], in: scratch.folder).output
        .replacingOccurrences(of: "USAGE: copylint-bedrock \(verb)", with: "USAGE: copylint \(verb)")
      let help = try scratch.run("help", verb).output
      #expect(help.hasPrefix("OVERVIEW: ") && help.contains("USAGE: copylint \(verb)"), "\(verb)")
      #expect((own.prefix(200) == help.prefix(200)) == done.contains(verb), "\(verb)")
    }
  }

  @Test(arguments: [["sandbox", "--help"], ["help", "sandbox"]]) func helpIsTheSiblings(_ arguments: [String]) throws {
    let result = try Program.run(arguments, in: Program.root)
    #expect(result.code == 0)
    #expect(result.output.contains("USAGE: copylint sandbox"))
    #expect(result.output.contains("--fault-at"))
  }

  /// What a mistake refers to is a command that can be typed as it stands.
  @Test(arguments: [
    ["jobs", "list"], ["jobs", "get"], ["jobs", "history"], ["log", "verify"], ["log", "head"], ["credentials"],
    ["gateway"], ["run"], ["submit"], ["sandbox"], ["pack", "lint"], ["check"], ["rules"], ["explain"],
  ])
  func aMistakeIsReferredToItsOwnVerb(_ verb: [String]) throws {
    let result = try Program.run(verb + ["--nope"], in: Program.root)
    #expect(result.code == 2)
    let name = (["copylint"] + verb).joined(separator: " ")
    #expect(result.errors.contains("\nUsage: \(name) "), "\(result.errors)")
    #expect(result.errors.hasSuffix("\n  See '\(name) --help' for more information.\n"), "\(result.errors)")
  }

  @Test(arguments: [["check", "--output", "nope=x"], ["sandbox", "--fault", "nope=1"]])
  func aValueThatIsNoneIsReferredToItsOwnVerb(_ arguments: [String]) throws {
    let result = try Program.run(arguments, in: Program.root)
    #expect(result.code == 2)
    #expect(result.errors.contains("\n  See 'copylint \(arguments[0]) --help'"), "\(result.errors)")
  }

  @Test func theSiblingUnderItsOwnNameSaysThat() throws {
    let bedrock = URL(fileURLWithPath: Program.path).deletingLastPathComponent().appendingPathComponent(
      "copylint-bedrock")
    let result = try Program.execute(bedrock.path, ["jobs", "list", "--nope"], in: Program.root)
    #expect(result.code == 2 && result.errors.contains("\nUsage: copylint-bedrock jobs list "), "\(result.errors)")
  }

  @Test func aMissingSiblingIsSaid() throws {
    let scratch = try Scratch()
    let alone = scratch.folder.appendingPathComponent("copylint")
    // Not written by this process: a child that another test starts meanwhile would have them open too, and a file that
    // is open for writing cannot be executed.
    let make = """
      mkdir bin && printf '#!/bin/sh\\necho relative\\n' >bin/copylint-bedrock && chmod 755 bin/copylint-bedrock
      cp "$1" copylint
      """
    #expect(try Program.execute("/bin/sh", ["-ec", make, "sh", Program.path], in: scratch.folder).code == 0)
    let run = { path in
      try Program.execute(alone.path, ["sandbox"], in: scratch.folder, environment: ["PATH": path])
    }
    for path in ["/nonexistent", "bin", ""] {
      let result = try run(path)
      #expect(result.code == 2)
      #expect(
        result.errors == """
          error: `copylint sandbox` needs the program `copylint-bedrock`, which is neither beside copylint nor on PATH
            = help: build it with `swift build -c release --product copylint-bedrock`, and put it beside copylint

          """)
    }
    #expect(try run("/nonexistent:\(scratch.folder.path)/bin").output == "relative\n")
  }

  @Test(arguments: [
    ["--port", "x"], ["--port", "70000"], ["--account", "1"], ["--fault", "throttle"], ["--fault", "throttle=2"],
    ["--fault", "nothing=1"], ["--fault-at", "0=throttle"], ["--fault-at", "1=nothing"], ["--token-reuse", "x"],
    ["--job-seconds", "-1"], ["--fault", "throttle=0.6", "--fault", "error=0.6"], ["unexpected"],
  ])
  func usageErrorsAreTwo(_ arguments: [String]) throws {
    let result = try Program.run(["sandbox"] + arguments, in: Program.root)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(!result.errors.isEmpty)
  }

  @Test func aTakenPortIsSaid() throws {
    let sandbox = try RunningSandbox()
    let port = try #require(sandbox.environment["AWS_ENDPOINT_URL_BEDROCK"]?.split(separator: ":").last)
    let result = try Program.run(["sandbox", "--port", String(port)], in: Program.root)
    #expect(result.code == 2)
    #expect(result.errors.hasPrefix("error: cannot listen on 127.0.0.1 port \(port): "))
  }

  @Test func aShellTakesWhatItPrints() throws {
    let sandbox = try RunningSandbox(["--secret-access-key", "it's $HOME `made` up"])
    let result = try sandbox.run(
      "sh", ["-c", sandbox.shellLines + "env"],
      environment: ["AWS_SESSION_TOKEN": "inherited", "NO_PROXY": "", "no_proxy": "a.example"])
    let lines = result.output.split(separator: "\n")
    #expect(lines.contains("AWS_SECRET_ACCESS_KEY=it's $HOME `made` up"))
    for name in ["NO_PROXY", "no_proxy"] { #expect(lines.contains("\(name)=127.0.0.1,localhost,a.example")) }
    #expect(!result.output.contains("AWS_SESSION_TOKEN"))
    #expect(sandbox.stop() == 0)
  }
}
