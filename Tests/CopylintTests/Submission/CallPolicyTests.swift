import Foundation
import Testing

@testable import Copylint

/// Calls are judged by a plan where it can say all there is to say, and nobody can tell.
@Suite struct CallPolicyTests {
  private static let today = CalendarDate(secondsSinceEpoch: 1_795_000_000)
  private static let source =
    "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456"

  private static let rules = [
    #"{"id": "owner", "kind": "required-tags", "tags": {"Owner": {}, "Stage": {"values": ["dev", "prod"]}}}"#,
    #"{"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fraud-[a-z0-9-]+"}"#,
    #"{"id": "budget", "kind": "tag-count", "max": 3, "severity": "warning"}"#,
    #"{"id": "keys", "kind": "allowed-kms-keys", "keys": ["arn:aws:kms:eu-*:111122223333:key/*"], "required": false}"#,
    #"{"id": "eu", "kind": "allowed-regions", "target": ["eu-west-1"]}"#,
    #"{"id": "no-debug", "kind": "forbidden-tags", "keys": ["Debug"], "when": {"tags.Stage": "prod"}}"#,
  ]
  private static let account = #"{"id": "account", "kind": "allowed-accounts", "target": ["111122223333"]}"#
  private static func body(_ change: [String: Any?] = [:]) -> String {
    var members: [String: Any] = [
      "sourceModelArn": source, "targetModelName": "fraud-v3", "clientRequestToken": "token-1",
      "targetModelTags": [["key": "Owner", "value": "fraud"], ["key": "Stage", "value": "prod"]],
    ]
    for (name, value) in change { members[name] = value }
    let data = try? JSONSerialization.data(withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  private static func tags(_ tags: [(String, String)]) -> [[String: String]] {
    tags.map { ["key": $0.0, "value": $0.1] }
  }

  static let bodies: [String] = [
    body(), body(["targetModelName": "Other"]), body(["targetModelName": nil]), body(["targetModelName": 7]),
    body(["targetModelTags": nil]), body(["targetModelTags": [Any]()]), body(["targetModelTags": "x"]),
    body(["clientRequestToken": nil]), body(["clientRequestToken": ""]), body(["sourceModelArn": "nothing"]),
    body(["modelKmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"]),
    body(["modelKmsKeyId": "alias/default"]), body(["modelKmsKeyId": nil, "unknownMember": 1]),
    body(["targetModelTags": tags([("Owner", "a"), ("Owner", "b"), ("Stage", "prod")])]),
    body(["targetModelTags": tags([("owner", "a"), ("Stage", "nowhere")])]),
    body(["targetModelTags": tags([("Owner", "a"), ("Stage", "prod"), ("Debug", "1"), ("X", "2"), ("Y", "3")])]),
    body(["targetModelTags": tags([("Owner", "é\u{301}\u{0}"), ("Stage", "::error x\u{1B}[31m")])]),
    body(["targetModelTags": tags((0..<250).map { ("Key\($0)", "v") })]),
    #"{"target": {"region": "eu-west-1"}, "request": \#(body())}"#,
    body().replacingOccurrences(of: "targetModelName", with: "TargetModelName"),
    body().replacingOccurrences(of: #""fraud-v3""#, with: #""\u0066raud-v3""#),
    body().replacingOccurrences(of: "{\"client", with: "\n {\n\t\"client"),
    #"{"targetModelName": "a", "targetModelName": "b"}"#, "[\(body())]", "{}", "[]", "7", "", "{", "\u{FEFF}{}",
    body() + " ", body() + "x", body().replacingOccurrences(of: "fraud-v3", with: "fraud-\u{FFFD}v3"),
  ]

  private func policy(_ rules: [String] = rules) throws -> CallPolicy {
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("copylint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let pack = folder.appendingPathComponent("team.json")
    let text = #"{"format": 1, "name": "team", "version": "1", "rules": [\#(rules.joined(separator: ","))]}"#
    try Data(text.utf8).write(to: pack)
    var options = CheckOptions(today: Self.today)
    options.configuration = .none
    options.packs = [pack.path]
    return try CallPolicy(options)
  }

  /// All but the results, whose order differs from one dictionary to another.
  private static func shown(_ report: Report.Request) -> String {
    var report = report
    report.results = [:]
    return String(reflecting: report)
  }

  /// How many calls the plan judged.
  private func expectTheSame(_ policy: CallPolicy) -> Int {
    let destinations = [
      CallPolicy.Destination(region: "eu-west-1"), .init(region: "us-east-1", account: "111122223333"),
      .init(region: "eu-west-1", account: "999999999999"),
    ]
    var planned = 0
    for (body, destination) in Self.bodies.flatMap({ body in destinations.map { (Array(body.utf8), $0) } }) {
      let reference = policy.judgeByReference(body, to: destination, today: Self.today)
      let submission = policy.judge(body, to: destination, today: Self.today)
      #expect(Self.shown(submission.report) == Self.shown(reference.report))
      #expect(submission.report.results == reference.report.results)
      #expect(submission.values == reference.values)
      if policy.judgeByPlan(body, to: destination, today: Self.today) != nil { planned += 1 }
    }
    return planned
  }

  @Test func thePlanSaysWhatTheReferenceSays() throws {
    // Most of what SDKs send is for the plan: else this would compare the reference with itself.
    let policy = try policy()
    #expect(expectTheSame(policy) >= 30)
  }

  @Test func waiversCountBesideThePlan() throws {
    let rules = Judging.ruleSet(Waiving.pack).rules
    let waivers = try Waiving.waivers(Waiving.file([Waiving.entry(["path": nil])]), rules: rules)
    let today = try Judging.date(Judging.today)
    let destination = CallPolicy.Destination(region: "eu-west-1")
    let judge = { (body: String) in
      CallJudges().use(rules, waivers, today: today) {
        $0.judge(Array(body.utf8), to: destination, maxBytes: 1 << 20)
      }
    }
    // What fails may be waived, and the plan knows of no waiver; what is compliant needs none.
    #expect(judge(Waiving.request) == nil)
    let good = """
      {"sourceModelArn": "\(Waiving.source)", "targetModelName": "fin-v3", "targetModelTags": [],
       "modelKmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"}
      """
    let compliantRules = Judging.ruleSet(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "short", "kind": "tag-count", "max": 0}]}"#
    ).rules
    let submission = CallJudges().use(compliantRules, waivers, today: today) {
      $0.judge(Array(good.utf8), to: destination, maxBytes: 1 << 20)
    }
    #expect(submission?.report.verdict == .compliant)
  }

  @Test func anAccountThatIsNotKnownIsSaidToBeMissing() throws {
    let policy = try policy(Self.rules + [Self.account])
    #expect(expectTheSame(policy) >= 20)
    let body = Array(Self.body().utf8)
    #expect(policy.judge(body, to: .init(region: "eu-west-1"), today: Self.today).needsAccount)
    let known = CallPolicy.Destination(region: "eu-west-1", account: "111122223333")
    #expect(!policy.judge(body, to: known, today: Self.today).needsAccount)
  }

  @Test func aBodyBeyondTheLimitIsUnreadable() throws {
    let body = Array(Self.body().utf8)
    let submission = try policy().judge(
      body, to: .init(region: "eu-west-1"), today: Self.today, maxBytes: body.count - 1)
    #expect(submission.report.verdict == .unreadable)
  }

  @Test func anotherDayHasItsOwnRules() throws {
    let policy = try policy(
      Self.rules.map {
        $0.replacingOccurrences(of: #""id": "name","#, with: #""id": "name", "enforceFrom": "2027-01-01","#)
      })
    let body = Array(Self.body(["targetModelName": "Other"]).utf8)
    for _ in 1...2 {
      for (day, verdict) in [("2026-12-31", RequestVerdict.compliant), ("2027-01-01", .denied)] {
        let today = try #require(CalendarDate(ByteString(day)))
        let report = policy.judge(body, to: .init(region: "eu-west-1"), today: today).report
        #expect(report.verdict == verdict)
        #expect(report.findings.count == 1)
      }
    }
  }
}
