/// What must be true of a request: `when` and `that`. Three-valued, so that what cannot be known never decides.
indirect enum Condition: Sendable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case field(Field, Matcher)

  @inline(never)
  func truth(in context: RequestContext) -> Truth {
    switch self {
    case .all(let parts): Truth.all(parts) { $0.truth(in: context) }
    case .any(let parts): Truth.any(parts) { $0.truth(in: context) }
    case .not(let part): !part.truth(in: context)
    case .field(let field, let matcher): matcher.truth(context.value(of: field), in: context)
    }
  }

  /// Every field it reads, those of placeholders too.
  var fields: [Field] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.fields)
    case .not(let part): part.fields
    case .field(let field, let matcher): [field] + matcher.placeholders.compactMap { Field(name: $0) }
    }
  }

  /// The first field that a finding can be placed at.
  var firstField: Field? {
    switch self {
    case .all(let parts), .any(let parts): parts.lazy.compactMap(\.firstField).first
    case .not(let part): part.firstField
    case .field(let field, _): field
    }
  }
}

/// What a field must be.
indirect enum Matcher: Sendable {
  case glob(Glob)
  /// A glob for a KMS key that is no ARN: never matches a value of six parts.
  case anyOf([Matcher])
  case allOf([Matcher])
  case pattern(Pattern)
  case equals(Template)
  case equalsNumber(Int)
  case exists(Bool)
  case range(ClosedRange<Int>)
  case not(Matcher)

  /// An absent value matches only `exists: false` and what `not` makes of that.
  @inline(never)
  func truth(_ value: FieldValue, in context: RequestContext) -> Truth {
    if case .unknown(let causes) = value { return .unknown(causes) }
    switch self {
    case .anyOf(let parts): return Truth.any(parts) { $0.truth(value, in: context) }
    case .allOf(let parts): return Truth.all(parts) { $0.truth(value, in: context) }
    case .not(let part): return !part.truth(value, in: context)
    case .exists(let expected): return Truth((value != .absent) == expected)
    case .equalsNumber(let number): return Truth(value == .number(number))
    case .range(let range):
      guard case .number(let number) = value else { return .no }
      return Truth(range.contains(number))
    case .glob, .pattern, .equals: return textTruth(value, in: context)
    }
  }

  private func textTruth(_ value: FieldValue, in context: RequestContext) -> Truth {
    guard case .text(let text) = value else { return .no }
    switch self {
    case .glob(let glob): return glob.truth(text, in: context)
    case .pattern(let pattern): return pattern.truth(text, in: context)
    case .equals(let template): return template.truth(text, in: context)
    default: return .no
    }
  }

  var placeholders: [ByteString] {
    switch self {
    case .glob(let glob): glob.placeholders
    case .pattern(let pattern): pattern.placeholders
    case .equals(let template): template.placeholders
    case .anyOf(let parts), .allOf(let parts): parts.flatMap(\.placeholders)
    case .not(let part): part.placeholders
    case .equalsNumber, .exists, .range: []
    }
  }
}

extension Template {
  /// Whether the value is exactly this text.
  @inline(never)
  func truth(_ value: ByteString, in context: RequestContext) -> Truth {
    var text: [UInt8] = []
    var causes: Causes = []
    for piece in pieces {
      switch piece {
      case .literal(let literal): text += literal.bytes
      case .placeholder(let name):
        switch context.resolve(name) {
        case .value(let resolved) where !resolved.isEmpty: text += resolved.bytes
        case .value, .absent: return .no
        case .unknown: causes.formUnion(context.causes(ofUnknown: name))
        }
      }
    }
    return causes.isEmpty ? Truth(text == value.bytes) : .unknown(causes)
  }
}
