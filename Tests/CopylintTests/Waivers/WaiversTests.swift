import Testing

@testable import Copylint

@Suite struct WaiversTests {
  private let allOpen = ["p/keys", "p/locked", "p/short", "p/tags", "p/tags"]

  @Test func withoutAWaiverEverythingIsOpen() throws {
    let judged = try Waiving.judge([]).request
    #expect(Waiving.names(judged, .open) == allOpen)
    #expect(judged.verdict == .denied)
  }

  @Test func aWaivedFindingStaysAndSaysWhoAnswers() throws {
    let (judged, used) = try Waiving.judge([Waiving.entry()])
    #expect(Waiving.names(judged, .waived) == ["p/keys"])
    let finding = try #require(judged.findings.first { $0.status == .waived })
    #expect(finding.severity == .error)
    #expect(
      finding.waiver
        == AppliedWaiver(
          reason: "moves in spring", owner: "ml-platform", ticket: "T-1", expires: try Judging.date("2026-12-31")))
    #expect(used == [0])
    var summary = Summary()
    summary.add(judged)
    #expect((summary.errors, summary.waived, summary.known) == (4, 1, 0))
  }

  /// Only what a waiver may cover is left, so the request may go.
  @Test func nothingButWaivedFindingsIsCompliant() throws {
    let request = """
      {"sourceModelArn": "\(Waiving.source)", "targetModelName": "fin-a", "modelKmsKeyId": "alias/default",
       "targetModelTags": [{"key": "Env", "value": "dev"}, {"key": "Owner", "value": "a"}]}
      """
    let entries = [
      Waiving.entry(), Waiving.entry(["rule": #""p/short""#, "value": #""2""#, "expires": #""2026-12-03""#]),
    ]
    #expect(try Waiving.judge(entries, request: request).request.verdict == .compliant)
    #expect(try Waiving.judge([entries[0]], request: request).request.verdict == .denied)
    // What is unknown is not made known by a waiver.
    let undeclared = try Waiving.judge(
      entries + [Waiving.entry(["rule": #""p/eu""#, "value": nil, "anyValue": "true"])], region: nil, request: request)
    #expect(undeclared.request.verdict == .undetermined)
    #expect(undeclared.request.findings.contains { $0.rule == "request/target-undeclared" && $0.status == .open })
  }

  @Test(
    arguments: [
      (["path": #""copies/*.json""#], true), (["path": #""copies/**""#], true), (["path": #""**/a.json""#], true),
      (["path": #""copies/b.json""#], false), (["path": #""Copies/a.json""#], false),
      (["path": #""copies/*/a.json""#], false),
      (["path": #""copies/a.jso?""#], true), (["path": #""a.json""#], false), (["path": #""copies/a\\.json""#], true),
      (["targetName": #""fraud-v3""#], true), (["targetName": #""Fraud-v3""#], false),
      (["targetName": #""fraud""#], false),
      (["sourceModel": #""arn:aws:bedrock:*:111122223333:custom-model/*""#], true),
      (["sourceModel": #""arn:aws:bedrock:*:444455556666:custom-model/*""#], false),
      (["sourceModel": #""arn:*:*:*:111122223333:*""#], true),
      (["path": nil, "targetName": #""fraud-v3""#], true),
      (["path": #""copies/b.json""#, "targetName": #""fraud-v3""#], false),
      (["value": #""alias/other""#], false), (["value": #""ALIAS/default""#], false), (["value": "null"], false),
      (["value": nil, "anyValue": "true"], true), (["anyValue": "false"], true),
      (["subject": #""modelKmsKeyId""#], true), (["subject": #""modelkmskeyid""#], false),
    ] as [([String: String?], Bool)])
  func everythingGivenMustMatch(_ changes: [String: String?], _ isWaived: Bool) throws {
    let (judged, used) = try Waiving.judge([Waiving.entry(changes)])
    #expect(Waiving.names(judged, .waived) == (isWaived ? ["p/keys"] : []))
    #expect(used == (isWaived ? [0] : []))
  }

  /// One finding of a missing tag and one of an empty value.
  @Test func valuesTellFindingsOfOneRuleApart() throws {
    let tags = ["rule": #""p/tags""#] as [String: String?]
    let waived = { (changes: [String: String?]) in
      try Waiving.judge([Waiving.entry(tags.merging(changes) { $1 })]).request.findings
        .filter { $0.status == .waived }.map { $0.subject.displayString }.sorted()
    }
    #expect(try waived(["value": "null"]) == ["Owner"])
    #expect(try waived(["value": #""""#]) == ["Env"])
    #expect(try waived(["value": nil, "anyValue": "true"]) == ["Env", "Owner"])
    #expect(try waived(["value": nil, "anyValue": "true", "subject": #""Env""#]) == ["Env"])
    #expect(try waived(["value": "null", "subject": #""Env""#]) == [])
  }

  @Test func anotherValueIsAnotherFinding() throws {
    let changed = Waiving.request.replacing("alias/default", with: "alias/mine")
    #expect(Waiving.names(try Waiving.judge([Waiving.entry()], request: changed).request, .waived) == [])
  }

  @Test(arguments: [
    ("2026-11-22", false), ("2026-11-23", true), ("2026-11-24", true), ("2027-02-21", true), ("2027-02-22", false),
    ("2026-11-31", false), ("soon", false),
  ])
  func aWaiverHoldsFromTodayToTheRulesLimit(_ expires: String, _ isWaived: Bool) throws {
    let judged = try Waiving.judge([Waiving.entry(["expires": "\"\(expires)\""])]).request
    #expect(Waiving.names(judged, .waived) == (isWaived ? ["p/keys"] : []))
  }

  @Test(arguments: [("2026-12-02", true), ("2026-12-03", true), ("2026-12-04", false)])
  func theRulesOwnLimit(_ expires: String, _ isWaived: Bool) throws {
    let entry = Waiving.entry(["rule": #""p/short""#, "value": #""1""#, "expires": "\"\(expires)\""])
    #expect(Waiving.names(try Waiving.judge([entry]).request, .waived) == (isWaived ? ["p/short"] : []))
  }

  /// The same entry on the day before, on its last day, and the day after.
  @Test(arguments: [("2026-12-30", true), ("2026-12-31", true), ("2027-01-01", false)])
  func theLastDayIsInclusive(_ today: String, _ isWaived: Bool) throws {
    let judged = try Waiving.judge([Waiving.entry()], today: today).request
    #expect(Waiving.names(judged, .waived) == (isWaived ? ["p/keys"] : []))
  }

  @Test(arguments: Stage.allCases) func aPathDoesNotCountAtTheGate(_ stage: Stage) throws {
    let named = Waiving.entry(["targetName": #""fraud-v3""#])
    let unnamed = Waiving.entry(["path": nil, "targetName": #""fraud-v3""#])
    #expect(
      Waiving.names(try Waiving.judge([named], stage: stage).request, .waived) == (stage == .gate ? [] : ["p/keys"]))
    #expect(Waiving.names(try Waiving.judge([unnamed], stage: stage).request, .waived) == ["p/keys"])
  }

  @Test func withoutAPathNoPathMatches() throws {
    #expect(Waiving.names(try Waiving.judge([Waiving.entry()], path: nil).request, .waived) == [])
  }

  @Test(arguments: ["p/locked", "request/unknown-member", "request/target-undeclared", "bedrock-api/target-model-name"])
  func someRulesCannotBeWaived(_ rule: String) throws {
    let request = Waiving.request.replacing(
      "\"targetModelName\": \"fraud-v3\"", with: "\"targetModelName\": \"fraud v3\", \"x\": 1")
    let entry = Waiving.entry(["rule": "\"\(rule)\"", "value": nil, "anyValue": "true"])
    let judged = try Waiving.judge([entry], region: nil, request: request).request
    #expect(judged.findings.contains { $0.rule == rule })
    #expect(Waiving.names(judged, .waived) == [])
  }

  @Test func everyWaiverThatCoversIsUsedAndTheFirstAnswers() throws {
    let entries = [
      Waiving.entry(["expires": #""2026-01-01""#]), Waiving.entry(["path": #""copies/**""#, "owner": #""second""#]),
      Waiving.entry(["path": nil, "targetName": #""fraud-v3""#]),
    ]
    let (judged, used) = try Waiving.judge(entries)
    #expect(used == [1, 2])
    #expect(judged.findings.compactMap(\.waiver?.owner) == ["second"])
  }
}
