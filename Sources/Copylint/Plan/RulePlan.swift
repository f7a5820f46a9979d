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

  /// A rule among many that seldom apply, planned when it first may. What then has no plan is unknown: the reference
  /// judges that request.
  private final class Deferred: PlannedCheck {
    private let rule: Rule
    private let stage: Stage
    private lazy var check = RulePlan.check(rule, stage)

    init(_ rule: Rule, _ stage: Stage) { (self.rule, self.stage) = (rule, stage) }

    override func judge(_ context: PlanContext) -> PlannedOutcome { check?.judge(context) ?? .unknown }

    override func tell(_ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
      check?.tell(context, rule, to: &told) ?? false
    }
  }

  /// The check of a rule that is not in force at this stage.
  private final class OutOfForce: PlannedCheck {
    override func judge(_ context: PlanContext) -> PlannedOutcome { .notApplicable }
  }

  private let said: UnsafeMutableBufferPointer<PlannedOutcome>
  // One thread alone uses a plan, and nothing that is called while it judges reads these: no access needs to be watched.
  /// How many of them there are of each kind.
  @exclusivity(unchecked) private(set) var counts = VerdictCounts()
  let rules: [Rule]
  private let severities: [Severity]
  private let checks: [PlannedCheck]
  /// The same, to be called without counting references.
  private let calls: UnsafeMutableBufferPointer<Unmanaged<PlannedCheck>>
  private var results = PlannedResults()
  /// The positions of the rules that every request is judged by.
  private let always: [Int]
  /// The other rules.
  private let byText: [RulesByText]
  /// The positions of those that the last request was judged by.
  @exclusivity(unchecked) private var judged: [Int] = []
  /// The positions of the rules that fail, ascending, after `judge` found some.
  @exclusivity(unchecked) private(set) var failed: [Int] = []
  private let keyHashes = UnsafeMutablePointer<UInt32>.allocate(capacity: RequestScanner.maxTags)

  /// Nil where a plan would not pay: a rule that remembers other requests, one that is in force twice, one that must be
  /// judged by its kind.
  init?(_ rules: [Rule], stage: Stage, today: CalendarDate) {
    // In order of their names, as reports have what is at one place; none twice.
    let names = rules.map { ByteString($0.name) }
    guard zip(names, names.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    byText = Self.byText(rules)
    var isSeldom = Array(repeating: false, count: rules.count)
    for group in byText { for position in group.all { isSeldom[position] = true } }
    var checks: [PlannedCheck] = []
    for (position, rule) in rules.enumerated() {
      let isDeferred = isSeldom[position] && rule.kind is any PlannableKind
      guard let check = isDeferred ? Deferred(rule, stage) : Self.check(rule, stage) else { return nil }
      checks.append(check)
    }
    always = rules.indices.filter { !isSeldom[$0] }
    self.rules = rules
    self.checks = checks
    severities = rules.map { $0.severity(on: today) }
    calls = .allocate(capacity: checks.count)
    _ = calls.initialize(from: checks.map { Unmanaged.passUnretained($0) })
    said = .allocate(capacity: rules.count)
    said.initialize(repeating: .notApplicable)
  }

  deinit {
    keyHashes.deallocate()
    calls.deallocate()
    said.deallocate()
  }

  /// What the rules said of one request, by position in `rules`.
  var outcomes: UnsafeBufferPointer<PlannedOutcome> { UnsafeBufferPointer(said) }

  /// Fewer rules that read one field are not worth looking up.
  private static let leastByText = 8

  private static func byText(_ rules: [Rule]) -> [RulesByText] {
    // A dictionary costs more than a few rules.
    guard rules.count(where: { $0.settings.when?.demandedTexts != nil }) >= leastByText else { return [] }
    var demanding: [(field: Field, positions: [Int], texts: [[ByteString]])] = []
    var groups: [Field: Int] = [:]
    for (position, rule) in rules.enumerated() {
      guard let demand = rule.settings.when?.demandedTexts else { continue }
      let group = groups[demand.field] ?? demanding.count
      if group == demanding.count {
        groups[demand.field] = group
        demanding.append((demand.field, [], []))
      }
      demanding[group].positions.append(position)
      demanding[group].texts.append(demand.texts)
    }
    var byText: [RulesByText] = []
    for group in demanding where group.positions.count >= leastByText {
      let made = RulesByText(group.field)
      for (position, texts) in zip(group.positions, group.texts) { made.add(position, texts) }
      byText.append(made)
    }
    return byText
  }

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
    for index in judged { said[index] = .notApplicable }
    judged.removeAll(keepingCapacity: true)
    failed.removeAll(keepingCapacity: true)
    var passed = 0
    guard judge(always, context, &passed) else { return .undecided }
    for group in byText {
      switch group.field.value(in: context) {
      case .text(let text): judged += group.candidates(text)
      case .unknown: judged += group.all
      case .absent, .present, .number: break
      }
    }
    guard judge(judged, context, &passed) else { return .undecided }
    if !judged.isEmpty { failed.sort() }
    counts = VerdictCounts(pass: passed, fail: failed.count, notApplicable: calls.count - passed - failed.count)
    return failed.isEmpty ? .compliant : .found
  }

  /// False where a rule does not say.
  @inline(__always)
  private func judge(_ positions: [Int], _ context: PlanContext, _ passed: inout Int) -> Bool {
    for index in positions {
      let outcome = calls[index]._withUnsafeGuaranteedRef { $0.judge(context) }
      switch outcome {
      case .pass: passed += 1
      case .notApplicable: break
      case .fail: failed.append(index)
      case .unknown: return false
      }
      said[index] = outcome
    }
    return true
  }

  /// Tells what a failing rule, by position, finds wrong; false where that is for the rule's kind to say.
  func tell(_ index: Int, _ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
    checks[index].tell(context, rule, to: &told)
  }

  /// The names of the rules by what they said.
  func resultNames() -> RuleResults { results.names(self) }

  /// The rules that fail, after `judge` found some.
  var failing: [Rule] { failed.map { rules[$0] } }

  /// How much a finding of a rule weighs, by position.
  func severity(of index: Int) -> Severity { severities[index] }

  /// Each failing rule's position, number of violations and severity.
  func forEachFailure(_ body: (_ index: Int, _ violations: Int, Severity) -> Void) {
    for index in failed {
      if case .fail(let violations) = outcomes[index] { body(index, violations, severities[index]) }
    }
  }
}
