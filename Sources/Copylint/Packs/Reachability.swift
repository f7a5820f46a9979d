/// Finds conditions that no request can meet. Says so only where it is sure: what is not found may still be one.
enum Reachability {
  /// Why nothing can meet the condition; nil when something may.
  static func contradiction(in condition: Condition) -> String? {
    switch condition {
    case .all(let parts):
      return parts.lazy.compactMap { contradiction(in: $0) }.first
        ?? clash(conjuncts(of: condition), exclusions(of: condition))
    case .any(let parts):
      let reasons = parts.map { contradiction(in: $0) }
      return reasons.contains { $0 == nil } ? nil : reasons.first ?? nil
    case .field: return clash(conjuncts(of: condition), [])
    case .not: return nil
    }
  }

  /// The fields that must all hold, with every part of their matchers.
  private static func conjuncts(of condition: Condition) -> [(field: Field, matcher: Matcher)] {
    switch condition {
    case .all(let parts): parts.flatMap { conjuncts(of: $0) }
    case .field(let field, .allOf(let matchers)): matchers.map { (field, $0) }
    case .field(let field, let matcher): [(field, matcher)]
    case .any, .not: []
    }
  }

  /// The fields that one value each is ruled out of, by a `not` around a single field.
  private static func exclusions(of condition: Condition) -> [(field: Field, values: [ByteString])] {
    switch condition {
    case .all(let parts): parts.flatMap { exclusions(of: $0) }
    case .not(.field(let field, let matcher)): values(of: matcher).map { [(field, $0)] } ?? []
    case .any, .field, .not: []
    }
  }

  private static func clash(
    _ parts: [(field: Field, matcher: Matcher)], _ exclusions: [(field: Field, values: [ByteString])]
  ) -> String? {
    for field in Set(parts.map(\.field)) {
      let matchers = parts.filter { $0.field == field }.map(\.matcher)
      let excluded = exclusions.filter { $0.field == field }.flatMap(\.values)
      let reason =
        absence(field, matchers) ?? numbers(field, matchers) ?? literals(field, matchers, excluded: excluded)
      if let reason { return reason }
    }
    return nil
  }

  private static func absence(_ field: Field, _ matchers: [Matcher]) -> String? {
    let isAbsent = matchers.contains { if case .exists(false) = $0 { true } else { false } }
    guard isAbsent else { return nil }
    let name = Escaping.quoted(field.name)
    switch field {
    case .member(.sourceModelArn), .member(.targetModelName): return "\(name) is required by the API"
    case .tagCount, .sourceRegion, .sourceKind, .path: return "\(name) is never absent"
    default: return matchers.count > 1 ? "\(name) cannot be absent and have a value" : nil
    }
  }

  /// The service allows 50 tags.
  private static func numbers(_ field: Field, _ matchers: [Matcher]) -> String? {
    guard field == .tagCount else { return nil }
    var least = 0
    var most = 50
    for matcher in matchers {
      switch matcher {
      case .range(let range): (least, most) = (max(least, range.lowerBound), min(most, range.upperBound))
      case .equalsNumber(let number): (least, most) = (max(least, number), min(most, number))
      default: break
      }
    }
    return least > most ? "no number of tags up to the service's 50 is in the range" : nil
  }

  /// Where every value is spelled out, those that are asked for and those that are ruled out may leave none.
  private static func literals(_ field: Field, _ matchers: [Matcher], excluded: [ByteString]) -> String? {
    let asked = matchers.compactMap { values(of: $0) }
    let refused = matchers.flatMap { matcher -> [ByteString] in
      if case .not(let inner) = matcher { values(of: inner) ?? [] } else { [] }
    }
    guard let first = asked.first else { return nil }
    let left = first.filter { value in
      asked.allSatisfy { $0.contains(value) } && !(refused + excluded).contains(value)
    }
    return left.isEmpty ? "no value of \(Escaping.quoted(field.name)) meets all of it" : nil
  }

  /// The only values that a matcher takes; nil where there are others.
  private static func values(of matcher: Matcher) -> [ByteString]? {
    switch matcher {
    case .equals(let template) where template.placeholders.isEmpty:
      guard case .literal(let text)? = template.pieces.first else { return nil }
      return [text]
    case .glob(let glob) where glob.isLiteral && !glob.source.bytes.contains(UInt8(ascii: "\\")): return [glob.source]
    case .anyOf(let parts):
      let values = parts.map { Self.values(of: $0) }
      return values.contains { $0 == nil } ? nil : values.flatMap { $0 ?? [] }
    default: return nil
    }
  }
}
