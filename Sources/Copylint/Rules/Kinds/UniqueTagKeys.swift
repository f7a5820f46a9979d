/// A tag key stands once.
struct UniqueTagKeys: RuleKind {
  static let name: ByteString = "unique-tag-keys"
  static let summary = "no tag key stands twice, compared by bytes"
  static let why = "the service refuses a key that stands twice, and readers differ on which of the two counts"
  static let example = """
    {"id": "duplicate-tag-keys", "kind": "unique-tag-keys"}
    """

  static let parameters = Shape<Self>()

  func check(_ context: RequestContext) -> Outcome {
    guard let count = context.request.tagCount else { return .unknown(.wrongType) }
    guard count > 0 else { return .notApplicable }
    var outcome = Outcome()
    var seen = ByteStringSet()
    for tag in context.request.tags {
      guard let key = tag.key.value else {
        outcome.add(unknown: .wrongType)
        continue
      }
      guard !seen.insert(key).inserted else { continue }
      outcome.add(
        Violation("tag key \(Escaping.quoted(key)) stands twice", help: "keep one of the two tags", keyOf: tag))
    }
    return outcome
  }
}
