import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a gate counts, for Prometheus to fetch. Safe to use from many tasks.
///
/// No label comes from a request: verdicts, kinds of refusals and outcomes are fixed, and rules are those of the packs in
/// force.
public final class GateMetrics: Sendable {
  /// What became of a request that was forwarded.
  public enum Upstream: String, CaseIterable, Sendable {
    /// A success.
    case accepted
    /// An error that says that it had no effect.
    case rejected
    /// An error of the service, or none that is known, after which nobody knows.
    case unknown
    /// It never left.
    case unsent
  }

  /// What the text is served as.
  public static let contentType = ExpositionWriter.contentType

  private let decisions = CounterFamily(
    "copylint_gate_decisions_total",
    help: "Copy requests that were judged, by verdict and whether they were forwarded.",
    labels: ["verdict", "forwarded"])
  private let findings = CounterFamily(
    "copylint_gate_findings_total", help: "Findings, by rule and what they count as.", labels: ["rule", "status"])
  private let refusals = CounterFamily(
    "copylint_gate_refusals_total", help: "Requests that were refused without a verdict, by kind.", labels: ["kind"])
  private let upstreams = CounterFamily(
    "copylint_gate_upstream_total", help: "Requests that were forwarded, by outcome.", labels: ["outcome"])
  private let policyLoads = CounterFamily(
    "copylint_gate_policy_loads_total", help: "Times that the policy was loaded anew, by result.", labels: ["result"])
  private let callersLoads = CounterFamily(
    "copylint_gate_callers_loads_total", help: "Times that the file of callers was loaded anew, by result.",
    labels: ["result"])
  private let requestTime = Histogram(
    "copylint_gate_request_duration_seconds", help: "From a request's last byte to its answer.")
  private let gateTime = Histogram(
    "copylint_gate_added_duration_seconds", help: "The part of that which was not spent upstream.")
  private let logTime = Histogram(
    "copylint_gate_decision_log_fsync_duration_seconds",
    help: "How long the disk took for lines of the decision log, each time.")
  private let journalTime = Histogram(
    "copylint_gate_journal_commit_duration_seconds",
    help: "How long a transaction of the journal took, with its fsync.")
  private let logIsWritable = Gauge(
    "copylint_gate_decision_log_writable",
    help: "1, or 0 where the last write, fsync or opening of the decision log failed.")
  private let connections = Gauge("copylint_gate_connections", help: "Connections that are open.")
  private let generation = Gauge("copylint_gate_policy_generation", help: "How many policies were in force so far.")
  private let loadTime = Gauge(
    "copylint_gate_policy_load_time_seconds", help: "When the policy in force was loaded, in Unix time.")

  /// No event yet. `rules` are the names of those in force, `pack/id`.
  public init(rules: [String]) {
    for verdict in [RequestVerdict.compliant, .denied, .undetermined, .unreadable] {
      decisions.admit([[verdict.rawValue, "yes"], [verdict.rawValue, "no"]])
    }
    refusals.admit(GateRefusal.Kind.allCases.map { [$0.rawValue] })
    upstreams.admit(Upstream.allCases.map { [$0.rawValue] })
    for loads in [policyLoads, callersLoads] { loads.admit([["loaded"], ["failed"]]) }
    admit(rules: rules)
  }

  // MARK: Events

  /// A request was judged.
  public func decided(_ report: Report.Request, isForwarded: Bool) {
    decisions.count([report.verdict.rawValue, isForwarded ? "yes" : "no"])
    // None is copied: what the findings of all calls share would have its references counted for each.
    for index in report.findings.indices {
      findings.count([report.findings[index].rule, Self.status(report.findings[index])])
    }
  }

  /// A request was refused.
  public func refused(_ kind: GateRefusal.Kind) { refusals.count([kind.rawValue]) }

  /// A request was answered: after how long, and how long of that the answer from upstream took.
  public func answered(after whole: Duration, upstream: Duration = .zero) {
    requestTime.observe(whole)
    gateTime.observe(whole - upstream)
  }

  /// A request was forwarded.
  public func forwarded(_ outcome: Upstream) { upstreams.count([outcome.rawValue]) }

  /// Lines of the decision log were brought to the disk.
  public func logSynchronised(after duration: Duration) { logTime.observe(duration) }

  /// A transaction of the journal was.
  public func journalCommitted(after duration: Duration) { journalTime.observe(duration) }

  /// A connection was opened, or closed.
  public func connection(isOpen: Bool) { connections.add(isOpen ? 1 : -1) }

  /// A policy is in force, the first or another one, with these rules.
  public func policyLoaded(generation: Int, rules: [String], at date: Date) {
    admit(rules: rules)
    policyLoads.count(["loaded"])
    self.generation.set(Double(generation))
    loadTime.set(date.timeIntervalSince1970.rounded())
  }

  /// A policy could not be loaded, and the one before stays.
  public func policyFailed() { policyLoads.count(["failed"]) }

  /// Other callers may call than before.
  public func callersLoaded() { callersLoads.count(["loaded"]) }

  /// Their file could not be loaded, and those before still may.
  public func callersFailed() { callersLoads.count(["failed"]) }

  private func admit(rules: [String]) {
    findings.admit(rules.flatMap { rule in Self.statuses.map { [rule, $0] } })
  }

  private static let statuses = ["denied", "warned", "undetermined", "waived"]

  private static func status(_ finding: Finding) -> String {
    if finding.status != .open { return "waived" }
    guard finding.severity == .error else { return "warned" }
    return finding.verdict == .unknown ? "undetermined" : "denied"
  }

  // MARK: Text

  /// How it is with the decision log when the text is asked for.
  public func logFound(isWritable: Bool) { logIsWritable.set(isWritable ? 1 : 0) }

  /// All of it, in the Prometheus text format 0.0.4.
  public func exposition() -> [UInt8] {
    var writer = ExpositionWriter()
    for family in [decisions, findings, refusals, upstreams, policyLoads, callersLoads] { family.write(to: &writer) }
    for histogram in [requestTime, gateTime, logTime, journalTime] { histogram.write(to: &writer) }
    for gauge in [logIsWritable, connections, generation, loadTime] { gauge.write(to: &writer) }
    return writer.bytes
  }
}
