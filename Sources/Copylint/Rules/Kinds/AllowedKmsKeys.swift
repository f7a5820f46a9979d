/// The KMS keys that a copy may be encrypted with.
struct AllowedKmsKeys: RuleKind {
  static let name: ByteString = "allowed-kms-keys"
  static let summary = "the KMS keys that a copy may be encrypted with"
  static let why = """
    IAM has no condition on the key of a model copy: without this rule any key that the caller may use will do, \
    another account's too
    """
  static let example = """
    {"id": "finance-keys", "kind": "allowed-kms-keys",
     "keys": ["arn:aws:kms:eu-*:111122223333:key/*"], "sameRegionAsTarget": true}
    """

  var keys: KmsGlobs?
  var accounts: GlobList?
  var regions: GlobList?
  var aliases: Bool?
  var keyIds: Bool?
  var multiRegion: Bool?
  var required: Bool?
  var sameRegionAsTarget: Bool?

  /// The globs of `keys`, each for ARNs or for other names.
  struct KmsGlobs: Sendable {
    let alternatives: GlobAlternatives

    var summary: String { GlobList.summary(alternatives.globs.map(\.source)) }
  }

  static let parameters = Shape<Self>()
    .member(
      name: "keys", summary: "allowed keys: globs of key ARNs, or `@set`", schema: .strings,
      decode: { node, kind, decoding in
        var globs: [Glob] = []
        for element in decoding.array(node, of: "strings") ?? [] {
          for element in decoding.expanding(element) {
            if let glob = decoding.kmsGlob(element) { globs.append(glob) }
          }
        }
        guard !globs.isEmpty else { return }
        kind.keys = KmsGlobs(alternatives: GlobAlternatives(globs))
      }
    )
    .globs("accounts", { $0.accounts = $1 }, "allowed accounts of the key: globs, or `@set`")
    .globs("regions", { $0.regions = $1 }, "allowed Regions of the key: globs, or `@set`")
    .boolean("aliases", { $0.aliases = $1 }, "whether an alias is allowed, if it matches the lists too; default false")
    .boolean(
      "keyIds", { $0.keyIds = $1 }, "whether a bare key id is allowed, if it matches the lists too; default false"
    )
    .boolean("multiRegion", { $0.multiRegion = $1 }, "false denies multi-Region keys (`mrk-`); default true")
    .boolean("required", { $0.required = $1 }, "false lets a request without a key pass by; default true")
    .boolean(
      "sameRegionAsTarget", { $0.sameRegionAsTarget = $1 }, "true demands a key of the target Region; default false")

  var fields: [Field] { sameRegionAsTarget == true ? [.targetRegion] : [] }

  func check(_ context: RequestContext) -> Outcome {
    switch context.request.modelKmsKeyId {
    case .absent: return required == false ? .notApplicable : .fail(Self.missing)
    case .wrongType: return .unknown(.wrongType)
    case .present(let value):
      guard let key = context.kmsKey else { return .unknown(.unparsableKmsKey) }
      return check(key, value, context)
    }
  }

  private static let missing = Violation(missingMessage, help: missingHelp, missing: .modelKmsKeyId)

  private func check(_ key: KmsKey, _ value: ByteString, _ context: RequestContext) -> Outcome {
    let shown = Escaping.quoted(value)
    func violation(_ message: String, _ help: String?) -> Violation {
      Violation(message, help: help, member: .modelKmsKeyId, value: value).mended(by: .trimming(value))
    }
    if key.kind.isAlias, aliases != true {
      return .fail(violation(Self.notAllowed("key alias", shown), useArn))
    }
    if key.kind == .keyId, keyIds != true {
      return .fail(violation(Self.notAllowed("bare key id", shown), useArn))
    }
    var outcome = Outcome()
    if let keys {
      outcome.require(
        keys.alternatives.truth(value, in: context),
        orElse: violation(Self.notAllowed("KMS key", shown), useArn))
    }
    outcome.require(
      list(accounts, key.account, context),
      orElse: violation(
        Self.outside("account", key.account.map { Escaping.quoted($0) }), Self.listHelp("account", accounts)))
    outcome.require(
      list(regions, key.region, context),
      orElse: violation(
        Self.outside("Region", key.region.map { Escaping.quoted($0) }), Self.listHelp("Region", regions)))
    if multiRegion == false, key.isMultiRegion {
      outcome.add(violation(Self.multiRegion(shown), Self.multiRegionHelp))
    }
    requireTargetRegion(key, context, &outcome, violation)
    return outcome
  }

  /// A name without a Region is looked up in the Region that the request goes to, so only an ARN can differ.
  private func requireTargetRegion(
    _ key: KmsKey, _ context: RequestContext, _ outcome: inout Outcome, _ violation: (String, String?) -> Violation
  ) {
    guard sameRegionAsTarget == true, let region = key.region else { return }
    guard let target = context.target.region else { return outcome.add(unknown: .targetRegion) }
    let shown = Escaping.quoted(target)
    outcome.require(
      Truth(region == target),
      orElse: violation(Self.otherRegion(Escaping.quoted(region), shown), Self.otherRegionHelp(shown)))
  }

  private func list(_ list: GlobList?, _ value: ByteString?, _ context: RequestContext) -> Truth {
    guard let list else { return .yes }
    guard let value else { return .no }
    return list.matches(value, in: context)
  }
}

/// What is said of a key that is not allowed. Values of the request come as they are shown.
extension AllowedKmsKeys {
  static let missingMessage = "no KMS key is given"
  static let missingHelp = "add `modelKmsKeyId`; without it the copy is encrypted with a key that AWS owns"
  static let multiRegionHelp = "use a key that exists in one Region only"

  static func notAllowed(_ noun: String, _ key: String) -> String { "\(noun) \(key) is not allowed" }

  static func multiRegion(_ key: String) -> String { "KMS key \(key) is a multi-Region key" }

  var useArn: String {
    let noun = aliases == true || keyIds == true ? "key" : "key ARN"
    return keys.map { "use a \(noun) that matches \($0.summary)" } ?? "use a \(noun)"
  }

  /// Nil for a key whose place is not known.
  static func outside(_ noun: String, _ place: String?) -> String {
    guard let place else { return "the KMS key names no \(noun)" }
    return "the KMS key is in \(noun) \(place), which is not allowed"
  }

  static func listHelp(_ noun: String, _ list: GlobList?) -> String? {
    list.map { "use a key ARN of \(noun) \($0.summary)" }
  }

  static func otherRegion(_ region: String, _ target: String) -> String {
    "the KMS key is in \(region), the copy goes to \(target)"
  }

  static func otherRegionHelp(_ target: String) -> String {
    "use a key of \(target): a copy is encrypted in its own Region"
  }
}
