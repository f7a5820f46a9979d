/// The models that may be copied.
struct AllowedSourceModels: RuleKind {
  static let name: ByteString = "allowed-source-models"
  static let summary = "the models that may be copied, by ARN, account, Region, kind or base model"
  static let why = "a copy brings another account's or Region's model, and its licence terms, into this one"
  static let example = """
    {"id": "our-models", "kind": "allowed-source-models", "accounts": ["111122223333"], "kinds": ["custom"]}
    """

  var models: GlobList?
  var accounts: GlobList?
  var regions: GlobList?
  var kinds: [SourceModel.Kind]?
  var baseModels: GlobList?

  static let parameters = Shape<Self>()
    .globs("models", { $0.models = $1 }, mode: .arn, "allowed model ARNs: globs, or `@set`")
    .globs(
      "accounts", { $0.accounts = $1 }, "allowed accounts of the model; a foundation model has none, so it is denied"
    )
    .globs("regions", { $0.regions = $1 }, "allowed Regions of the model: globs, or `@set`")
    .words("kinds", { $0.kinds = $1 }, "allowed kinds of model")
    .globs("baseModels", { $0.baseModels = $1 }, "allowed base models; an imported model has none, so it is denied")

  func validate(_ rule: RuleNode, _ decoding: Decoding) {
    guard Self.parameters.names.allSatisfy({ rule[$0] == nil }) else { return }
    decoding.report(
      "nothing says which models are allowed",
      help: "give `models`, `accounts`, `regions`, `kinds` or `baseModels`", at: rule.node)
  }

  func check(_ context: RequestContext) -> Outcome {
    switch context.request.sourceModelArn {
    case .absent: return .notApplicable
    case .wrongType: return .unknown(.wrongType)
    case .present(let arn):
      guard let source = context.source else { return .unknown(.unparsableSourceModel) }
      return check(source, arn, context)
    }
  }

  private func check(_ source: SourceModel, _ arn: ByteString, _ context: RequestContext) -> Outcome {
    var outcome = Outcome()
    func require(_ list: GlobList?, _ noun: String, _ value: ByteString?) {
      guard let list else { return }
      let truth = value.map { list.matches($0, in: context) } ?? .no
      outcome.require(
        truth,
        orElse: violation(
          Self.notAllowed(noun, value.map { Escaping.quoted($0) }), Self.notAllowedHelp(noun, list), arn))
    }
    require(models, "ARN", arn)
    require(accounts, "account", source.account)
    require(regions, "Region", source.region)
    require(baseModels, "base model", source.baseModel)
    if let kinds, !kinds.contains(source.kind) {
      outcome.add(violation(Self.otherKind(source.kind), Self.otherKindHelp(kinds), arn))
    }
    return outcome
  }

  private func violation(_ message: String, _ help: String, _ arn: ByteString) -> Violation {
    Violation(message, help: help, member: .sourceModelArn, value: arn).mended(by: .trimming(arn))
  }
}

/// What is said of a model that is not allowed. Values of the request come as they are shown.
extension AllowedSourceModels {
  /// Nil for a model that has no such part.
  static func notAllowed(_ noun: String, _ value: String?) -> String {
    value.map { "\(noun) \($0) of the source model is not allowed" } ?? "the source model has no \(noun)"
  }

  static func notAllowedHelp(_ noun: String, _ list: GlobList) -> String {
    "copy a model whose \(noun) is \(list.summary)"
  }

  static func otherKind(_ kind: SourceModel.Kind) -> String { "a model of kind `\(kind.rawValue)` is not allowed" }

  static func otherKindHelp(_ kinds: [SourceModel.Kind]) -> String {
    "copy a model of kind \(GlobList.alternatives(kinds.map { "`\($0.rawValue)`" }))"
  }
}
