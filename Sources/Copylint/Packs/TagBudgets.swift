/// Demands for tag keys that no request can meet, since a rule allows fewer tags.
enum TagBudgets {
  private typealias Budget = (rule: Rule, max: Int)

  /// Every rule that demands too much by itself; without one, the rule by which all that always hold demand too much
  /// together.
  static func exceeded(_ rules: [Rule]) -> [Diagnostic] {
    let tooMany = least(rules).map { budget in rules.compactMap { alone($0, budget) } } ?? []
    guard tooMany.isEmpty else { return tooMany }
    let always = rules.filter { $0.settings.when == nil }
    return least(always).flatMap { together(always, $0) }.map { [$0] } ?? []
  }

  private static func least(_ rules: [Rule]) -> Budget? {
    rules.compactMap { rule in (rule.kind as? TagCount)?.max.map { (rule, $0) } }.min { $0.max < $1.max }
  }

  private static func alone(_ rule: Rule, _ budget: Budget) -> Diagnostic? {
    let count = demands(rule).count
    guard count > budget.max else { return nil }
    return Diagnostic(
      "the rule needs \(count) tag keys, and \(shown(budget.rule)) allows \(budget.max)",
      help: "no request can satisfy both", at: place(rule))
  }

  private static func together(_ rules: [Rule], _ budget: Budget) -> Diagnostic? {
    var keys = ByteStringSet()
    var demanding: [Rule] = []
    for rule in rules where !demands(rule).isEmpty {
      for demand in demands(rule) { keys.insert(demand.key) }
      demanding.append(rule)
    }
    guard keys.elements.count > budget.max, let last = demanding.last else { return nil }
    let names = GlobList.alternatives(demanding.map(shown), joinedBy: "and")
    return Diagnostic(
      "\(names) together need \(keys.elements.count) tag keys, and \(shown(budget.rule)) allows \(budget.max)",
      help: "no request can satisfy all of them", at: place(last))
  }

  private static func demands(_ rule: Rule) -> [RequiredTags.Demand] { (rule.kind as? RequiredTags)?.tags ?? [] }

  private static func shown(_ rule: Rule) -> String { Escaping.quoted(ByteString(rule.name)) }

  private static func place(_ rule: Rule) -> Place { (rule.node["tags"] ?? rule.node.node).place }
}
