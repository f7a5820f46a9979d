import Copylint
import Logging
import Testing

@testable import CopylintBedrock

/// The lines of calls that were judged: as a logger would write them.
@Suite struct GateEventLinesTests {
  private let lines = LockedList()

  private var output: JSONLogLines {
    JSONLogLines(label: "copylint.gateway", time: FixedTime()) { [lines] in
      lines.append(String(decoding: $0, as: UTF8.self))
    }
  }

  private var written: GateEventLines { GateEventLines(output) }

  private func logger() -> Logger {
    Logger(label: "copylint.gateway") { [output] _ in JSONLinesLogHandler(output) }
  }

  private static let hostile = "a\n{\u{1B}]0;x\u{7}\u{202E}"

  private static func decision(_ verdict: RequestVerdict) -> GateDecision {
    let report = Report.Request(path: "body", verdict: verdict, target: Report.Target(region: "eu-west-1"))
    return GateDecision(
      id: "d1", report: report, region: "eu-west-1", targetModelName: ByteString(hostile), keyID: hostile, token: nil,
      duration: .zero)
  }

  @Test func aDenialIsTheLineOfALogger() {
    written.denied(Self.decision(.denied))
    let shown = Escaping.visible(Self.hostile)
    logger().notice(
      "denied",
      metadata: [
        "decision": "d1", "verdict": "denied", "region": "eu-west-1", "keyId": "\(shown)",
        "targetModelName": "\(shown)",
      ])
    #expect(lines.values.count == 2 && lines.values[0] == lines.values[1])
  }

  @Test func aForwardedCallIsTheLineOfALogger() {
    let outcome = GateOutcome(
      outcome: .accepted, status: 201, jobArn: Self.hostile, error: Self.hostile, duration: .zero)
    written.forwarded(Self.decision(.compliant), outcome)
    let shown = Escaping.visible(Self.hostile)
    logger().info(
      "forwarded",
      metadata: [
        "decision": "d1", "verdict": "compliant", "region": "eu-west-1", "keyId": "\(shown)", "status": "201",
        "targetModelName": "\(shown)", "outcome": "accepted", "jobArn": "\(shown)", "error": "\(shown)",
      ])
    #expect(lines.values.count == 2 && lines.values[0] == lines.values[1])
  }

  @Test func rulesStandOnceAndInOrder() async throws {
    try await GateUnderTest.with { gate async throws in
      _ = try await gate.create(GateUnderTest.members(["targetModelTags": nil, "targetModelName": "risk"]))
      if case .denied(let decision) = try #require(gate.events.first) { written.denied(decision) }
      #expect(lines.values.first?.contains(#""rules":["team/name","team/owner"],"targetModelName":"risk""#) == true)
    }
  }
}
