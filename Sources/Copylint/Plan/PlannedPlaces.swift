extension AllowedKmsKeys: PlannableKind {
  static let plannedParameters: [ByteString] = [
    "keys", "accounts", "regions", "aliases", "keyIds", "multiRegion", "required", "sameRegionAsTarget",
  ]

  func planned() -> (any PlannedCheck)? {
    guard let accounts = PlannedList(accounts), let regions = PlannedList(regions) else { return nil }
    var check = PlannedKmsKeys(
      accounts: accounts.value, regions: regions.value, aliases: aliases == true, keyIds: keyIds == true,
      multiRegion: multiRegion != false, isRequired: required != false,
      sameRegionAsTarget: sameRegionAsTarget == true)
    if let keys {
      guard let globs = PlannedGlobs(keys.entries) else { return nil }
      check.keys = globs
    }
    return check
  }
}

private struct PlannedKmsKeys: PlannedCheck {
  var keys: PlannedGlobs?
  var accounts: PlannedGlobs?
  var regions: PlannedGlobs?
  var aliases: Bool
  var keyIds: Bool
  var multiRegion: Bool
  var isRequired: Bool
  var sameRegionAsTarget: Bool

  func judge(_ context: PlanContext) -> PlannedOutcome {
    let value = context.request.modelKmsKeyId
    guard value.isPresent else { return isRequired ? .fail(1) : .notApplicable }
    guard let key = context.kmsKey else { return .unknown }
    if key.kind.isAlias, !aliases { return .fail(1) }
    if key.kind == .keyId, !keyIds { return .fail(1) }
    var violations = 0
    if let keys, !keys.matches(value) { violations += 1 }
    if let accounts, !(key.account.isPresent && accounts.matches(key.account)) { violations += 1 }
    if let regions, !(key.region.isPresent && regions.matches(key.region)) { violations += 1 }
    if !multiRegion, key.isMultiRegion { violations += 1 }
    if sameRegionAsTarget, key.region.isPresent {
      guard context.region.isPresent else { return violations > 0 ? .fail(violations) : .unknown }
      if !key.region.isSame(as: context.region) { violations += 1 }
    }
    return PlannedOutcome(violations: violations)
  }
}

extension AllowedSourceModels: PlannableKind {
  static let plannedParameters: [ByteString] = ["models", "accounts", "regions", "kinds", "baseModels"]

  func planned() -> (any PlannedCheck)? {
    guard let models = PlannedList(models), let accounts = PlannedList(accounts), let regions = PlannedList(regions),
      let baseModels = PlannedList(baseModels)
    else { return nil }
    return PlannedSourceModels(
      models: models.value, accounts: accounts.value, regions: regions.value, baseModels: baseModels.value,
      kinds: kinds)
  }
}

private struct PlannedSourceModels: PlannedCheck {
  var models: PlannedGlobs?
  var accounts: PlannedGlobs?
  var regions: PlannedGlobs?
  var baseModels: PlannedGlobs?
  var kinds: [SourceModel.Kind]?

  func judge(_ context: PlanContext) -> PlannedOutcome {
    let value = context.request.sourceModelArn
    guard value.isPresent else { return .notApplicable }
    guard let source = context.source else { return .unknown }
    var violations = 0
    if let models, !models.matches(value) { violations += 1 }
    if let accounts, !(source.account.isPresent && accounts.matches(source.account)) { violations += 1 }
    if let regions, !regions.matches(source.region) { violations += 1 }
    if let baseModels, !(source.baseModel.isPresent && baseModels.matches(source.baseModel)) { violations += 1 }
    if let kinds, !kinds.contains(source.kind) { violations += 1 }
    return PlannedOutcome(violations: violations)
  }
}

extension AllowedRegions: PlannableKind {
  static let plannedParameters: [ByteString] = ["target", "pairs"]

  func planned() -> (any PlannedCheck)? {
    PlannedPlaces(source: .sourceRegion, target: .targetRegion, targets: target, pairs: pairs)
  }
}

extension AllowedAccounts: PlannableKind {
  static let plannedParameters: [ByteString] = ["target", "pairs"]

  func planned() -> (any PlannedCheck)? {
    PlannedPlaces(source: .sourceAccount, target: .targetAccount, targets: target, pairs: pairs)
  }
}

/// As `AllowedPlaces`.
private struct PlannedPlaces: PlannedCheck {
  private let source: PlannedField
  private let target: PlannedField
  private let targets: PlannedGlobs?
  private let pairs: [(from: PlannedGlobs?, to: PlannedGlobs?)]?

  init?(source: Field, target: Field, targets: GlobList?, pairs: [PlacePair]?) {
    guard let targets = PlannedList(targets) else { return nil }
    self.source = PlannedField(source)
    self.target = PlannedField(target)
    self.targets = targets.value
    guard let pairs else {
      self.pairs = nil
      return
    }
    var planned: [(from: PlannedGlobs?, to: PlannedGlobs?)] = []
    for pair in pairs {
      guard let from = PlannedList(pair.from), let to = PlannedList(pair.to) else { return nil }
      planned.append((from.value, to.value))
    }
    self.pairs = planned
  }

  func judge(_ context: PlanContext) -> PlannedOutcome {
    guard case .text(let place) = target.value(in: context) else { return .unknown }
    var violations = 0
    if let targets, !targets.matches(place) { violations += 1 }
    guard let pairs else { return PlannedOutcome(violations: violations) }
    switch source.value(in: context) {
    case .unknown: return violations > 0 ? .fail(violations) : .unknown
    case .absent, .present, .number:
      if context.request.sourceModelArn.isPresent { violations += 1 }
    case .text(let origin):
      let isPaired = pairs.contains { pair in
        pair.from?.matches(origin) ?? false && pair.to?.matches(place) ?? false
      }
      if !isPaired { violations += 1 }
    }
    return PlannedOutcome(violations: violations)
  }
}
