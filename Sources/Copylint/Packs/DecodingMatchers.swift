extension Decoding {
  func glob(_ node: Node, mode: Glob.Mode) -> Glob? {
    guard let text = text(node) else { return nil }
    do {
      let glob = try Glob(text, mode: mode)
      return check(glob.placeholders, in: node) ? glob : nil
    } catch {
      report(error.message, help: error.help, at: node, range: error.byteRange)
      return nil
    }
  }

  func pattern(_ node: Node) -> Pattern? {
    guard let text = text(node) else { return nil }
    do {
      let pattern = try Pattern(text, &patternParser)
      return check(pattern.placeholders, in: node) ? pattern : nil
    } catch {
      report(error.message, help: error.help, at: node, range: error.byteRange)
      return nil
    }
  }

  func patterns(_ node: Node) -> PatternAlternatives? {
    array(node, of: "patterns").map { elements in
      var patterns: [Pattern] = []
      var literals = LiteralIndexBuilder()
      for element in elements {
        guard let pattern = pattern(element) else { continue }
        patterns.append(pattern)
        guard elements.count >= PatternAlternatives.leastIndexed else { continue }
        // The parser has just read it.
        if pattern.isPlain { patternParser.addLiterals(to: &literals) }
        literals.next()
      }
      return PatternAlternatives(patterns, literals)
    }
  }

  func template(_ node: Node) -> Template? {
    guard let text = text(node) else { return nil }
    do {
      let template = try Template(parsing: text)
      return check(template.placeholders, in: node) ? template : nil
    } catch {
      report(error.message, help: error.help, at: node, range: error.byteRange)
      return nil
    }
  }

  func field(_ name: ByteString, at node: Node) -> Field? {
    if let field = Field(name: name) { return field }
    report(
      "unknown field \(Escaping.quoted(name))",
      help: Field.suggestion(for: name), atKeyOf: node)
    return nil
  }

  /// Whether every `${field}` names a field that can stand in a text.
  private func check(_ placeholders: [ByteString], in node: Node) -> Bool {
    var isGood = true
    for name in placeholders {
      let field = Field(name: name)
      guard field == nil || field == .member(.targetModelTags) else { continue }
      isGood = false
      report(
        "unknown field \(Escaping.quoted(name)) in a placeholder",
        help: Field.suggestion(for: name), at: node)
    }
    return isGood
  }
}
