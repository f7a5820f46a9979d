/// Collects what is wrong while packs and the configuration are decoded, so that one run reports it all.
final class Decoding {
  private(set) var diagnostics: [Diagnostic] = []
  /// The sets that `@name` can mean, by the file the reference stands in.
  let sets: SetResolver
  /// For every pattern, so that it takes memory once.
  var patternParser = SimplePatternParser()

  init(sets: SetResolver = SetResolver()) { self.sets = sets }

  /// Whether nothing was wrong so far.
  var isClean: Bool { diagnostics.isEmpty }

  @inline(never)
  func report(_ message: String, help: String? = nil, at node: Node) {
    diagnostics.append(Diagnostic(message, help: help, at: node.place))
  }

  /// The same, at the name of the member.
  @inline(never)
  func report(_ message: String, help: String? = nil, atKeyOf node: Node) {
    diagnostics.append(Diagnostic(message, help: help, at: node.keyPlace))
  }

  /// The same, at a stretch of a string.
  @inline(never)
  func report(_ message: String, help: String?, at node: Node, range: Range<Int>) {
    diagnostics.append(Diagnostic(message, help: help, at: node.place(of: range)))
  }

  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// The strings of a list with every `@set` replaced by its values; each keeps the place it came from.
  func expanding(_ node: Node) -> [Node] { sets.expand(node, self) }

  // MARK: Values

  @inline(never)
  func text(_ node: Node) -> ByteString? {
    guard let text = node.value.string else {
      expected("a string", node)
      return nil
    }
    guard !text.isEmpty else {
      report("an empty string", help: "give it a value, or leave it out", at: node)
      return nil
    }
    return text
  }

  @inline(never)
  func integer(_ node: Node, in range: ClosedRange<Int>) -> Int? {
    guard let integer = node.value.integer else {
      expected("a whole number", node)
      return nil
    }
    guard range.contains(integer) else {
      let (least, most) = (range.lowerBound, range.upperBound)
      let bounds =
        least == most ? "`\(least)`" : "a whole number, " + (most == .max ? "at least \(least)" : "\(least) to \(most)")
      report("`\(integer)` is out of range", help: "use \(bounds)", at: node)
      return nil
    }
    return integer
  }

  @inline(never)
  func boolean(_ node: Node) -> Bool? {
    guard let boolean = node.value.boolean else {
      expected("true or false", node)
      return nil
    }
    return boolean
  }

  func array(_ node: Node, of noun: String) -> [Node]? {
    guard node.kind == .array else {
      expected("an array of \(noun)", node)
      return nil
    }
    guard node.value.elementCount > 0 else {
      report("an empty list", help: "an empty list allows nothing and checks nothing; remove it or fill it", at: node)
      return nil
    }
    return node.elements
  }

  @inline(never)
  func object(_ node: Node) -> [Node]? {
    guard node.kind == .object else {
      expected("an object", node)
      return nil
    }
    return node.meantMembers
  }

  @inline(never)
  func expected(_ what: String, _ node: Node) {
    report("expected \(what), found \(node.kindDescription)", help: Self.form(of: what), at: node)
  }

  /// How what is expected is written.
  private static func form(of what: String) -> String? {
    let forms = [
      ("a string", "text stands in double quotes"), ("a whole number", "digits alone, without quotes"),
      ("true or false", "the bare word, without quotes"), ("an array", "a list stands in `[` and `]`"),
      ("an object", "members stand in `{` and `}`"), ("a rule", "members stand in `{` and `}`"),
    ]
    return forms.first { what.utf8.starts(with: $0.0.utf8) }?.1
  }

  /// One of a few words.
  func word<Choice: RawRepresentable & CaseIterable>(_ node: Node, _ type: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    guard let text = text(node) else { return nil }
    let all = Choice.allCases.map { ByteString($0.rawValue) }
    guard let choice = Choice.allCases.first(where: { ByteString($0.rawValue) == text }) else {
      report(
        "unknown value \(Escaping.quoted(text))",
        help: Suggestion.help(for: text, amongAll: all, called: "one of"), at: node)
      return nil
    }
    return choice
  }
}
