import Foundation
import Testing

/// Waivers in a repository, by the built program.
@Suite struct WaiverTests {
  let scratch: Scratch
  static let request = """
    {"sourceModelArn": "\(Sample.arn)", "targetModelName": "fraud-v3", "modelKmsKeyId": "alias/default"}
    """

  init() throws {
    scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.folder.appendingPathComponent(".git"), withIntermediateDirectories: true)
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "keys", "kind": "allowed-kms-keys", "keys": ["arn:aws:kms:*:*:key/*"], "required": false}]}"#,
      to: "policy/p.json")
    try scratch.write(
      #"{"format": 1, "packs": ["policy/p.json"], "include": ["**/*.json"], "waivers": ["policy/waivers.json"]}"#,
      to: ".copylint.json")
    try scratch.write(Self.request, to: "copies/a.json")
  }

  private func waive(
    path: String = "copies/a.json", expires: String = "2026-12-31", value: String = "\"alias/default\"",
    mode: Int = 0o644
  ) throws {
    try scratch.write(
      """
      {"format": 1, "waivers": [
        {"rule": "p/keys", "path": "\(path)", "value": \(value), "reason": "moves", "owner": "ml", "ticket": "T-1",
         "expires": "\(expires)"}
      ]}
      """, to: "policy/waivers.json")
    try permit(mode)
  }

  private func permit(_ mode: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: scratch.folder.appendingPathComponent("policy/waivers.json").path)
  }

  private func check(_ arguments: String..., today: String = "2026-11-23") throws -> Program.Result {
    try Program.run(["check", "--today", today] + arguments, in: scratch.folder)
  }

  @Test func aWaivedFindingIsShownAndDeniesNothing() throws {
    try waive()
    let result = try check()
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(
      result.output.contains("copies/a.json:1:167: error: key alias `alias/default` is not allowed [p/keys, waived]"))
    #expect(result.output.contains("= waiver: moves, ml, T-1, until 2026-12-31"))
    #expect(
      result.output.contains("1 compliant, 0 denied, 0 undetermined, 0 unreadable; 0 errors, 0 warnings, 1 waived"))
  }

  @Test(arguments: [
    ("2026-12-16", 0, ""), ("2026-12-17", 0, "expires in 14 days"), ("2026-12-31", 0, "expires today"),
    ("2027-01-01", 1, "the waiver expired on `2026-12-31`"),
  ])
  func everyDayHasItsFinding(_ today: String, _ code: Int32, _ words: String) throws {
    try waive()
    let result = try check(today: today)
    #expect(result.code == code)
    #expect(result.output.contains("policy/waivers.json:") == !words.isEmpty)
    #expect(words.isEmpty || result.output.contains(words))
  }

  @Test func theWarningDaysAreAnOption() throws {
    try waive()
    #expect(try check("--waiver-warning-days", "38").output.contains("[waiver/expiring]"))
    #expect(!(try check("--waiver-warning-days", "37").output.contains("waiver/")))
    #expect(try check("--waiver-warning-days", "38", "--fail-on", "warning").code == 1)
    #expect(try check("--waiver-warning-days=-1").code == 2)
  }

  @Test func anExpiredWaiverIsAFindingEvenWhereNothingIsWrong() throws {
    try waive(expires: "2026-11-22")
    try scratch.write(Sample.good, to: "copies/a.json")
    let result = try check()
    #expect(result.code == 1)
    #expect(result.output.contains("[waiver/expired]"))
    #expect(result.output.contains("1 request: 1 compliant"))
    #expect(try check("copies/a.json").code == 1)
  }

  @Test func onlyAWholeRunCallsAWaiverUnused() throws {
    try waive(path: "copies/other.json")
    try scratch.write(Sample.good, to: "copies/a.json")
    #expect(try check().output.contains("[waiver/unused]"))
    #expect(!(try check("copies").output.contains("waiver/")))
    try scratch.write("{", to: "copies/broken.json")
    #expect(!(try check().output.contains("waiver/")))
  }

  @Test(arguments: ["text", "concise", "json", "jsonl"])
  func everyFormatShowsTheFindingsOfTheFile(_ format: String) throws {
    try waive(expires: "2026-11-22")
    let result = try check("--output-format", format)
    #expect(result.code == 1)
    #expect(result.output.contains("waiver/expired"))
    #expect(result.output.contains("policy/waivers.json"))
  }

  @Test func jsonKeepsPolicyFilesApart() throws {
    try waive(expires: "2026-12-01")
    let result = try check("--output-format", "json")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let requests = try #require(report["requests"] as? [[String: Any]])
    #expect(requests.count == 1)
    let finding = try #require((requests[0]["findings"] as? [[String: Any]])?.first)
    #expect(finding["status"] as? String == "waived")
    #expect(
      finding["waiver"] as? [String: String] == [
        "reason": "moves", "owner": "ml", "ticket": "T-1", "expires": "2026-12-01",
      ])
    let files = try #require(report["policyFiles"] as? [[String: Any]])
    #expect(files.map { $0["path"] as? String } == ["policy/waivers.json"])
    let summary = try #require(report["summary"] as? [String: Any])
    #expect(summary["requests"] as? Int == 1 && summary["waived"] as? Int == 1 && summary["known"] as? Int == 0)
  }

  @Test func whatIsNoFileOfWaiversIsToldWhatOneIs() throws {
    let missing = try scratch.run("check")
    #expect(missing.code == 2)
    #expect(missing.errors.contains("the waivers `policy/waivers.json`: no such file or directory"))
    #expect(missing.errors.contains("help: `copylint waive` makes the file"), "\(missing.errors)")
    try scratch.write("[]", to: "policy/waivers.json")
    let list = try scratch.run("check")
    #expect(list.code == 2)
    #expect(list.errors.contains("policy/waivers.json:1:1: error: waivers stand in an object, found an array"))
    #expect(list.errors.contains(#"help: write `{"format": 1, "waivers": […]}`"#), "\(list.errors)")
  }

  @Test func waiversAreNoRequests() throws {
    try waive()
    #expect(try check().output.contains("1 request:"))
  }

  @Test func aFileThatOthersCanWriteIsRefused() throws {
    for mode in [0o664, 0o646, 0o666] {
      try waive(mode: mode)
      let result = try check()
      #expect(result.code == 2)
      #expect(result.errors.contains("the waivers `policy/waivers.json`: others than the file's owner can write it"))
      #expect(result.errors.contains("= help: remove the permission: `chmod go-w`"))
    }
  }

  @Test func aLinkIsRefused() throws {
    try waive()
    let file = scratch.folder.appendingPathComponent("policy/waivers.json")
    try FileManager.default.moveItem(at: file, to: scratch.folder.appendingPathComponent("policy/real.json"))
    try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "real.json")
    let result = try check()
    #expect(result.code == 2)
    #expect(result.errors.contains("the waivers `policy/waivers.json`: is a symbolic link, not a file"))
  }

  @Test func aFileThatIsMissingBrokenOrOutsideStopsTheRun() throws {
    #expect(try check().code == 2)
    try scratch.write(#"{"format": 1, "waivers": [}"#, to: "policy/waivers.json")
    try permit(0o600)
    let broken = try check()
    #expect(broken.code == 2)
    #expect(broken.errors.contains("policy/waivers.json:1:27: error:"), "\(broken.errors)")
    try scratch.write(
      #"{"format": 1, "packs": ["policy/p.json"], "waivers": ["../w.json"]}"#, to: ".copylint.json")
    let outside = try check()
    #expect(outside.code == 2)
    #expect(outside.errors.contains("the waivers `../w.json` are outside the repository"))
  }

  @Test func theSchemaIsPrinted() throws {
    let result = try Program.run(["pack", "schema", "--waivers"], in: scratch.folder)
    let schema = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: Any])
    #expect(Set(properties.keys) == ["$schema", "$comment", "format", "waivers"])
    #expect(try Program.run(["pack", "schema", "--waivers", "--configuration"], in: scratch.folder).code == 2)
  }

  @Test func theReservedRulesAreExplained() throws {
    let result = try Program.run(["explain", "waiver/expired", "--no-config"], in: scratch.folder)
    #expect(result.code == 0)
    #expect(result.output.contains("waiver/expired: a waiver whose last day is over, or that has no date"))
  }

  @Test(arguments: ["request", "waiver", "known"]) func noPackMayHaveAReservedName(_ name: String) throws {
    try scratch.write(
      #"{"format": 1, "name": "\#(name)", "version": "1", "rules": [{"id": "a", "kind": "tag-count", "max": 9}]}"#,
      to: "p.json")
    let result = try Program.run(["check", "--no-config", "--pack", "p.json", "copies/a.json"], in: scratch.folder)
    #expect(result.code == 2)
    #expect(result.errors.contains("the name `\(name)` is reserved"))
  }
}
