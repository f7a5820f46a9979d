/// A closed vocabulary of tag keys.
struct AllowedTags: RuleKind {
  static let name: ByteString = "allowed-tags"
  static let summary = "the only tag keys that a request may have"
  static let why = "free-form keys split cost reports (`Owner`, `owner`, `OWNER`) and may carry what should not leave"
  static let example = """
    {"id": "known-keys", "kind": "allowed-tags", "keys": ["Owner", "CostCenter", "team:*"]}
    """

  var keys: GlobList?
  var patterns: PatternAlternatives?

  static let parameters = Shape<Self>()
    .globs("keys", { $0.keys = $1 }, "allowed keys: globs, or `@set`")
    .patterns("patterns", { $0.patterns = $1 }, "patterns, one of which the whole key must match")

  func validate(_ rule: RuleNode, _ decoding: Decoding) {
    guard rule["keys"] == nil, rule["patterns"] == nil else { return }
    decoding.report("neither `keys` nor `patterns`", help: "say which keys are allowed", at: rule.node)
  }

  func check(_ context: RequestContext) -> Outcome {
    guard let count = context.request.tagCount else { return .unknown(.wrongType) }
    guard count > 0 else { return .notApplicable }
    var outcome = Outcome()
    for tag in context.request.tags {
      guard let key = tag.key.value else {
        outcome.add(unknown: .wrongType)
        continue
      }
      outcome.require(
        isAllowed(key, context),
        orElse: Violation("tag key \(Escaping.quoted(key)) is not allowed", help: help(key), keyOf: tag))
    }
    return outcome
  }

  /// The two lists are alternatives of one vocabulary.
  private func isAllowed(_ key: ByteString, _ context: RequestContext) -> Truth {
    let lists = [
      keys?.matches(key, in: context),
      patterns?.truth(key, in: context),
    ]
    return Truth.any(lists.compactMap { $0 }) { $0 }
  }

  private func help(_ key: ByteString) -> String {
    let literals = keys?.globs.filter(\.isLiteral).map(\.source) ?? []
    if let help = Suggestion.help(for: key, among: literals) { return help }
    let forms = (keys?.globs.prefix(3).map(\.source) ?? []) + (patterns?.patterns.prefix(3).map(\.source) ?? [])
    return "allowed keys: " + forms.map { Escaping.quoted($0) }.joined(separator: ", ")
  }
}
