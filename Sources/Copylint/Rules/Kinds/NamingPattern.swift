/// How a name, the token or a tag's value must look.
struct NamingPattern: RuleKind {
  static let name: ByteString = "naming-pattern"
  static let summary = "how a name, the token or a tag's value must look"
  static let why = "a name that says team, use and version is what people find a model by, and what clean-up goes by"
  static let example = """
    {"id": "model-name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-[a-z0-9]+(-[a-z0-9]+)*"}
    """

  var field: Field?
  var pattern: Pattern?
  var patterns: PatternAlternatives?
  var forbid: PatternAlternatives?

  static let parameters = Shape<Self>()
    .member(
      name: "field", summary: "`targetModelName`, `clientRequestToken` or `tags.Key`", isRequired: true,
      schema: .formatted("^(targetModelName|clientRequestToken|tags[.].+)$"), decode: decodeField
    )
    .pattern("pattern", { $0.pattern = $1 }, "a pattern that the whole value must match")
    .patterns("patterns", { $0.patterns = $1 }, "patterns, one of which the whole value must match")
    .patterns("forbid", { $0.forbid = $1 }, "patterns, none of which the whole value may match")

  private static let decodeField: @Sendable (Node, inout NamingPattern, Decoding) -> Void = { node, kind, decoding in
    guard let text = decoding.text(node) else { return }
    switch Field(name: text) {
    case .member(.targetModelName)?, .member(.clientRequestToken)?, .tag?: kind.field = Field(name: text)
    default:
      decoding.report(
        "\(Escaping.quoted(text)) is not a field that has a name",
        help: Suggestion.help(
          for: text, amongAll: ["targetModelName", "clientRequestToken", "tags.Key"], called: "fields"), at: node)
    }
  }

  var fields: [Field] {
    var fields: [Field] = []
    for list in wanted + (forbid.map { [$0] } ?? []) {
      for pattern in list.patterns where pattern.hasPlaceholders {
        fields += pattern.placeholders.compactMap { Field(name: $0) }
      }
    }
    return fields
  }

  /// Lists, of each of which one pattern must match.
  var wanted: [PatternAlternatives] {
    var lists: [PatternAlternatives] = []
    if let pattern { lists.append(PatternAlternatives([pattern])) }
    if let patterns { lists.append(patterns) }
    return lists
  }

  func validate(_ rule: RuleNode, _ decoding: Decoding) {
    guard rule["pattern"] == nil, rule["patterns"] == nil, rule["forbid"] == nil else { return }
    decoding.report(
      "no pattern", help: "give `pattern`, `patterns` or `forbid`", at: rule.node)
  }

  func check(_ context: RequestContext) -> Outcome {
    guard let field else { return .pass }
    switch context.value(of: field) {
    case .absent, .present, .number: return .notApplicable
    case .unknown(let causes): return .unknown(causes)
    case .text(let value): return check(value, field, context)
    }
  }

  private func check(_ value: ByteString, _ field: Field, _ context: RequestContext) -> Outcome {
    if let missing = missingPlaceholder(context) {
      let message = "\(Escaping.quoted(field.name)) depends on \(Escaping.quoted(missing)), which is absent or empty"
      return .fail(violation(message, "give the request \(Escaping.quoted(missing))", value, field, context))
    }
    var outcome = Outcome()
    for alternatives in wanted {
      outcome.require(
        alternatives.truth(value, in: context),
        orElse: violation(
          Self.mismatch(field, Escaping.quoted(value), alternatives), Self.mismatchHelp, value, field, context))
    }
    for pattern in forbid?.patterns ?? [] {
      outcome.require(
        !pattern.truth(value, in: context),
        orElse: violation(
          Self.forbidden(field, Escaping.quoted(value)), Self.forbiddenHelp(pattern), value, field, context))
    }
    return outcome
  }

  /// Said once, however many patterns read the field.
  private func missingPlaceholder(_ context: RequestContext) -> ByteString? {
    fields.first { context.value(of: $0) == .absent || context.value(of: $0) == .text("") }?.name
  }

  private func violation(
    _ message: String, _ help: String, _ value: ByteString, _ field: Field, _ context: RequestContext
  ) -> Violation {
    if case .tag(let key) = field, let tag = context.request.tag(withKey: key) {
      return Violation(message, help: help, valueOf: tag).mended(by: .trimming(value))
    }
    return Violation(
      message: message, help: help, pointer: JSONPointer([.key(field.name)]), subject: field.name, value: value,
      fix: .trimming(value))
  }
}

/// What is said of a name that is not right. Values of the request come as they are shown.
extension NamingPattern {
  static let mismatchHelp = "the whole value must match"

  static func mismatch(_ field: Field, _ value: String, _ alternatives: PatternAlternatives) -> String {
    "\(Escaping.quoted(field.name)) is \(value), which does not match \(alternatives.summary)"
  }

  static func forbidden(_ field: Field, _ value: String) -> String {
    "\(Escaping.quoted(field.name)) is \(value), which is forbidden"
  }

  static func forbiddenHelp(_ pattern: Pattern) -> String {
    "use a value that does not match \(Escaping.quoted(pattern.source))"
  }
}
