/// Tag keys differ in more than case.
struct TagKeyCase: RuleKind {
  static let name: ByteString = "tag-key-case"
  static let summary = "no two tag keys differ only in the case of ASCII letters"
  static let why = "keys are case-sensitive: `Owner` and `owner` are two tags, of which a report reads one"
  static let example = """
    {"id": "tag-key-case", "kind": "tag-key-case"}
    """

  static let parameters = Shape<Self>()

  func check(_ context: RequestContext) -> Outcome {
    guard let count = context.request.tagCount else { return .unknown(.wrongType) }
    guard count > 0 else { return .notApplicable }
    var outcome = Outcome()
    var folded = ByteStringSet()
    var originals: [ByteString] = []
    for tag in context.request.tags {
      guard let key = tag.key.value else {
        outcome.add(unknown: .wrongType)
        continue
      }
      let (isFirst, position) = folded.insert(key.asciiLowercased)
      guard !isFirst else {
        originals.append(key)
        continue
      }
      let other = originals[position]
      guard other != key else { continue }
      outcome.add(Violation(Self.message(Escaping.quoted(other), Escaping.quoted(key)), help: Self.help, keyOf: tag))
    }
    return outcome
  }

  static let help = "keep one of the two tags"

  /// Of two keys as they are shown.
  static func message(_ first: String, _ second: String) -> String {
    "tag keys \(first) and \(second) differ only in case"
  }
}
