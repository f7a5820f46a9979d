import Copylint
import CopylintBedrock
import Logging

/// Tells the gateway's log and its metrics what came of loading files anew.
struct GatewayReloads {
  let metrics: GateMetrics
  let logger: Logger

  func policy(_ event: ReloadEvent<CallPolicy>) {
    switch event {
    case .loaded(let snapshot):
      metrics.policyLoaded(snapshot)
      logger.notice("policy loaded", metadata: Self.metadata(snapshot))
      tellWaivers(snapshot.value)
    case .unchanged: logger.info("policy unchanged")
    case .failed(let diagnostics):
      metrics.policyFailed()
      tell(diagnostics, "the new policy cannot be used; the last good one stays in force")
    case .unwatched(let diagnostic): tell(unwatched: diagnostic, "the policy")
    }
  }

  func callers(_ event: ReloadEvent<KnownCallers>) {
    switch event {
    case .loaded(let snapshot):
      metrics.callersLoaded()
      logger.notice("callers loaded", metadata: ["names": .array(snapshot.value.names.map { .string($0) })])
    case .unchanged: logger.info("callers unchanged")
    case .failed(let diagnostics):
      metrics.callersFailed()
      tell(diagnostics, "the new file of callers cannot be used; those of the last good one may call")
    case .unwatched(let diagnostic): tell(unwatched: diagnostic, "the file of callers")
    }
  }

  func tellWaivers(_ policy: CallPolicy) {
    for heading in policy.waiverHeadings { logger.warning("waiver", metadata: ["reason": "\(heading)"]) }
  }

  /// What the log says of a policy in force.
  static func metadata(_ snapshot: ValueSnapshot<CallPolicy>) -> Logger.Metadata {
    let packs = snapshot.value.packs.map { Logger.MetadataValue("\($0.name)@sha256:\($0.sha256)") }
    return ["generation": .stringConvertible(snapshot.generation), "packs": .array(packs)]
  }

  private func tell(_ diagnostics: [Diagnostic], _ message: Logger.Message) {
    for diagnostic in diagnostics { logger.error(message, metadata: ["reason": "\(diagnostic.oneLine)"]) }
  }

  private func tell(unwatched diagnostic: Diagnostic, _ what: String) {
    logger.warning(
      "changes of \(what) are not noticed; send SIGHUP after one", metadata: ["reason": "\(diagnostic.oneLine)"])
  }
}

extension Diagnostic {
  /// Place, message and help in one line, escaped.
  var oneLine: String {
    let place = place.map { ":\($0.start.line):\($0.start.column)" } ?? ""
    let head = path.map { "\(Escaping.visible($0.bytes))\(place): " } ?? ""
    return head + Escaping.visible(message) + (help.map { "; help: \(Escaping.visible($0))" } ?? "")
  }
}

extension GateMetrics {
  /// A policy is in force.
  func policyLoaded(_ snapshot: ValueSnapshot<CallPolicy>) {
    policyLoaded(generation: snapshot.generation, rules: snapshot.value.ruleNames, at: snapshot.loadedAt)
  }
}
