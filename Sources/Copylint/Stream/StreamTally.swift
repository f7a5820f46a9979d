/// The counts of requests whose findings nobody asks for.
struct StreamTally {
  private var summary: Summary
  /// By position in the plan; nil for a rule that nothing fails.
  private var failures: [FindingCounts.Entry?] = []

  /// The input of the next request, where that is another.
  private var next: ByteString?

  /// No request yet, of an input.
  init(path: ByteString) { summary = Summary(of: path) }

  /// No request yet, of inputs that are named one by one.
  init() { summary = Summary() }

  /// Goes on with another input.
  mutating func turn(to path: ByteString) { next = path }

  /// Counts what a plan said of a request.
  mutating func add(_ plan: RulePlan, _ decision: RulePlan.Decision) {
    if let path = next {
      summary.begin(path)
      next = nil
    }
    summary.requests += 1
    var isDenied = false
    if decision == .found {
      plan.forEachFailure { index, violations, severity in
        count(violations, of: plan, at: index, severity)
        isDenied = isDenied || severity == .error
      }
    }
    if isDenied { summary.denied += 1 } else { summary.compliant += 1 }
    summary.rules.add(plan.counts)
    summary.rules[.pass] += ReservedRules.all.count
  }

  private mutating func count(_ findings: Int, of plan: RulePlan, at index: Int, _ severity: Severity) {
    switch severity {
    case .error: summary.errors += findings
    case .warning: summary.warnings += findings
    case .info: summary.infos += findings
    }
    while failures.count <= index { failures.append(nil) }
    // The rule is asked for its name once: threads share it.
    if failures[index] == nil {
      failures[index] = FindingCounts.Entry(rule: plan.rules[index].name, severity: severity)
    }
    failures[index]?.findings += findings
    failures[index]?.requests += 1
  }

  /// What was counted.
  var counts: RequestCounts {
    var counts = RequestCounts(summary)
    for entry in failures { if let entry { counts.findings.add(entry) } }
    return counts
  }
}
