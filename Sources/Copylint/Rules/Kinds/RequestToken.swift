/// Whether a committed request may hold a `clientRequestToken`.
struct RequestToken: RuleKind {
  static let name: ByteString = "request-token"
  static let summary = "whether a committed request has, or must not have, a `clientRequestToken`"
  static let why = """
    Bedrock ignores a request whose token matches an earlier one, without an error: a token in a committed file makes \
    every later submission do nothing, and one that is missing makes a retry copy twice
    """
  static let example = """
    {"id": "no-committed-token", "kind": "request-token", "forbidden": true}
    """
  static let defaultStages: [Stage] = [.file]
  static let needsFile = true

  var required: Bool?
  var forbidden: Bool?

  static let parameters = Shape<Self>()
    .boolean("required", { $0.required = $1 }, "true: a request has a token")
    .boolean("forbidden", { $0.forbidden = $1 }, "true: a request has no token")

  func validate(_ rule: RuleNode, _ decoding: Decoding) {
    guard (required == true) == (forbidden == true) else { return }
    decoding.report(
      "`required` and `forbidden` do not say one thing", help: "give one of them, `true`", at: rule.node)
  }

  func check(_ context: RequestContext) -> Outcome {
    switch context.request.clientRequestToken {
    case .wrongType: return .unknown(.wrongType)
    case .absent:
      guard required == true else { return .pass }
      return .fail(
        Violation(
          "`clientRequestToken` is missing", help: "add one, and change it with every new copy",
          missing: .clientRequestToken))
    case .present(let token):
      guard forbidden == true else { return .pass }
      return .fail(
        Violation(
          "`clientRequestToken` is committed",
          help: "remove it: Bedrock ignores a request whose token it has seen before, without an error",
          member: .clientRequestToken, value: token))
    }
  }
}
