import Copylint
import Logging

/// What a gateway tells of its calls: a line each in its log, and its metrics.
public struct GateEventLog: Sendable {
  private let logger: Logger
  private let metrics: GateMetrics

  /// Writes to these two.
  public init(_ logger: Logger, _ metrics: GateMetrics) { (self.logger, self.metrics) = (logger, metrics) }

  /// Takes one event.
  public func take(_ event: GateEvent) {
    switch event {
    case .denied(let decision):
      metrics.decided(decision.report, isForwarded: false)
      metrics.answered(after: decision.duration)
      logger.notice("denied", metadata: Self.metadata(decision))
    case .forwarded(let decision, let outcome):
      metrics.decided(decision.report, isForwarded: true)
      metrics.answered(after: decision.duration + outcome.duration, upstream: outcome.duration)
      metrics.forwarded(Self.upstream(outcome))
      logger.info(
        decision.isCompliant ? "forwarded" : "forwarded against the policy",
        metadata: Self.metadata(decision).merging(Self.metadata(outcome)) { $1 })
    case .passed(let passage):
      metrics.forwarded(Self.upstream(status: passage.status))
      let status = Logger.MetadataValue.stringConvertible(passage.status ?? 0)
      logger.info(
        "passed", metadata: ["request": "\(passage.request)", "region": "\(passage.region)", "status": status])
    case .refused(let refusal):
      metrics.refused(GateMetrics.Refusal(refusal.kind))
      logger.warning(
        "refused",
        metadata: [
          "kind": "\(refusal.kind.rawValue)", "status": .stringConvertible(refusal.status),
          "reason": "\(refusal.reason)",
        ])
    }
  }

  private static func metadata(_ decision: GateDecision) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "decision": "\(decision.id)", "verdict": "\(decision.report.verdict.rawValue)", "region": "\(decision.region)",
      "keyId": "\(Escaping.visible(decision.keyID))",
    ]
    if let name = decision.targetModelName { metadata["targetModelName"] = "\(Escaping.visible(name.bytes))" }
    let rules = Set(decision.report.findings.filter { $0.status == .open }.map(\.rule)).sorted()
    if !rules.isEmpty { metadata["rules"] = .array(rules.map { "\($0)" }) }
    return metadata
  }

  private static func metadata(_ outcome: GateOutcome) -> Logger.Metadata {
    var metadata: Logger.Metadata = ["outcome": "\(outcome.outcome.rawValue)"]
    if let status = outcome.status { metadata["status"] = .stringConvertible(status) }
    if let jobArn = outcome.jobArn { metadata["jobArn"] = "\(Escaping.visible(jobArn))" }
    if let error = outcome.error { metadata["error"] = "\(Escaping.visible(error))" }
    return metadata
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

extension GateMetrics.Refusal {
  fileprivate init(_ kind: GateRefusal.Kind) {
    switch kind {
    case .framing: self = .framing
    case .signature: self = .signature
    case .region: self = .region
    case .operation: self = .operation
    case .body: self = .body
    case .token: self = .token
    case .unable: self = .log
    case .upstream: self = .unavailable
    }
  }
}
