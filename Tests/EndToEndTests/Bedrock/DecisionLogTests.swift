import Foundation
import Testing

/// The decision log as operators see it: `submit` writes it, `log verify` and `log head` judge it.
@Suite struct DecisionLogTests {
  private let scratch: Scratch
  private var log: String { scratch.folder.appendingPathComponent("log").path }

  init() throws {
    scratch = try Scratch()
    try scratch.write(Sample.denied, to: "denied.json")
  }

  private func submit(_ arguments: String...) throws -> Program.Result {
    try Program.run(
      ["submit", "denied.json", "--region", "eu-west-1", "--journal", "journal", "--decision-log", log] + arguments,
      in: scratch.folder)
  }

  private func lines(_ name: String = "log") throws -> [String] {
    try String(contentsOf: scratch.folder.appendingPathComponent(name), encoding: .utf8).split(separator: "\n")
      .map { String($0) }
  }

  private func write(_ lines: [String]) throws { try scratch.write(lines.map { $0 + "\n" }.joined(), to: "log") }

  @Test func whatSubmitWritesVerifiesUntilSomebodyTouchesIt() throws {
    for _ in 0..<3 { #expect(try submit().code == 1) }
    let intact = try scratch.run("log", "verify", log)
    #expect(intact.code == 0)
    #expect(intact.output == "3 lines of 3 chains in 1 file: intact\n")
    let head = try scratch.run("log", "head", log)
    #expect(head.code == 0)
    #expect(head.output.split(separator: "\n").count == 3)
    try scratch.write(head.output, to: "heads")
    #expect(try scratch.run("log", "verify", log, "--heads", "heads").code == 0)

    let whole = try lines()
    try write(Array(whole[..<2]))
    #expect(try scratch.run("log", "verify", log).code == 0)
    let cut = try scratch.run("log", "verify", log, "--heads", "heads")
    #expect(cut.code == 1)
    #expect(cut.output.contains("error: cut: the chain is not there, and it had 1 line [chain "))

    try write([whole[0], whole[1].replacingOccurrences(of: "\"denied\"", with: "\"compliant\""), whole[2]])
    let last = try #require(head.output.split(separator: "\n").dropFirst().first)
    let changed = try scratch.run("log", "verify", log, "--head", String(last))
    #expect(changed.code == 1)
    #expect(changed.output.hasPrefix("\(log):2: error: changed: line 1 was changed"))

    try write(whole + ["not a line"])
    let json = try scratch.run("log", "verify", log, "--output-format", "json")
    #expect(json.code == 1)
    let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(report["verdict"] as? String == "tampered")
    #expect(((report["problems"] as? [[String: Any]])?.first)?["line"] as? Int == 4)
    let refused = try scratch.run("log", "head", log)
    #expect(refused.code == 1 && refused.output.isEmpty && refused.errors.contains(":4: error: inserted: "))
  }

  @Test func whatCannotBeJudgedIsTwo() throws {
    try scratch.write("", to: "empty")
    try scratch.write("x\n", to: "heads")
    for arguments in [
      ["log", "verify", "none"], ["log", "verify", "empty"], ["log", "verify", "."], ["log", "head", "none"],
      ["log", "verify", "denied.json", "--head", "x"], ["log", "verify", "denied.json", "--heads", "heads"],
      ["log", "verify", "denied.json", "--heads", "empty"], ["log", "verify", "denied.json", "none"],
    ] {
      let result = try Program.run(arguments, in: scratch.folder)
      #expect(result.code == 2, "\(arguments)")
      #expect(result.output.isEmpty && !result.errors.isEmpty)
    }
    try scratch.write("\(String(repeating: "0", count: 300))\n", to: "long")
    for (file, fault) in [
      ("heads", "error: heads:1: `x` is no head: it has the form CHAIN:N:SHA256\n"),
      ("long", "error: long:1: the line is too long for a head\n"),
    ] {
      let result = try scratch.run("log", "verify", "denied.json", "--heads", file)
      #expect(result.errors.hasPrefix(fault), "\(result.errors)")
      #expect(result.errors.contains("help: name a file that holds what `copylint log head` printed"))
    }
    #expect(
      try scratch.run("log", "verify", "none").errors == """
        error: the log `none` cannot be verified: there is no such file
          = help: there is none before the first decision; where `--decision-log` named one, name that

        """)
    let home = try scratch.run("log", "verify", environment: ["XDG_STATE_HOME": scratch.folder.path])
    #expect(home.code == 2)
    #expect(home.errors.contains("\(scratch.folder.path)/copylint/decisions.jsonl"))
  }

  @Test func maskedFieldsAreNotWritten() throws {
    #expect(try submit("--decision-log-mask", "findings.values", "--decision-log-mask", "path").code == 1)
    let line = try #require(try lines().first)
    #expect(line.contains(#""path":"masked""#))
    #expect(!line.contains("fraud v3") && !line.contains("denied.json"))
    let typo = try submit("--decision-log-mask", "findings.value")
    #expect(typo.code == 2)
    #expect(typo.errors.contains("no field `findings.value` can be masked; did you mean `findings.values`?"))
    #expect(try lines().count == 1)
  }

  @Test func aFullFileIsSetAside() throws {
    for _ in 0..<3 { #expect(try submit("--decision-log-bytes", "1").code == 1) }
    #expect(try lines().count == 1)
    let result = try scratch.run("log", "verify", log)
    #expect(result.output == "3 lines of 3 chains in 3 files: intact\n")
  }

  @Test func aLogThatCannotBeWrittenStopsTheRun() throws {
    #expect(symlink("elsewhere", log) == 0)
    let result = try submit()
    #expect(result.code == 2)
    #expect(result.errors.contains("the decision log `\(log)` cannot be written: it is a symbolic link"))
  }
}
