/// The accounts that copies may go to.
struct AllowedAccounts: RuleKind {
  static let name: ByteString = "allowed-accounts"
  static let summary = "the accounts that copies may go to, and from where to where"
  static let why = "who owns the copy decides who may read it: a model must not leave the accounts it was approved for"
  static let example = """
    {"id": "our-accounts", "kind": "allowed-accounts", "pairs": [{"from": ["111122223333"], "to": ["444455556666"]}]}
    """

  var target: GlobList?
  var pairs: [PlacePair]?

  static let parameters = Shape<Self>()
    .globs("target", { $0.target = $1 }, "allowed target accounts: globs, or `@set`")
    .member(
      name: "pairs", summary: "allowed ways, each `{\"from\": […], \"to\": […]}`; one must fit",
      schema: .array(.object(PlacePair.shape.schema)), decode: { $1.pairs = PlacePair.decode($0, $2) })

  var fields: [Field] { [.targetAccount] }

  func validate(_ rule: RuleNode, _ decoding: Decoding) {
    guard rule["target"] == nil, rule["pairs"] == nil else { return }
    decoding.report("neither `target` nor `pairs`", help: "say which accounts are allowed", at: rule.node)
  }

  func check(_ context: RequestContext) -> Outcome {
    AllowedPlaces(noun: "account", source: .sourceAccount, target: .targetAccount, targets: target, pairs: pairs)
      .check(context)
  }
}
