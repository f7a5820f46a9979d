import Copylint
import Logging

/// What a gateway tells of its calls: a line each in its log, and its metrics.
public struct GateEventLog: Sendable {
  private let logger: Logger
  private let lines: GateEventLines
  private let metrics: GateMetrics

  /// Writes to these; `lines` hears of what was judged, the logger of the rest.
  public init(_ logger: Logger, _ lines: GateEventLines, _ metrics: GateMetrics) {
    (self.logger, self.lines, self.metrics) = (logger, lines, metrics)
  }

  /// Takes one event.
  public func take(_ event: GateEvent) {
    switch event {
    case .denied(let decision):
      metrics.decided(decision.report, isForwarded: false)
      metrics.answered(after: decision.duration)
      lines.denied(decision)
    case .forwarded(let decision, let outcome):
      metrics.decided(decision.report, isForwarded: true)
      metrics.answered(after: decision.duration + outcome.duration, upstream: outcome.duration)
      metrics.forwarded(Self.upstream(outcome))
      lines.forwarded(decision, outcome)
    case .passed(let passage):
      metrics.forwarded(Self.upstream(status: passage.status))
      let status = Logger.MetadataValue.stringConvertible(passage.status ?? 0)
      logger.info(
        "passed", metadata: ["request": "\(passage.request)", "region": "\(passage.region)", "status": status])
    case .refused(let refusal):
      metrics.refused(refusal.kind)
      logger.warning(
        "refused",
        metadata: [
          "kind": "\(refusal.kind.rawValue)", "status": .stringConvertible(refusal.status),
          "reason": "\(refusal.reason)",
        ])
    }
  }

  private static func upstream(_ outcome: GateOutcome) -> GateMetrics.Upstream {
    switch outcome.outcome {
    case .accepted, .acceptedBefore: .accepted
    case .rejected: outcome.status == nil ? .unsent : .rejected
    case .unknown: .unknown
    }
  }

  private static func upstream(status: Int?) -> GateMetrics.Upstream {
    guard let status else { return .unknown }
    return (200..<300).contains(status) ? .accepted : (400..<500).contains(status) ? .rejected : .unknown
  }
}
