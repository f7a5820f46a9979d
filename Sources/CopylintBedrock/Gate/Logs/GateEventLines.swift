import Copylint
import Logging

/// The log's lines of calls that were judged, of which there are most. They have the form that `JSONLinesLogHandler` gives
/// to messages, and are written as they are: a dictionary of metadata would cost more than all else about a line.
public struct GateEventLines: Sendable {
  private let lines: JSONLogLines

  /// Among the lines of a logger.
  public init(_ lines: JSONLogLines) { self.lines = lines }

  func denied(_ decision: GateDecision) { line(.notice, "denied", decision, nil) }

  func forwarded(_ decision: GateDecision, _ outcome: GateOutcome) {
    line(.info, decision.isCompliant ? "forwarded" : "forwarded against the policy", decision, outcome)
  }

  private func line(_ level: Logger.Level, _ message: String, _ decision: GateDecision, _ outcome: GateOutcome?) {
    lines.add(level, message) { writer in
      writer.member("metadata") { Self.write(decision, outcome, to: &$0) }
    }
  }

  /// The members in the order of their names, as all metadata has them.
  private static func write(_ decision: GateDecision, _ outcome: GateOutcome?, to writer: inout JSONWriter) {
    writer.member("decision", decision.id)
    writer.member("error", ifPresent: outcome?.error.map { Escaping.visible($0) })
    writer.member("jobArn", ifPresent: outcome?.jobArn.map { Escaping.visible($0) })
    writer.member("keyId", Escaping.visible(decision.keyID))
    writer.member("outcome", ifPresent: outcome?.outcome.rawValue)
    writer.member("region", decision.region)
    let rules = rules(decision.report)
    if !rules.isEmpty { writer.member("rules", rules) }
    writer.member("status", ifPresent: outcome?.status.map { String($0) })
    writer.member("targetModelName", ifPresent: decision.targetModelName.map { Escaping.visible($0.bytes) })
    writer.member("verdict", decision.report.verdict.rawValue)
  }

  /// Those with open findings, each once, in order.
  private static func rules(_ report: Report.Request) -> [String] {
    let findings = report.findings
    let open = findings.indices.filter { findings[$0].status == .open }.map { findings[$0].rule }
    return open.count > 1 ? Set(open).sorted() : open
  }
}
