import Foundation
import Testing

/// What makes the command line pleasant, and never reaches a pipe uninvited.
@Suite struct ComfortTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write(
      """
      {"format": 1, "name": "p", "version": "7", "rules": [{"id": "names", "kind": "naming-pattern",
       "field": "targetModelName", "pattern": "fin-.*", "url": "https://example.com/names", "why": "so people find them"}]}
      """, to: "p.json")
    try scratch.write(Sample.good, to: "a.json")
    try scratch.write("[\(Sample.good),\(Sample.good)]", to: "b.json")
  }

  @Test(arguments: ["text", "concise", "jsonl"])
  func theLastLineTellsWhatWasCheckedUnderWhichPacks(_ format: String) throws {
    let result = try scratch.run("check", "a.json", "b.json", "--pack", "./p.json", "--output-format", format)
    let lines = (format == "jsonl" ? result.errors : result.output).split(separator: "\n")
    let last = try #require(lines.last)
    #expect(last.hasPrefix("checked 3 requests in 2 files under bedrock-api "))
    #expect(last.hasSuffix(", p 7"))
    let quiet = try scratch.run("check", "a.json", "--pack", "./p.json", "--output-format", format, "--quiet")
    #expect(!(quiet.output + quiet.errors).contains("checked"))
  }

  @Test func explanationsStandUnderTheFinding() throws {
    let result = try scratch.run("check", "a.json", "--pack", "./p.json", "--explain")
    #expect(
      result.output.contains(
        """
          = help: the whole value must match
          = rule: how a name, the token or a tag's value must look
          = why: so people find them
          = see: https://example.com/names
          = policy: p 7
        """))
    #expect(try !scratch.run("check", "a.json", "--pack", "./p.json").output.contains("= why:"))
  }

  @Test func hyperlinksAreForTerminalsOrOnDemand() throws {
    let link = "\u{1B}]8;;https://example.com/names\u{1B}\\p/names\u{1B}]8;;\u{1B}\\"
    let arguments = ["check", "a.json", "--pack", "./p.json"]
    let always = try Program.run(arguments + ["--hyperlinks", "always"], in: scratch.folder)
    #expect(always.output.contains("[\(link)]"))
    for choice in ["auto", "never"] {
      let result = try Program.run(
        arguments + ["--hyperlinks", choice], in: scratch.folder, environment: ["WT_SESSION": "a"])
      #expect(!result.output.contains("\u{1B}"))
      #expect(result.output.contains("[p/names]"))
    }
  }

  @Test func aVerboseRunSaysHowLongItTook() throws {
    let result = try scratch.run("check", "a.json", "--verbose")
    #expect(result.errors.wholeMatch(of: /took \d+\.\d ms: packs \d+\.\d ms, requests \d+\.\d ms\n/) != nil)
    #expect(try scratch.run("check", "a.json", "--verbose", "--quiet").errors == "")
    #expect(try scratch.run("check", "a.json").errors == "")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsAreGeneratedFromTheCommandLine(_ shell: String) throws {
    let result = try scratch.run("--generate-completion-script", shell)
    #expect(result.code == 0)
    for word in ["check", "explain", "unsafe-fixes", "output-format", "concise"] {
      #expect(result.output.contains(word), "\(word)")
    }
    guard shell == "bash" else { return }
    try scratch.write(result.output, to: "completions.bash")
    let parsed = try Program.execute("/bin/bash", ["-n", "completions.bash"], in: scratch.folder)
    #expect(parsed.code == 0, "\(parsed.errors)")
  }
}
