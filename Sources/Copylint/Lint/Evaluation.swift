/// What all rules say of one request, before it becomes findings.
struct Evaluation {
  /// A rule and what it said; rules of one name are taken together.
  struct Result {
    var rule: Rule
    var severity: Severity
    var verdict: RuleVerdict
    var violations: [Violation]
    var causes: Causes
    /// Whether every rule of the name may be waived.
    var isWaivable: Bool
  }

  private(set) var results: [Result] = []

  /// `rules` are sorted by name.
  init(_ rules: [Rule], _ context: RequestContext, stage: Stage, today: CalendarDate) {
    for rule in rules {
      let outcome = rule.check(context, at: stage)
      let result = Result(
        rule: rule, severity: rule.severity(on: today), verdict: outcome.verdict, violations: outcome.violations,
        causes: outcome.verdict == .unknown ? outcome.causes : [], isWaivable: rule.settings.waivable ?? true)
      if let last = results.indices.last, results[last].rule.name == rule.name {
        results[last].merge(result)
      } else {
        results.append(result)
      }
    }
  }

  /// The names of the rules that cannot be decided without these.
  func waiting(for causes: Causes) -> [Result] { results.filter { !$0.causes.isDisjoint(with: causes) } }
}

extension Evaluation.Result {
  /// A rule that is in force twice holds at its strictest.
  fileprivate mutating func merge(_ other: Evaluation.Result) {
    let known = violations.map { ($0.pointer, $0.message) }
    violations += other.violations.filter { violation in
      !known.contains { $0.0 == violation.pointer && $0.1 == violation.message }
    }
    let order: [RuleVerdict] = [.notApplicable, .pass, .unknown, .fail]
    let rank = { (verdict: RuleVerdict) in order.firstIndex(of: verdict) ?? 0 }
    if rank(other.verdict) > rank(verdict) { verdict = other.verdict }
    causes = verdict == .unknown ? causes.union(other.causes) : []
    severity = max(severity, other.severity)
    isWaivable = isWaivable && other.isWaivable
  }
}
