extension AllowedKmsKeys: PlannableKind {
  static let plannedParameters: [ByteString] = [
    "keys", "accounts", "regions", "aliases", "keyIds", "multiRegion", "required", "sameRegionAsTarget",
  ]

  func planned() -> PlannedCheck? {
    guard let accounts = PlannedList(accounts), let regions = PlannedList(regions) else { return nil }
    let globs = keys.flatMap { PlannedGlobs($0.alternatives) }
    guard globs != nil || keys == nil else { return nil }
    return PlannedKmsKeys(self, keys: globs, accounts: accounts.value, regions: regions.value)
  }
}

private final class PlannedKmsKeys: PlannedCheck {
  private let kind: AllowedKmsKeys
  private let keys: PlannedGlobs?
  private let accounts: PlannedGlobs?
  private let regions: PlannedGlobs?
  private let aliases: Bool
  private let keyIds: Bool
  private let multiRegion: Bool
  private let isRequired: Bool
  private let sameRegionAsTarget: Bool
  private lazy var words = PlannedKmsKeysWords(kind)

  init(_ kind: AllowedKmsKeys, keys: PlannedGlobs?, accounts: PlannedGlobs?, regions: PlannedGlobs?) {
    (self.kind, self.keys, self.accounts, self.regions) = (kind, keys, accounts, regions)
    (aliases, keyIds) = (kind.aliases == true, kind.keyIds == true)
    (multiRegion, isRequired) = (kind.multiRegion != false, kind.required != false)
    sameRegionAsTarget = kind.sameRegionAsTarget == true
  }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    let value = context.request.modelKmsKeyId
    guard value.isPresent else { return isRequired ? .fail(1) : .notApplicable }
    guard let key = context.kmsKey else { return .unknown }
    if key.kind.isAlias, !aliases { return .fail(1) }
    if key.kind == .keyId, !keyIds { return .fail(1) }
    var violations = 0
    if let keys, !keys.matches(value, key.parts) { violations += 1 }
    if let accounts, !(key.account.isPresent && accounts.matches(key.account)) { violations += 1 }
    if let regions, !(key.region.isPresent && regions.matches(key.region)) { violations += 1 }
    if !multiRegion, key.isMultiRegion { violations += 1 }
    if sameRegionAsTarget, key.region.isPresent {
      guard context.region.isPresent else { return violations > 0 ? .fail(violations) : .unknown }
      if !key.region.isSame(as: context.region) { violations += 1 }
    }
    return PlannedOutcome(violations: violations)
  }

  override func tell(_ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
    let request = context.request
    let value = request.modelKmsKeyId
    let words = words
    guard value.isPresent else {
      return told.tell(
        rule, words.missing, help: words.missingHelp, at: .request, of: request,
        subject: RequestMember.modelKmsKeyId.nameSpan, value: .absent)
    }
    guard let key = context.kmsKey else { return false }
    func say(
      _ message: TextTemplate, _ help: TextTemplate?, _ first: Span, _ second: FindingValue = .absent
    ) -> Bool {
      told.tell(
        rule, message, help: help, .bytes(first), second, at: .member(.modelKmsKeyId), of: request,
        subject: RequestMember.modelKmsKeyId.nameSpan, value: .bytes(value))
    }
    if key.kind.isAlias, !aliases { return say(words.alias, words.useArn, value) }
    if key.kind == .keyId, !keyIds { return say(words.keyId, words.useArn, value) }
    if let keys, !keys.matches(value, key.parts), !say(words.key, words.useArn, value) { return false }
    if let accounts, !(key.account.isPresent && accounts.matches(key.account)),
      !say(key.account.isPresent ? words.account : words.noAccount, words.accountHelp, key.account)
    {
      return false
    }
    if let regions, !(key.region.isPresent && regions.matches(key.region)),
      !say(key.region.isPresent ? words.region : words.noRegion, words.regionHelp, key.region)
    {
      return false
    }
    if !multiRegion, key.isMultiRegion, !say(words.multiRegion, words.multiRegionHelp, value) { return false }
    guard sameRegionAsTarget, key.region.isPresent, context.region.isPresent,
      !key.region.isSame(as: context.region)
    else { return true }
    return say(words.otherRegion, words.otherRegionHelp, key.region, .bytes(context.region))
  }
}

/// What is said of a key that is not allowed.
private final class PlannedKmsKeysWords {
  let missing = TextTemplate(AllowedKmsKeys.missingMessage)
  let missingHelp = TextTemplate(AllowedKmsKeys.missingHelp)
  let alias = TextTemplate(AllowedKmsKeys.notAllowed("key alias", TextTemplate.first))
  let keyId = TextTemplate(AllowedKmsKeys.notAllowed("bare key id", TextTemplate.first))
  let key = TextTemplate(AllowedKmsKeys.notAllowed("KMS key", TextTemplate.first))
  let useArn: TextTemplate
  let account = TextTemplate(AllowedKmsKeys.outside("account", TextTemplate.first))
  let noAccount = TextTemplate(AllowedKmsKeys.outside("account", nil))
  let accountHelp: TextTemplate?
  let region = TextTemplate(AllowedKmsKeys.outside("Region", TextTemplate.first))
  let noRegion = TextTemplate(AllowedKmsKeys.outside("Region", nil))
  let regionHelp: TextTemplate?
  let multiRegion = TextTemplate(AllowedKmsKeys.multiRegion(TextTemplate.first))
  let multiRegionHelp = TextTemplate(AllowedKmsKeys.multiRegionHelp)
  let otherRegion = TextTemplate(AllowedKmsKeys.otherRegion(TextTemplate.first, TextTemplate.second))
  let otherRegionHelp = TextTemplate(AllowedKmsKeys.otherRegionHelp(TextTemplate.second))

  init(_ kind: AllowedKmsKeys) {
    useArn = TextTemplate(kind.useArn)
    accountHelp = AllowedKmsKeys.listHelp("account", kind.accounts).map { TextTemplate($0) }
    regionHelp = AllowedKmsKeys.listHelp("Region", kind.regions).map { TextTemplate($0) }
  }
}
