/// What a kind says of one request.
struct Outcome: Sendable {
  private(set) var violations: [Violation] = []
  private(set) var causes: Causes = []
  private var applies = true

  static let pass = Outcome()
  static let notApplicable: Outcome = {
    var outcome = Outcome()
    outcome.applies = false
    return outcome
  }()

  static func fail(_ violation: Violation) -> Outcome { Outcome(violations: [violation]) }
  static func unknown(_ causes: Causes) -> Outcome { Outcome(causes: causes) }

  init() {}
  private init(violations: [Violation] = [], causes: Causes = []) {
    self.violations = violations
    self.causes = causes
  }

  /// One violation makes the rule fail, whatever else is unknown.
  var verdict: RuleVerdict {
    if !violations.isEmpty { return .fail }
    if !causes.isEmpty { return .unknown }
    return applies ? .pass : .notApplicable
  }

  @inline(never)
  mutating func add(_ violation: Violation) { violations.append(violation) }
  mutating func add(unknown causes: Causes) { self.causes.formUnion(causes) }

  /// Counts one demand of the rule: it must hold, and what is wrong when it does not.
  mutating func require(_ truth: Truth, orElse violation: @autoclosure () -> Violation) {
    switch truth {
    case .yes: break
    case .no: add(violation())
    case .unknown(let causes): add(unknown: causes)
    }
  }
}

/// One thing that is wrong with a request.
struct Violation: Sendable {
  /// What is underlined.
  enum Part: Sendable {
    case value
    case key
  }

  /// Lowercase, no full stop, the user's values in backticks.
  var message: String
  /// What to do, unless the pack says it better.
  var help: String?
  /// Within the request: the element itself, or the object that lacks it.
  var pointer: JSONPointer
  var part: Part = .value
  /// The member or tag key it is about: part of the fingerprint, unlike any array index.
  var subject: ByteString
  /// The value that is wrong, if there is one: part of the fingerprint.
  var value: ByteString?
  /// The bytes of the string value that are wrong, where only some are.
  var valueRange: Range<Int>?
  /// What would mend it at `pointer`, where an edit can.
  var fix: FixProposal?
}

extension Violation {
  /// What of the element at `place` is wrong: all of it, unless `valueRange` says more and no escape stands in between.
  func wrongBytes(of place: Range<Int>) -> Range<Int> {
    guard let range = valueRange, let value, place.count == value.count + 2, !range.isEmpty else { return place }
    let start = place.lowerBound + 1 + range.lowerBound
    return start..<start + range.count
  }

  /// A wrong value of a member.
  @inline(never)
  init(_ message: String, help: String? = nil, member: RequestMember, value: ByteString? = nil) {
    self.init(
      message: message, help: help, pointer: JSONPointer([.key(member.name)]), subject: member.name, value: value)
  }

  /// A member that is not there; placed at the request.
  @inline(never)
  init(_ message: String, help: String? = nil, missing member: RequestMember) {
    self.init(message: message, help: help, pointer: JSONPointer(), subject: member.name)
  }

  /// A wrong tag value.
  @inline(never)
  init(_ message: String, help: String? = nil, valueOf tag: Tag) {
    self.init(
      message: message, help: help, pointer: tag.pointer("value"), subject: tag.key.value ?? "", value: tag.value.value)
  }

  /// A wrong tag key.
  @inline(never)
  init(_ message: String, help: String? = nil, keyOf tag: Tag) {
    self.init(
      message: message, help: help, pointer: tag.pointer("key"), subject: tag.key.value ?? "", value: tag.key.value)
  }
}
