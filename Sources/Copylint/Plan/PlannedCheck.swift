/// A rule's check over bytes where they stand: a class for each kind of rule. For one plan alone.
class PlannedCheck {
  /// How many violations there are; what they are, and where, is for `tell` or for the rule's kind to say.
  func judge(_ context: PlanContext) -> PlannedOutcome { .unknown }

  /// Tells every violation of a request that fails, in the order that the kind has them. False where that is for the kind
  /// to do: what was told is forgotten then.
  // INVARIANT: what is told is, byte for byte, what the kind says; `RequestStreamTests` hold the two against each other.
  func tell(_ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool { false }
}

/// What a planned check says: `Outcome` without its messages.
enum PlannedOutcome: Equatable {
  case pass
  case notApplicable
  /// At least one violation.
  case fail(Int)
  /// It cannot be decided, or not here: the reference judges the request.
  case unknown

  init(violations: Int) { self = violations == 0 ? .pass : .fail(violations) }
}

/// A kind whose rules can be planned.
///
/// A rule without a plan is judged by its kind on every request: slower, never differently.
// INVARIANT: a planned check says what the kind's `check` says, violation by violation; `PlanTests` hold the two
// against each other.
protocol PlannableKind: RuleKind {
  /// The parameters that `planned` knows. A kind that has others is not planned.
  static var plannedParameters: [ByteString] { get }

  /// Nil where the parameters hold something that only the kind itself can decide, such as a placeholder.
  func planned() -> PlannedCheck?
}

extension PlannableKind {
  /// The plan of a rule, unless its kind has come to have parameters that its plan does not know.
  var plan: PlannedCheck? {
    Self.parameterNames.allSatisfy { Self.plannedParameters.contains($0) } ? planned() : nil
  }
}

/// A list that may be absent, or hold what cannot be planned.
enum PlannedList<Planned> {
  case absent
  case planned(Planned)

  var value: Planned? { if case .planned(let planned) = self { planned } else { nil } }
}

extension PlannedList where Planned == PlannedGlobs {
  /// Nil when it cannot be planned.
  init?(_ list: GlobList?) {
    guard let list else {
      self = .absent
      return
    }
    guard let globs = PlannedGlobs(list.alternatives) else { return nil }
    self = .planned(globs)
  }
}

extension PlannedList where Planned == PlannedPatterns {
  /// Nil when it cannot be planned.
  init?(_ patterns: PatternAlternatives?) {
    guard let patterns else {
      self = .absent
      return
    }
    guard let planned = PlannedPatterns(patterns) else { return nil }
    self = .planned(planned)
  }
}
