/// The rules of a scope, compiled to be decided over bytes where they stand: without messages, places and memory.
///
/// Made by the thread that uses it, and used by no other. What it does not decide is decided by the rules themselves.
final class RulePlan {
  /// A rule with a `when`.
  private final class Conditional: PlannedCheck {
    private let condition: PlannedCondition
    private let check: PlannedCheck

    init(_ condition: PlannedCondition, _ check: PlannedCheck) { (self.condition, self.check) = (condition, check) }

    override func judge(_ context: PlanContext) -> PlannedOutcome {
      switch condition.truth(in: context) {
      case .no: .notApplicable
      case .unknown: .unknown
      case .yes: check.judge(context)
      }
    }

    override func tell(_ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
      check.tell(context, rule, to: &told)
    }
  }

  /// The check of a rule that is not in force at this stage.
  private final class OutOfForce: PlannedCheck {
    override func judge(_ context: PlanContext) -> PlannedOutcome { .notApplicable }
  }

  private let said: UnsafeMutableBufferPointer<PlannedOutcome>
  /// How many of them there are of each kind.
  private(set) var counts = VerdictCounts()
  let rules: [Rule]
  private let severities: [Severity]
  private let checks: [PlannedCheck]
  /// The same, to be called without counting references.
  private let calls: UnsafeMutableBufferPointer<Unmanaged<PlannedCheck>>
  private var results = PlannedResults()
  private let keyHashes = UnsafeMutablePointer<UInt32>.allocate(capacity: RequestScanner.maxTags)

  /// Nil where a plan would not pay: a rule that remembers other requests, one that is in force twice, one that must be
  /// judged by its kind.
  init?(_ rules: [Rule], stage: Stage, today: CalendarDate) {
    // In order of their names, as reports have what is at one place; none twice.
    let names = rules.map { ByteString($0.name) }
    guard zip(names, names.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    let checks = rules.compactMap { Self.check($0, stage) }
    guard checks.count == rules.count else { return nil }
    self.rules = rules
    self.checks = checks
    severities = rules.map { $0.severity(on: today) }
    calls = .allocate(capacity: checks.count)
    _ = calls.initialize(from: checks.map { Unmanaged.passUnretained($0) })
    said = .allocate(capacity: rules.count)
    said.initialize(repeating: .pass)
  }

  deinit {
    keyHashes.deallocate()
    calls.deallocate()
    said.deallocate()
  }

  /// What the rules said of one request, by position in `rules`.
  var outcomes: UnsafeBufferPointer<PlannedOutcome> { UnsafeBufferPointer(said) }

  private static func check(_ rule: Rule, _ stage: Stage) -> PlannedCheck? {
    guard rule.stages.contains(stage) else { return OutOfForce() }
    guard let check = rule.kind.plan else { return nil }
    guard let when = rule.settings.when else { return check }
    return PlannedCondition(when).map { Conditional($0, check) }
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

  /// What the checks look at. Borrowed until the next one.
  func context(_ request: ScannedRequest, region: Span, account: Span, path: Span) -> PlanContext {
    PlanContext(request, region: region, account: account, path: path, keyHashes: keyHashes)
  }

  /// Judges a request by every rule; fills `outcomes`.
  func judge(_ context: PlanContext) -> Decision {
    var (passed, failed) = (0, 0)
    for index in 0..<calls.count {
      let outcome = calls[index]._withUnsafeGuaranteedRef { $0.judge(context) }
      switch outcome {
      case .pass: passed += 1
      case .notApplicable: break
      case .fail: failed += 1
      case .unknown: return .undecided
      }
      said[index] = outcome
    }
    counts = VerdictCounts(pass: passed, fail: failed, notApplicable: calls.count - passed - failed)
    return failed > 0 ? .found : .compliant
  }

  /// Tells what a failing rule, by position, finds wrong; false where that is for the rule's kind to say.
  func tell(_ index: Int, _ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
    checks[index].tell(context, rule, to: &told)
  }

  /// The names of the rules by what they said.
  func resultNames() -> RuleResults { results.names(self) }

  /// The rules that fail, after `judge` found some.
  var failing: [Rule] {
    outcomes.indices.compactMap { if case .fail = outcomes[$0] { rules[$0] } else { nil } }
  }

  /// How much a finding of a rule weighs, by position.
  func severity(of index: Int) -> Severity { severities[index] }

  /// Each failing rule's position, number of violations and severity.
  func forEachFailure(_ body: (_ index: Int, _ violations: Int, Severity) -> Void) {
    for index in outcomes.indices {
      if case .fail(let violations) = outcomes[index] { body(index, violations, severities[index]) }
    }
  }
}
