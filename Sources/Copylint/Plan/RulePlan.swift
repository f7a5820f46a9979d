/// The rules of a scope, compiled to be decided over bytes where they stand: without messages, places and memory.
///
/// Made by the thread that uses it, and used by no other. What it does not decide is decided by the rules themselves.
final class RulePlan {
  private final class Step {
    let severity: Severity
    private let check: any PlannedCheck
    private let hasCondition: Bool
    /// The rule's `when`.
    private let condition: PlannedCondition?

    init(_ severity: Severity, _ check: any PlannedCheck, _ condition: PlannedCondition? = nil) {
      (self.severity, self.check, self.condition) = (severity, check, condition)
      hasCondition = condition != nil
    }

    func judge(_ context: PlanContext) -> PlannedOutcome {
      guard hasCondition else { return check.judge(context) }
      switch condition?.truth(in: context) {
      case .no: return .notApplicable
      case .unknown: return .unknown
      case .yes, nil: return check.judge(context)
      }
    }
  }

  /// The check of a rule that is not in force at this stage.
  private struct OutOfForce: PlannedCheck {
    func judge(_ context: PlanContext) -> PlannedOutcome { .notApplicable }
  }

  private let said: UnsafeMutableBufferPointer<PlannedOutcome>
  /// How many of them there are of each kind.
  private(set) var counts = VerdictCounts()
  let rules: [Rule]
  private let steps: [Step]
  /// The same, to be called without counting references.
  private let calls: [Unmanaged<Step>]
  private var results = PlannedResults()
  private let keyHashes = UnsafeMutablePointer<UInt32>.allocate(capacity: RequestScanner.maxTags)

  /// Nil where a plan would not pay: a rule that remembers other requests, one that is in force twice, one that must be
  /// judged by its kind.
  init?(_ rules: [Rule], stage: Stage, today: CalendarDate) {
    // In order of their names, as reports have what is at one place; none twice.
    let names = rules.map { ByteString($0.name) }
    guard zip(names, names.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    let steps = rules.compactMap { Self.step($0, stage, today) }
    guard steps.count == rules.count else { return nil }
    self.rules = rules
    self.steps = steps
    calls = steps.map { Unmanaged.passUnretained($0) }
    said = .allocate(capacity: rules.count)
    said.initialize(repeating: .pass)
  }

  deinit {
    keyHashes.deallocate()
    said.deallocate()
  }

  /// What the rules said of one request, by position in `rules`.
  var outcomes: UnsafeBufferPointer<PlannedOutcome> { UnsafeBufferPointer(said) }

  private static func step(_ rule: Rule, _ stage: Stage, _ today: CalendarDate) -> Step? {
    let severity = rule.severity(on: today)
    guard rule.stages.contains(stage) else {
      return Step(severity, OutOfForce())
    }
    guard let check = (rule.kind as? any PlannableKind)?.plannedKnowingAll() else { return nil }
    guard let when = rule.settings.when else {
      return Step(severity, check)
    }
    return PlannedCondition(when).map { Step(severity, check, $0) }
  }

  /// What is to be done with a request.
  enum Decision {
    /// Every rule passes or does not apply.
    case compliant
    /// `outcomes` holds at least one failure, and nothing unknown.
    case found
    /// The reference judges it.
    case undecided
  }

  /// Judges a request by every rule; fills `outcomes`.
  func judge(_ request: ScannedRequest, region: Span, account: Span, path: Span) -> Decision {
    let context = PlanContext(request, region: region, account: account, path: path, keyHashes: keyHashes)
    var decision = Decision.compliant
    var counts = VerdictCounts()
    for index in calls.indices {
      let outcome = calls[index]._withUnsafeGuaranteedRef { $0.judge(context) }
      switch outcome {
      case .pass, .notApplicable: break
      case .fail: decision = .found
      case .unknown: return .undecided
      }
      said[index] = outcome
      counts[outcome.verdict] += 1
    }
    self.counts = counts
    return decision
  }

  /// The names of the rules by what they said.
  func resultNames() -> [RuleVerdict: [String]] { results.names(self) }

  /// The rules that fail, after `judge` found some.
  var failing: [Rule] {
    outcomes.indices.compactMap { if case .fail = outcomes[$0] { rules[$0] } else { nil } }
  }

  /// How much a finding of a rule weighs, by position.
  func severity(of index: Int) -> Severity { steps[index].severity }

  /// Whether `body` is true of every failing rule; it gets the rule's position and severity.
  func everyFailure(_ body: (_ index: Int, Rule, Severity) -> Bool) -> Bool {
    for index in outcomes.indices {
      if case .fail = outcomes[index], !body(index, rules[index], steps[index].severity) { return false }
    }
    return true
  }

  /// Each failing rule's position, number of violations and severity.
  func forEachFailure(_ body: (_ index: Int, _ violations: Int, Severity) -> Void) {
    for index in outcomes.indices {
      if case .fail(let violations) = outcomes[index] { body(index, violations, steps[index].severity) }
    }
  }
}
