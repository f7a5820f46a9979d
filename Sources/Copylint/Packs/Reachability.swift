/// Finds conditions that no request can meet. Says so only where it is sure: what is not found may still be one.
enum Reachability {
  /// Why nothing can meet the condition; nil when something may.
  static func contradiction(in condition: Condition) -> String? {
    switch condition {
    case .all(let parts):
      return parts.lazy.compactMap { contradiction(in: $0) }.first ?? clash(conjuncts(of: condition))
    case .any(let parts):
      let reasons = parts.map { contradiction(in: $0) }
      return reasons.contains { $0 == nil } ? nil : reasons.first ?? nil
    case .field: return clash(conjuncts(of: condition))
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

  private static func clash(_ parts: [(field: Field, matcher: Matcher)]) -> String? {
    for field in Set(parts.map(\.field)) {
      let matchers = parts.filter { $0.field == field }.map(\.matcher)
      let reason = absence(field, matchers) ?? numbers(field, matchers) ?? literals(field, matchers)
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

  private static func literals(_ field: Field, _ matchers: [Matcher]) -> String? {
    let values = matchers.compactMap { matcher -> ByteString? in
      switch matcher {
      case .equals(let template) where template.placeholders.isEmpty:
        if case .literal(let text)? = template.pieces.first { return text }
        return nil
      case .glob(let glob) where glob.isLiteral && !glob.source.bytes.contains(UInt8(ascii: "\\")): return glob.source
      default: return nil
      }
    }
    guard let first = values.first, let other = values.first(where: { $0 != first }) else { return nil }
    return "\(Escaping.quoted(field.name)) cannot be \(Escaping.quoted(first)) and \(Escaping.quoted(other))"
  }
}
