/// `Truth` without the causes.
enum PlanTruth {
  case yes
  case no
  case unknown

  init(_ value: Bool) { self = value ? .yes : .no }

  static prefix func ! (value: PlanTruth) -> PlanTruth {
    switch value {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  static func all<Item>(_ items: [Item], _ truth: (Item) -> PlanTruth) -> PlanTruth {
    var isUnknown = false
    for item in items {
      switch truth(item) {
      case .yes: continue
      case .no: return .no
      case .unknown: isUnknown = true
      }
    }
    return isUnknown ? .unknown : .yes
  }

  static func any<Item>(_ items: [Item], _ truth: (Item) -> PlanTruth) -> PlanTruth {
    !all(items) { !truth($0) }
  }
}

/// A condition without placeholders, over bytes where they stand: `Condition`, planned.
indirect enum PlannedCondition {
  case all([PlannedCondition])
  case any([PlannedCondition])
  case not(PlannedCondition)
  case field(PlannedField, PlannedMatcher)

  /// Nil where some part is left to the reference.
  init?(_ condition: Condition) {
    switch condition {
    case .all(let parts):
      guard let planned = Self.planned(parts) else { return nil }
      self = .all(planned)
    case .any(let parts):
      guard let planned = Self.planned(parts) else { return nil }
      self = .any(planned)
    case .not(let part):
      guard let planned = PlannedCondition(part) else { return nil }
      self = .not(planned)
    case .field(let field, let matcher):
      guard let planned = PlannedMatcher(matcher) else { return nil }
      self = .field(PlannedField(field), planned)
    }
  }

  private static func planned(_ parts: [Condition]) -> [PlannedCondition]? {
    let planned = parts.compactMap { PlannedCondition($0) }
    return planned.count == parts.count ? planned : nil
  }

  func truth(in context: PlanContext) -> PlanTruth {
    switch self {
    case .all(let parts): PlanTruth.all(parts) { $0.truth(in: context) }
    case .any(let parts): PlanTruth.any(parts) { $0.truth(in: context) }
    case .not(let part): !part.truth(in: context)
    case .field(let field, let matcher): matcher.truth(field.value(in: context))
    }
  }
}

/// What a field must be: `Matcher`, planned.
indirect enum PlannedMatcher {
  case globs(PlannedGlobs)
  case anyOf([PlannedMatcher])
  case allOf([PlannedMatcher])
  case pattern(PlannedPattern)
  case equals(ByteString)
  case equalsNumber(Int)
  case exists(Bool)
  case range(ClosedRange<Int>)
  case not(PlannedMatcher)

  /// Nil where some part is left to the reference.
  init?(_ matcher: Matcher) {
    switch matcher {
    case .glob(let glob):
      guard let planned = PlannedGlobs([glob]) else { return nil }
      self = .globs(planned)
    case .anyOf(let parts):
      if let globs = Self.globs(parts) {
        self = .globs(globs)
      } else {
        guard let planned = Self.planned(parts) else { return nil }
        self = .anyOf(planned)
      }
    case .allOf(let parts):
      guard let planned = Self.planned(parts) else { return nil }
      self = .allOf(planned)
    case .pattern(let pattern):
      guard let planned = PlannedPattern(pattern) else { return nil }
      self = .pattern(planned)
    case .equals(let template):
      guard template.placeholders.isEmpty, template.pieces.count == 1, case .literal(let text) = template.pieces[0]
      else { return nil }
      self = .equals(text)
    case .equalsNumber(let number): self = .equalsNumber(number)
    case .exists(let expected): self = .exists(expected)
    case .range(let range): self = .range(range)
    case .not(let part):
      guard let planned = PlannedMatcher(part) else { return nil }
      self = .not(planned)
    }
  }

  private static func planned(_ parts: [Matcher]) -> [PlannedMatcher]? {
    let planned = parts.compactMap { PlannedMatcher($0) }
    return planned.count == parts.count ? planned : nil
  }

  /// A list of globs and nothing else.
  private static func globs(_ parts: [Matcher]) -> PlannedGlobs? {
    let globs = parts.compactMap { if case .glob(let glob) = $0 { glob } else { nil } }
    return globs.count == parts.count ? PlannedGlobs(globs) : nil
  }

  func truth(_ value: PlanValue) -> PlanTruth {
    if case .unknown = value { return .unknown }
    switch self {
    case .anyOf(let parts): return PlanTruth.any(parts) { $0.truth(value) }
    case .allOf(let parts): return PlanTruth.all(parts) { $0.truth(value) }
    case .not(let part): return !part.truth(value)
    case .exists(let expected):
      if case .absent = value { return PlanTruth(!expected) }
      return PlanTruth(expected)
    case .equalsNumber(let number):
      guard case .number(let found) = value else { return .no }
      return PlanTruth(found == number)
    case .range(let range):
      guard case .number(let found) = value else { return .no }
      return PlanTruth(range.contains(found))
    case .globs, .pattern, .equals:
      guard case .text(let text) = value else { return .no }
      return PlanTruth(matches(text))
    }
  }

  private func matches(_ text: Span) -> Bool {
    switch self {
    case .globs(let globs): globs.matches(text)
    case .pattern(let pattern): pattern.matches(text)
    case .equals(let literal): text.isSame(as: literal)
    default: false
    }
  }
}
