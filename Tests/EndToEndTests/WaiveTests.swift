import Foundation
import Testing

/// `copylint waive`, by the built program.
@Suite struct WaiveTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.folder.appendingPathComponent(".git"), withIntermediateDirectories: true)
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "keys", "kind": "allowed-kms-keys", "keys": ["arn:aws:kms:*:*:key/*"], "required": false}, {"id": "tags", "kind": "required-tags", "tags": {"Owner": {}, "Env": {}}}, {"id": "locked", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-.*", "waivable": false}, {"id": "eu", "kind": "allowed-regions", "target": ["eu-*"]}]}"#,
      to: "policy/p.json")
    try configure(#""policy/waivers.json""#)
    try scratch.write(
      "{\"sourceModelArn\": \"\(Sample.arn)\",\n \"targetModelName\": \"fin-a\",\n \"modelKmsKeyId\": \"alias/default\"}\n",
      to: "copies/a.json")
  }

  private func configure(_ waivers: String) throws {
    let named = waivers.isEmpty ? "" : ", \"waivers\": [\(waivers)]"
    try scratch.write(
      "{\"format\": 1, \"packs\": [\"policy/p.json\"], \"include\": [\"copies/**\"]\(named)}", to: ".copylint.json")
  }

  private func waive(
    _ place: String = "copies/a.json", _ rule: String = "p/keys", until: String = "2026-12-31", _ more: String...,
    today: String = "2026-11-23"
  ) throws -> Program.Result {
    try Program.run(
      [
        "waive", place, rule, "--reason", "moves \"in\" spring", "--owner", "ml-platform", "--ticket", "T-1", "--until",
        until, "--today", today,
      ] + more, in: scratch.folder)
  }

  private func check() throws -> Program.Result {
    try scratch.run("check", "--today", "2026-11-23", "--region", "eu-west-1")
  }

  private func waivers() -> String? {
    try? String(contentsOf: scratch.folder.appendingPathComponent("policy/waivers.json"), encoding: .utf8)
  }

  private func put(_ text: String) throws {
    try scratch.write(text, to: "policy/waivers.json")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: scratch.folder.appendingPathComponent("policy/waivers.json").path)
  }

  /// Each adds to what the others wrote.
  @Test func runsAtTheSameTimeLoseNothing() throws {
    for number in 0..<8 {
      try scratch.write(
        """
        {"sourceModelArn": "\(Sample.arn)", "targetModelName": "fin-\(number)", "modelKmsKeyId": "alias/a"}
        """, to: "copies/\(number).json")
    }
    // The shell's own `wait` needs SIGCHLD, which a child of Foundation's may have blocked.
    let script = """
      seq 0 7 | xargs -P 8 -I '{}' "$0" waive 'copies/{}.json' p/keys \\
        --reason r --owner o --ticket t --until 2026-12-31 --today 2026-11-23
      """
    let result = try Program.execute("/bin/sh", ["-c", script, Program.path], in: scratch.folder)
    #expect(result.errors == "")
    let written = try #require(waivers())
    for number in 0..<8 { #expect(written.contains("copies/\(number).json")) }
  }

  @Test func theFileIsMadeAndTheFindingWaived() throws {
    let result = try waive()
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      result.output == """
        copies/a.json:3: waived p/keys until 2026-12-31, 38 days from today: key alias `alias/default` is not allowed
        written to policy/waivers.json:2

        """)
    #expect(
      waivers() == """
        {"format": 1, "waivers": [
          {
            "rule": "p/keys",
            "path": "copies/a.json",
            "targetName": "fin-a",
            "subject": "modelKmsKeyId",
            "value": "alias/default",
            "reason": "moves \\"in\\" spring",
            "owner": "ml-platform",
            "ticket": "T-1",
            "expires": "2026-12-31"
          }
        ]}

        """)
    let checked = try check()
    #expect(checked.output.contains("[p/keys, waived]"))
    #expect(!checked.output.contains("waiver/"))
  }

  /// Two findings on one line: choosing the line covers both, and the request may go.
  @Test func severalFindingsNeedALine() throws {
    #expect(try waive().code == 0)
    let several = try waive("copies/a.json", "p/tags")
    #expect(several.code == 2)
    #expect(several.errors.contains("`p/tags` has 2 findings"))
    #expect(several.errors.contains("choose one with `PATH:LINE`: they are on line 1"))
    let result = try waive("copies/a.json:1", "p/tags")
    #expect(result.code == 0, "\(result.errors)")
    let checked = try check()
    #expect(checked.code == 0, "\(checked.output)")
    #expect(
      checked.output.contains("1 compliant, 0 denied, 0 undetermined, 0 unreadable; 0 errors, 0 warnings, 3 waived"))
    #expect(waivers()?.contains("\"value\": null") == true)
  }

  /// Whatever the file looks like, only the entry is new.
  @Test(arguments: ["\n", "\r\n"]) func whatIsThereStaysByteForByte(_ ending: String) throws {
    let entry =
      #"{"rule" :"p/keys",  "path": "copies/b.json", "value": "x", "reason": "r", "owner": "o", "ticket": "t", "expires": "2026-12-31", "$comment": "é"}"#
    let before = ["{ \"format\":1,", " \"waivers\" : [", "\t" + entry, "  ] }", "", ""].joined(separator: ending)
    try put(before)
    #expect(try waive().code == 0)
    let after = try #require(waivers())
    let cut = try #require(before.range(of: entry)).upperBound
    #expect(after.hasPrefix(String(before[..<cut]) + "," + ending + "\t{" + ending + "\t  \"rule\""))
    #expect(after.hasSuffix(ending + "\t}" + String(before[cut...])))
    #expect(!after.replacingOccurrences(of: ending, with: "").contains("\n"))
  }

  @Test func aListOnOneLineStaysOnIt() throws {
    let entry =
      #"{"rule": "p/keys", "path": "copies/b.json", "value": "x", "reason": "r", "owner": "o", "ticket": "t", "expires": "2026-12-31"}"#
    try put("{\"format\": 1, \"waivers\": [\(entry)]}")
    #expect(try waive().code == 0)
    let after = try #require(waivers())
    #expect(
      after.hasPrefix("{\"format\": 1, \"waivers\": [\(entry), {\"rule\": \"p/keys\", \"path\": \"copies/a.json\""))
    #expect(!after.contains("\n"))
  }

  @Test func withoutThePathItNamesTheModel() throws {
    #expect(try waive("copies/a.json", "p/keys", until: "2026-12-31", "--without-path").code == 0)
    let text = try #require(waivers())
    #expect(!text.contains("\"path\""))
    #expect(text.contains("\"sourceModel\": \"\(Sample.arn)\""))
    #expect(try check().output.contains("[p/keys, waived]"))
  }

  @Test(arguments: [
    "copies/a*[b]?.json", "copies/${x}.json", "copies/a\\b.json", "copies/ü ::x.json", "copies/b.json:3",
  ])
  func anyPathIsMatchedLiterally(_ path: String) throws {
    try FileManager.default.moveItem(
      at: scratch.folder.appendingPathComponent("copies/a.json"), to: scratch.folder.appendingPathComponent(path))
    let result = try waive(path)
    #expect(result.code == 0, "\(result.errors)")
    #expect(try check().output.contains("[p/keys, waived]"))
  }

  @Test(arguments: [
    ("2026-11-22", "`2026-11-22` is over", "today is `2026-11-23` in UTC"),
    ("2027-02-22", "`2027-02-22` is too far ahead", "`p/keys` can be waived until `2027-02-21` at most"),
    ("2026-11-31", "`2026-11-31` is not a date", "write `YYYY-MM-DD`"),
    ("tomorrow", "`tomorrow` is not a date", "write `YYYY-MM-DD`"),
  ])
  func datesThatWillNotDo(_ until: String, _ message: String, _ help: String) throws {
    let result = try waive(until: until)
    #expect(result.code == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.contains(help), "\(result.errors)")
    #expect(waivers() == nil)
  }

  @Test(arguments: ["2026-11-23", "2027-02-21"]) func theFirstAndTheLastDayWillDo(_ until: String) throws {
    #expect(try waive(until: until).code == 0)
  }

  @Test(arguments: [
    ("p/key", "`p/key` has no finding", "did you mean `p/keys`?"),
    (
      "p/none-of-them", "`p/none-of-them` has no finding",
      "what fails there: `p/keys`, `p/tags` or `request/target-undeclared`"
    ),
    ("request/target-undeclared", "`request/target-undeclared` could not be decided", "declare it with `--region`"),
  ])
  func whatCannotBeWaivedIsRefused(_ rule: String, _ message: String, _ help: String) throws {
    let result = try waive("copies/a.json", rule)
    #expect(result.code == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.contains(help), "\(result.errors)")
    #expect(waivers() == nil)
  }

  @Test func aLockedRuleIsRefused() throws {
    try scratch.write(Sample.good, to: "copies/b.json")
    let result = try waive("copies/b.json", "p/locked")
    #expect(result.code == 2)
    #expect(result.errors.contains("`p/locked` cannot be waived"))
    try scratch.write("{\"x\": 1}", to: "copies/b.json")
    #expect(
      try waive("copies/b.json", "request/unknown-member").errors.contains("`request/unknown-member` cannot be waived"))
    #expect(waivers() == nil)
  }

  @Test func theLineMustBeTheFindings() throws {
    let result = try waive("copies/a.json:2")
    #expect(result.code == 2)
    #expect(result.errors.contains("`p/keys` has no finding on line 2"))
    #expect(result.errors.contains("its findings are on line 3"))
    #expect(try waive("copies/a.json:3").code == 0)
  }

  @Test func anEntryIsNotWrittenTwice() throws {
    #expect(try waive().code == 0)
    let before = waivers()
    let again = try waive()
    #expect(again.code == 2)
    #expect(again.errors.contains("`p/keys` is waived already, until `2026-12-31`"))
    let later = try waive(until: "2027-02-01", today: "2027-01-15")
    #expect(later.code == 2)
    #expect(later.errors.contains("the waiver stands there already, and does not hold today"), "\(later.errors)")
    #expect(waivers() == before)
  }

  @Test func aConfigurationMustNameAFile() throws {
    try configure("")
    let unnamed = try waive()
    #expect(unnamed.code == 2)
    #expect(unnamed.errors.contains("the configuration names no file of waivers"))
    let none = try waive("copies/a.json", "p/keys", until: "2026-12-31", "--no-config", "--pack", "policy/p.json")
    #expect(none.code == 2)
    #expect(none.errors.contains("there is no configuration that names a file of waivers"))
  }

  @Test func whatCannotBeReadOrWrittenIsRefused() throws {
    #expect(try waive("copies/none.json").code == 2)
    try scratch.write(Sample.good, to: "copies/b.json")
    #expect(try waive("copies").errors.contains("a waiver is for one file"))
    #expect(try waive("-").code == 2)
    try scratch.write("{", to: "copies/broken.json")
    #expect(try waive("copies/broken.json").code == 2)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.folder.appendingPathComponent("policy/waivers.json").path, withDestinationPath: "nowhere.json")
    let result = try waive()
    #expect(result.code == 2)
    #expect(result.errors.contains("symbolic link"), "\(result.errors)")
  }

  @Test func blankTermsAreRefused() throws {
    let result = try scratch.run(
      "waive", "copies/a.json", "p/keys", "--reason", " ", "--owner", "o", "--ticket", "t", "--until", "2026-12-31",
      "--today", "2026-11-23")
    #expect(result.code == 2)
    #expect(result.errors.contains("the reason is blank"))
    #expect(try scratch.run("waive", "copies/a.json", "p/keys", "--owner", "o").code == 2)
  }
}
