import Foundation
import Testing

/// `copylint check` as people run it: exit codes, what it says, what it never does.
@Suite struct CheckTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func aCompliantRequestIsZero() throws {
    try scratch.write(Sample.good, to: "a.json")
    let result = try scratch.run("check", "a.json")
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("1 request: 1 compliant, 0 denied, 0 undetermined, 0 unreadable; 0 errors"))
    #expect(result.errors == "")
  }

  @Test func aDeniedRequestIsOneAndCheckIsTheDefaultVerb() throws {
    try scratch.write(Sample.denied, to: "a.json")
    for arguments in [["check", "a.json"], ["a.json"], []] {
      let result = try Program.run(arguments, in: scratch.folder)
      #expect(result.code == 1)
      #expect(result.output.contains("a.json:1:138: error: `targetModelName` is `fraud v3`"))
    }
    #expect(try scratch.run("check", "a.json", "--exit-zero").code == 0)
  }

  /// What a command line of paths alone does is what the same does with an option that changes nothing.
  @Test func pathsAloneAreNotAnotherProgram() throws {
    try scratch.write(Sample.denied, to: "a.json")
    let plain = try scratch.run("check", "a.json")
    let parsed = try scratch.run("check", "--unknown", "deny", "a.json")
    #expect(plain.output == parsed.output)
    #expect(plain.code == parsed.code)
  }

  @Test(arguments: [
    (["check"], "there is nothing to check: looked for `*.json` beneath `.`"),
    (["check", "none.json"], "none.json: error: no such file"),
    (["check", "empty"], "there is nothing to check: looked for `*.json` beneath `empty`"),
    (["check", "list.txt"], "list.txt: error: the file holds no request"),
    (["check", "nothing.txt"], "the text is empty"),
    (["check", "pipe"], "pipe: error: "),
    (["check", "/dev/null"], "/dev/null: error: "),
    (["chekc"], "error: there is no verb `chekc`, and no such file\n  = help: did you mean `check`?"),
    (["sumbit", "good.txt"], "did you mean `submit`?"),
    (["check", "--min-requests", "2", "good.txt"], "error: 1 of at least 2 requests were found"),
    (["check", "good.txt", "--pack", "basline"], "did you mean `baseline`?"),
    (["check", "good.txt", "--pack", "./none.json"], "there is no pack `./none.json`"),
    (["check", "good.txt", "--region", "EU"], "--region is no Region"),
    (["check", "good.txt", "--no-such-option"], "Unknown option"),
    (["check", "good.txt", "--config", "none.json"], "none.json: error: no such file"),
    (["check", "-", "--ndjson"], "the file holds no request"),
  ])
  func whatCannotBeJudgedIsTwo(_ arguments: [String], _ message: String) throws {
    try scratch.write("[]", to: "list.txt")
    try scratch.write("", to: "nothing.txt")
    try scratch.write(Sample.good, to: "good.txt")
    try FileManager.default.createDirectory(
      at: scratch.folder.appendingPathComponent("empty"), withIntermediateDirectories: true)
    #expect(mkfifo(scratch.folder.appendingPathComponent("pipe").path, 0o600) == 0)
    let result = try Program.run(arguments, in: scratch.folder)
    #expect(result.code == 2)
    #expect((result.output + result.errors).contains(message), "\(result.output)\(result.errors)")
  }

  @Test func oneBadFileDoesNotHideTheOthers() throws {
    try scratch.write(Sample.denied, to: "a.json")
    try scratch.write("{\"a\": 1,}", to: "b.json")
    try scratch.write(Sample.good, to: "c.json")
    let result = try scratch.run("check")
    #expect(result.code == 2)
    #expect(result.output.contains("b.json:1:8: error: a comma before the closing bracket"))
    #expect(result.output.contains("3 requests: 1 compliant, 1 denied, 0 undetermined, 1 unreadable"))
  }

  @Test func linesAreJudgedOneByOne() throws {
    let lines = [Sample.good, "{broken", "", Sample.denied, String(repeating: "x", count: 3000)]
    let result = try scratch.run(
      "check", "--ndjson", "-", "--max-bytes", "2000", "--output-format", "jsonl",
      input: lines.joined(separator: "\r\n") + "\n")
    #expect(result.code == 2)
    let reports = try result.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(reports.map { $0["verdict"] as? String } == ["compliant", "unreadable", "denied", "unreadable"])
    #expect(reports.map { $0["line"] as? Int } == [1, 2, 4, 5])
  }

  @Test func elementsOfAnArrayAreJudgedOneByOne() throws {
    try scratch.write("[\(Sample.good),\n {\"x\": tru},\n \(Sample.denied)]", to: "a.json")
    let result = try scratch.run("check", "a.json", "--output-format", "json")
    #expect(result.code == 2)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let requests = try #require(report["requests"] as? [[String: Any]])
    #expect(requests.map { $0["verdict"] as? String } == ["compliant", "unreadable", "denied"])
    #expect(requests.map { $0["pointer"] as? String } == ["/0", "/1", "/2"])
    #expect(requests.map { $0["line"] as? Int } == [1, 2, 3])
    let findings = try #require(requests[2]["findings"] as? [[String: Any]])
    #expect(findings[0]["pointer"] as? String == "/2/targetModelName")
  }

  @Test func namedFilesAreSortedAndTheReportIsTheSameEveryTime() throws {
    for name in ["b.json", "a.json", "c/d.json"] { try scratch.write(Sample.denied, to: name) }
    let first = try scratch.run("check", "c", "b.json", "a.json", "--output-format", "concise")
    let second = try scratch.run("check", "a.json", "c", "b.json", "a.json", "c/d.json", "--output-format", "concise")
    #expect(first.output == second.output)
    #expect(first.output.split(separator: "\n").first?.hasPrefix("a.json:1:") == true)
  }

  @Test func hostileTextReachesNoTerminal() throws {
    let name = "fraud\u{1B}]0;owned\u{07}\u{202E}\n::error::x"
    try scratch.write(
      Sample.good.replacingOccurrences(
        of: "fraud-v3",
        with: name.replacingOccurrences(of: "\u{1B}", with: "\\u001b").replacingOccurrences(
          of: "\u{07}", with: "\\u0007"
        ).replacingOccurrences(of: "\n", with: "\\n")), to: "a\u{1B}.json")
    for format in ["text", "concise", "json", "jsonl"] {
      let result = try scratch.run("check", "--output-format", format)
      #expect(result.code == 1)
      let bytes = Array((result.output + result.errors).utf8)
      #expect(!bytes.contains { $0 < 0x20 && $0 != 0x0A })
      #expect(!result.output.contains("\u{202E}"))
      #expect(!result.output.split(separator: "\n").contains { $0.hasPrefix("::") })
    }
  }
}
