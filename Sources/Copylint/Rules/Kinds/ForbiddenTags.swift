/// Tag keys and values that no request may have.
struct ForbiddenTags: RuleKind {
  static let name: ByteString = "forbidden-tags"
  static let summary = "tag keys and values that are denied"
  static let why = "tags are shown in consoles, bills and logs: personal data and secrets do not belong there"
  static let example = """
    {"id": "no-mail", "kind": "forbidden-tags", "keys": ["Password*"], "valuePatterns": [".*@.*[.].*"]}
    """

  var keys: GlobList?
  var values: GlobList?
  var keyPatterns: PatternAlternatives?
  var valuePatterns: PatternAlternatives?

  static let parameters = Shape<Self>()
    .globs("keys", { $0.keys = $1 }, "denied keys: globs, or `@set`")
    .globs("values", { $0.values = $1 }, "denied values: globs, or `@set`")
    .patterns("keyPatterns", { $0.keyPatterns = $1 }, "patterns; a key that matches one as a whole is denied")
    .patterns("valuePatterns", { $0.valuePatterns = $1 }, "patterns; a value that matches one as a whole is denied")

  func validate(_ rule: RuleNode, _ decoding: Decoding) {
    guard Self.parameters.names.allSatisfy({ rule[$0] == nil }) else { return }
    decoding.report(
      "nothing is forbidden", help: "give `keys`, `values`, `keyPatterns` or `valuePatterns`", at: rule.node)
  }

  func check(_ context: RequestContext) -> Outcome {
    guard let count = context.request.tagCount else { return .unknown(.wrongType) }
    guard count > 0 else { return .notApplicable }
    var outcome = Outcome()
    for tag in context.request.tags {
      checkKey(tag, context, &outcome)
      checkValue(tag, context, &outcome)
    }
    return outcome
  }

  private func checkKey(_ tag: Tag, _ context: RequestContext, _ outcome: inout Outcome) {
    guard keys != nil || keyPatterns != nil else { return }
    guard let key = tag.key.value else { return outcome.add(unknown: .wrongType) }
    outcome.require(
      !Self.matches(key, keys, keyPatterns, context),
      orElse: Violation("tag key \(Escaping.quoted(key)) is forbidden", help: "remove the tag", keyOf: tag))
  }

  private func checkValue(_ tag: Tag, _ context: RequestContext, _ outcome: inout Outcome) {
    guard values != nil || valuePatterns != nil else { return }
    guard let value = tag.value.value else { return outcome.add(unknown: .wrongType) }
    let key = Escaping.quoted(tag.key.value ?? "")
    outcome.require(
      !Self.matches(value, values, valuePatterns, context),
      orElse: Violation(
        "tag \(key) has the forbidden value \(Escaping.quoted(value))", help: "use another value, or remove the tag",
        valueOf: tag))
  }

  private static func matches(
    _ text: ByteString, _ globs: GlobList?, _ patterns: PatternAlternatives?, _ context: RequestContext
  ) -> Truth {
    (globs?.matches(text, in: context) ?? .no) || (patterns?.truth(text, in: context) ?? .no)
  }
}
