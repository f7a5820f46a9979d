/// The counts of requests whose findings nobody asks for.
struct StreamTally {
  /// What one plan found.
  fileprivate struct Failures {
    let plan: RulePlan
    /// By position in the plan; nil for a rule that nothing fails.
    var entries: [FindingCounts.Entry?] = []
  }

  private var summary: Summary
  private var failures: [Failures] = []
  /// The position of those of the last request's plan.
  private var current = 0

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
      turn(to: plan)
      plan.forEachFailure { index, violations, severity in
        count(violations, at: index, severity)
        isDenied = isDenied || severity == .error
      }
    }
    if isDenied { summary.denied += 1 } else { summary.compliant += 1 }
    summary.rules.add(plan.counts)
    summary.rules[.pass] += ReservedRules.all.count
  }

  private mutating func count(_ findings: Int, at index: Int, _ severity: Severity) {
    switch severity {
    case .error: summary.errors += findings
    case .warning: summary.warnings += findings
    case .info: summary.infos += findings
    }
    failures[current].count(findings, at: index, severity)
  }

  /// Files of one batch may be judged by several plans, whose positions are those of different rules.
  private mutating func turn(to plan: RulePlan) {
    if failures.indices.contains(current), failures[current].plan === plan { return }
    current = failures.firstIndex { $0.plan === plan } ?? failures.count
    if current == failures.count { failures.append(Failures(plan: plan)) }
  }

  /// What was counted.
  var counts: RequestCounts {
    var counts = RequestCounts(summary)
    for entry in failures.lazy.flatMap(\.entries) { if let entry { counts.findings.add(entry) } }
    return counts
  }
}

extension StreamTally.Failures {
  fileprivate mutating func count(_ findings: Int, at index: Int, _ severity: Severity) {
    while entries.count <= index { entries.append(nil) }
    // The rule is asked for its name once: threads share it.
    if entries[index] == nil {
      entries[index] = FindingCounts.Entry(rule: plan.rules[index].name, severity: severity)
    }
    entries[index]?.findings += findings
    entries[index]?.requests += 1
  }
}
