/// The counts of requests whose findings nobody asks for.
struct StreamTally {
  private var summary: Summary
  private var passed = 0
  private var failed = 0
  private var notApplicable = 0
  /// The most severe finding; nil without any.
  private(set) var worst: Severity?

  /// No request yet, of an input.
  init(path: ByteString) { summary = Summary(of: path) }

  /// Counts what a plan said of a request.
  mutating func add(_ plan: RulePlan, _ decision: RulePlan.Decision) {
    summary.requests += 1
    var isDenied = false
    if decision == .found {
      plan.forEachFailure { violations, severity in
        summary.count(violations, severity)
        worst = max(worst ?? severity, severity)
        isDenied = isDenied || severity == .error
      }
    }
    if isDenied { summary.denied += 1 } else { summary.compliant += 1 }
    passed += ReservedRules.all.count
    for outcome in plan.outcomes {
      switch outcome {
      case .pass, .unknown: passed += 1
      case .fail: failed += 1
      case .notApplicable: notApplicable += 1
      }
    }
  }

  /// The counts as a summary.
  var total: Summary {
    var total = summary
    for (verdict, count) in [(RuleVerdict.pass, passed), (.fail, failed), (.notApplicable, notApplicable)]
    where count > 0 {
      total.rules[verdict] = count
    }
    return total
  }
}

extension Summary {
  /// Counts findings of one severity.
  fileprivate mutating func count(_ findings: Int, _ severity: Severity) {
    switch severity {
    case .error: errors += findings
    case .warning: warnings += findings
    case .info: infos += findings
    }
  }
}
