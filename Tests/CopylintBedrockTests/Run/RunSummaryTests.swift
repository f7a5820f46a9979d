import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

@Suite struct RunSummaryTests {
  private let policy: CallPolicy

  init() throws {
    var check = CheckOptions(today: try #require(CalendarDate("2026-11-18")))
    check.configuration = .none
    policy = try CallPolicy(check)
  }

  /// A decision on a copy to this name.
  private func decision(_ name: String, token: ByteString? = nil) throws -> GateDecision {
    let body = try JSONSerialization.data(withJSONObject: GateUnderTest.members(["targetModelName": name]))
    let submission = policy.judge(
      Array(body), to: CallPolicy.Destination(region: "eu-west-1"), today: try #require(CalendarDate("2026-11-18")))
    return GateDecision(
      id: "id-1", report: submission.report, region: "eu-west-1", targetModelName: ByteString(name), keyID: "MPLE",
      token: token, duration: .zero)
  }

  private func summary(_ events: GateEvent...) -> RunSummary {
    var summary = RunSummary()
    for event in events { summary.take(event) }
    return summary
  }

  private static let accepted = GateOutcome(
    outcome: .accepted, status: 201, jobArn: "arn:job", error: nil, duration: .zero)

  @Test func nothingIsSaidOfNoCopy() {
    let passed = summary(.passed(GatePassage(request: "GET /x", region: "eu-west-1", status: 200)))
    #expect(RunSummaryText(passed).lines() == [])
    #expect(RunSummaryText(passed).lines(isVerbose: true) == ["copylint run: 1 other call passed on"])
    #expect(RunSummaryText(RunSummary()).lines(isVerbose: true) == ["copylint run: no call came to the gate"])
    #expect(passed.exitCode(.exited(0)) == 0)
    #expect(passed.exitCode(.signalled(9)) == 137)
  }

  @Test func copiesAreTold() throws {
    let rejected = GateOutcome(outcome: .rejected, status: 400, jobArn: nil, error: "no\u{1B}[m", duration: .zero)
    let unknown = GateOutcome(outcome: .unknown, status: nil, jobArn: nil, error: nil, duration: .zero)
    let told = RunSummaryText(
      summary(
        .forwarded(try decision("a"), Self.accepted), .forwarded(try decision("b"), rejected),
        .forwarded(try decision("c"), unknown), .denied(try decision("d d\n::error::")))
    ).lines()
    #expect(
      told.prefix(5) == [
        "copylint run: 3 copies sent to Bedrock, 1 copy denied", "  `a` in eu-west-1: sent, job `arn:job`",
        #"  `b` in eu-west-1: rejected by Bedrock: no\x1b[m"#,
        "  `c` in eu-west-1: the outcome is unknown: no answer came",
        #"  `d d\n::error::` in eu-west-1: denied (decision id-1)"#,
      ])
    #expect(told.count == 7)
    #expect(told[5].hasPrefix("    /targetModelName bedrock-api/target-model-name: "))
    #expect(told[6].hasPrefix("      = help: "))
    #expect(told.allSatisfy { line in line.utf8.allSatisfy { $0 >= 0x20 } })
  }

  /// An SDK repeats a call with its token: that is one copy, of which the calls together say what is known.
  @Test func repeatedCallsAreOneCopy() throws {
    let rejected = GateOutcome(outcome: .rejected, status: 429, jobArn: nil, error: "slow down", duration: .zero)
    let unknown = GateOutcome(outcome: .unknown, status: 500, jobArn: nil, error: "HTTP 500", duration: .zero)
    let first = try decision("a", token: "t-1")
    let known: [([GateOutcome], String)] = [
      ([unknown, rejected, Self.accepted], "sent, job `arn:job`, after 3 attempts"),
      ([unknown, rejected], "the outcome is unknown: slow down, after 2 attempts"),
      ([rejected, rejected], "rejected by Bedrock: slow down, after 2 attempts"),
      ([Self.accepted, unknown, rejected], "sent, job `arn:job`, after 3 attempts"),
    ]
    for (outcomes, words) in known {
      var summary = RunSummary()
      for outcome in outcomes { summary.take(.forwarded(first, outcome)) }
      #expect(
        RunSummaryText(summary).lines() == ["copylint run: 1 copy sent to Bedrock", "  `a` in eu-west-1: \(words)"])
    }
    var other = first
    other.region = "us-east-1"
    let two = summary(
      .forwarded(first, Self.accepted), .forwarded(other, Self.accepted), .forwarded(try decision("a"), Self.accepted),
      .forwarded(try decision("a"), Self.accepted))
    #expect(two.forwardedCount == 4)
  }

  /// What reached nobody is not said to be Bedrock's rejection.
  @Test func aCopyThatWasNotSentIsNotSaidToBe() throws {
    let unsent = GateOutcome(outcome: .rejected, status: nil, jobArn: nil, error: "no connection", duration: .zero)
    let rejected = GateOutcome(outcome: .rejected, status: 429, jobArn: nil, error: "slow down", duration: .zero)
    let (first, other) = (try decision("a", token: "t-1"), try decision("b", token: "t-2"))
    let twice = summary(.forwarded(first, unsent), .forwarded(first, unsent), .forwarded(other, Self.accepted))
    #expect(
      RunSummaryText(twice).lines() == [
        "copylint run: 1 copy sent to Bedrock, 1 copy let through and not sent",
        "  `a` in eu-west-1: not sent: no connection, after 2 attempts", "  `b` in eu-west-1: sent, job `arn:job`",
      ])
    let later = summary(.forwarded(first, unsent), .forwarded(first, Self.accepted))
    #expect(RunSummaryText(later).lines().first == "copylint run: 1 copy sent to Bedrock")
    let earlier = summary(.forwarded(first, rejected), .forwarded(first, unsent))
    #expect(
      RunSummaryText(earlier).lines().last == "  `a` in eu-west-1: rejected by Bedrock: slow down, after 2 attempts")
  }

  @Test func whatIsTurnedAwayFailsTheRun() throws {
    #expect(summary(.denied(try decision("d d"))).exitCode(.exited(0)) == 1)
    #expect(summary(.forwarded(try decision("d d"), Self.accepted)).exitCode(.exited(3)) == 3)
    let final: [GateRefusal.Kind] = [.body, .token, .region, .operation]
    for kind in GateRefusal.Kind.allCases {
      let refused = summary(.refused(GateRefusal(kind: kind, status: 403, reason: "r")))
      #expect(refused.exitCode(.exited(0)) == (final.contains(kind) ? 1 : 0), "\(kind)")
      #expect(RunSummaryText(refused).lines() == ["copylint run: 1 call refused", "  refused: r"])
    }
  }

  /// A command in a loop fills neither the memory nor the terminal, and every call is counted.
  @Test func ofVeryManyTheFirstAreTold() throws {
    var summary = RunSummary()
    let denied = try decision("d d")
    for _ in 0..<1500 {
      summary.take(.denied(denied))
      summary.take(.forwarded(denied, Self.accepted))
      summary.take(.refused(GateRefusal(kind: .signature, status: 403, reason: "r")))
    }
    for told in [summary.denied.count, summary.forwarded.count, summary.refused.count] { #expect(told == 1000) }
    for all in [summary.deniedCount, summary.forwardedCount, summary.refusedCount] { #expect(all == 1500) }
    let lines = RunSummaryText(summary).lines()
    #expect(lines[0] == "copylint run: 1500 copies sent to Bedrock, 1500 copies denied, 1500 calls refused")
    #expect(lines.filter { $0.hasPrefix("  … and ") }.count == 3)
  }

  @Test func theReportTellsTheTwoCodesApart() throws {
    let report = RunReport(
      summary(.denied(try decision("d d")), .refused(GateRefusal(kind: .body, status: 400, reason: "r"))),
      packs: policy.packs, status: .signalled(15), exitCode: 1)
    let seen = try #require(try JSONSerialization.jsonObject(with: Data(report.bytes)) as? [String: Any])
    #expect(seen["exitCode"] as? Int == 1)
    let command: [String: Int] = try #require(seen["command"] as? [String: Int])
    #expect(command == ["exitCode": 143, "signal": 15])
    let packs: [[String: String]] = try #require(seen["packs"] as? [[String: String]])
    #expect(packs.map { $0["name"] ?? "" } == ["bedrock-api"])
    let denied = try #require((seen["denied"] as? [[String: Any]])?.first)
    #expect(denied["decision"] as? String == "id-1")
    #expect((denied["request"] as? [String: Any])?["verdict"] as? String == "denied")
    #expect((seen["refused"] as? [[String: Any]])?.first?["kind"] as? String == "body")
  }
}
