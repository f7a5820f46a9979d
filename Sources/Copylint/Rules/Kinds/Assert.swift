/// Any condition.
struct Assert: RuleKind {
  static let name: ByteString = "assert"
  static let summary = "any condition over the fields of a request"
  static let why = "for what no other kind says: one field compared with another, or demands that depend on a tag"
  static let example = """
    {"id": "key-owner", "kind": "assert", "that": {"kms.account": "${target.account}"},
     "message": "the key must belong to the target account"}
    """

  var that: Condition?
  var message: ByteString?

  static let parameters = Shape<Self>()
    .member(
      name: "that", summary: "the condition that must hold", isRequired: true, schema: .reference("condition"),
      decode: { $1.that = $2.condition($0) }
    )
    .text("message", { $0.message = $1 }, required: true, "what is wrong when it does not hold")

  var fields: [Field] { that?.fields ?? [] }

  func check(_ context: RequestContext) -> Outcome {
    guard let that else { return .pass }
    var outcome = Outcome()
    outcome.require(that.truth(in: context), orElse: violation(that, context))
    return outcome
  }

  /// Placed at the first field of the condition that is in the request.
  private func violation(_ that: Condition, _ context: RequestContext) -> Violation {
    let text = Escaping.visible((message ?? "").bytes)
    let field = that.firstField
    let subject = field?.name ?? ""
    switch field.flatMap({ Self.anchor($0, context.request) }) {
    case .tag(let tag)?:
      var violation = Violation(text, valueOf: tag)
      violation.subject = subject
      return violation
    case .member(let member)?:
      let value = context.request.string(member).value
      return Violation(message: text, pointer: JSONPointer([.key(member.name)]), subject: subject, value: value)
    case nil: return Violation(message: text, pointer: JSONPointer(), subject: subject)
    }
  }

  private enum Anchor {
    case member(RequestMember)
    case tag(Tag)
  }

  private static func anchor(_ field: Field, _ request: CopyRequest) -> Anchor? {
    let member: RequestMember? =
      switch field {
      case .member(let member): member
      case .tagCount: .targetModelTags
      case .sourceRegion, .sourceAccount, .sourceKind, .sourceBaseModel: .sourceModelArn
      case .kmsKind, .kmsAccount, .kmsRegion: .modelKmsKeyId
      case .tag, .targetRegion, .targetAccount, .path: nil
      }
    if case .tag(let key) = field { return request.tag(withKey: key).map { .tag($0) } }
    guard let member, request.json[member.name] != nil else { return nil }
    return .member(member)
  }
}
