extension Decoding {
  /// Reads a `when` or a `that`.
  func condition(_ node: Node) -> Condition? {
    guard let members = object(node) else { return nil }
    guard !members.isEmpty else {
      report("an empty condition", help: "name a field and what it must be, or remove the condition", at: node)
      return nil
    }
    let parts = members.compactMap { conditionPart($0) }
    guard parts.count == members.count else { return nil }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private func conditionPart(_ node: Node) -> Condition? {
    let key = node.key
    switch key {
    case "all": return conditions(node).map { .all($0) }
    case "any": return conditions(node).map { .any($0) }
    case "not": return condition(node).map { .not($0) }
    default:
      guard let field = conditionField(key, at: node) else { return nil }
      return matcher(node, for: field).map { .field(field, $0) }
    }
  }

  private func conditionField(_ key: ByteString, at node: Node) -> Field? {
    if let field = Field(name: key) { return field }
    let names = Field.names + ["all", "any", "not"]
    report(
      "unknown field \(Escaping.quoted(key)) in a condition",
      help: Suggestion.help(for: key, amongAll: names, called: "fields"), atKeyOf: node)
    return nil
  }

  private func conditions(_ node: Node) -> [Condition]? {
    guard let elements = array(node, of: "conditions") else { return nil }
    let parts = elements.compactMap { condition($0) }
    return parts.count == elements.count ? parts : nil
  }

  // MARK: Matchers

  private func matcher(_ node: Node, for field: Field) -> Matcher? {
    switch node.kind {
    case .string: return stringMatcher(node, for: field)
    case .array:
      guard let elements = array(node, of: "strings") else { return nil }
      let parts = elements.flatMap { expanding($0) }.map { matcher($0, for: field) }
      return parts.contains { $0 == nil } || parts.isEmpty ? nil : .anyOf(parts.compactMap { $0 })
    case .object: return objectMatcher(node, for: field)
    case .integer where field == .tagCount: return node.value.integer.map { .equalsNumber($0) }
    default:
      expected("a string, a list or an object", node)
      return nil
    }
  }

  private func stringMatcher(_ node: Node, for field: Field) -> Matcher? {
    guard isText(field, at: node) else { return nil }
    if let only = expanding(node).first, only.pointer != node.pointer || only.value.document !== node.value.document {
      let parts = expanding(node).compactMap { stringMatcher($0, for: field) }
      return parts.isEmpty ? nil : .anyOf(parts)
    }
    if node.value.string?.bytes.first == UInt8(ascii: "@") { return nil }
    guard let glob = fieldGlob(node, for: field) else { return nil }
    guard canMatch(glob, field, at: node) else { return nil }
    return .glob(glob)
  }

  private func objectMatcher(_ node: Node, for field: Field) -> Matcher? {
    guard let members = object(node) else { return nil }
    guard !members.isEmpty else {
      report("an empty matcher", help: "parts: `equals`, `exists`, `max`, `min`, `not`, `pattern`", at: node)
      return nil
    }
    let parts = members.map { matcherPart($0, for: field) }
    if parts.contains(where: { $0 == nil }) { return nil }
    let decoded = parts.compactMap { $0 }
    return decoded.count == 1 ? decoded[0] : .allOf(decoded)
  }

  private func matcherPart(_ node: Node, for field: Field) -> Matcher? {
    switch node.key {
    case "pattern": return isText(field, at: node) ? pattern(node).map { .pattern($0) } : nil
    case "exists": return boolean(node).map { .exists($0) }
    case "equals":
      if field == .tagCount { return integer(node, in: 0...Int.max).map { .equalsNumber($0) } }
      guard isText(field, at: node), let template = template(node) else { return nil }
      return isKnown(node, in: field) ? .equals(template) : nil
    case "min": return isNumber(field, at: node) ? integer(node, in: 0...Int.max).map { .range($0...Int.max) } : nil
    case "max": return isNumber(field, at: node) ? integer(node, in: 0...Int.max).map { .range(0...$0) } : nil
    case "not": return matcher(node, for: field).map { .not($0) }
    default:
      reportUnknown("matcher part", among: ["equals", "exists", "max", "min", "not", "pattern"], at: node)
      return nil
    }
  }

  private func isText(_ field: Field, at node: Node) -> Bool {
    switch field {
    case .tagCount:
      report("`tagCount` is a number", help: "use `{\"equals\": 3}`, `{\"min\": 1}` or `{\"max\": 40}`", at: node)
      return false
    case .member(.targetModelTags):
      report(
        "`targetModelTags` is a list",
        help: "use `{\"exists\": true}`, or the fields `tagCount` and `tags.Key`", at: node)
      return false
    default: return true
    }
  }

  private func isNumber(_ field: Field, at node: Node) -> Bool {
    if field == .tagCount { return true }
    report(
      "`min` and `max` are for `tagCount` only", help: "use a glob, `equals` or `pattern` for what is text",
      atKeyOf: node)
    return false
  }

  /// A glob that no value of the field can match would make a rule that never applies.
  private func canMatch(_ glob: Glob, _ field: Field, at node: Node) -> Bool {
    guard let vocabulary = field.vocabulary, glob.placeholders.isEmpty else { return true }
    guard !vocabulary.contains(where: { glob.matches($0) }) else { return true }
    report(
      "\(Escaping.quoted(field.name)) is never \(Escaping.quoted(glob.source))",
      help: Suggestion.help(for: glob.source, amongAll: vocabulary, called: "one of"), at: node)
    return false
  }

  private func isKnown(_ node: Node, in field: Field) -> Bool {
    guard let vocabulary = field.vocabulary, let text = node.value.string, !vocabulary.contains(text) else {
      return true
    }
    report(
      "\(Escaping.quoted(field.name)) is never \(Escaping.quoted(text))",
      help: Suggestion.help(for: text, amongAll: vocabulary, called: "one of"), at: node)
    return false
  }
}
