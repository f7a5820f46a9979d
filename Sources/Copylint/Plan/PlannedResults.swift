/// The names of rules by verdict, as reports have them, for outcomes that repeat from request to request.
struct PlannedResults {
  /// Which rules fail and which do not apply, a bit each.
  private struct Key: Hashable {
    var failing: UInt64 = 0
    var notApplicable: UInt64 = 0
  }

  private var known: [Key: RuleResults] = [:]

  private static let maxKnown = 1024

  /// The names for what `plan` said last. Every reserved rule has passed.
  mutating func names(_ plan: RulePlan) -> RuleResults {
    guard plan.outcomes.count <= 64 else { return Self.make(plan) }
    var key = Key()
    for (index, outcome) in plan.outcomes.enumerated() {
      switch outcome {
      case .pass, .unknown: break
      case .notApplicable: key.notApplicable |= 1 << UInt64(index)
      case .fail: key.failing |= 1 << UInt64(index)
      }
    }
    if let names = known[key] { return names }
    if known.count >= Self.maxKnown { known.removeAll(keepingCapacity: true) }
    let made = Self.make(plan)
    known[key] = made
    return made
  }

  private static func make(_ plan: RulePlan) -> RuleResults {
    var names: RuleResults = [.pass: ReservedRules.all.map(\.name)]
    for (index, outcome) in plan.outcomes.enumerated() {
      names[outcome.verdict].append(plan.rules[index].name)
    }
    names.sort()
    return names
  }
}

extension PlannedOutcome {
  var verdict: RuleVerdict {
    switch self {
    case .pass: .pass
    case .notApplicable: .notApplicable
    case .fail: .fail
    case .unknown: .unknown
    }
  }
}
