extension AllowedRegions: PlannableKind {
  static let plannedParameters: [ByteString] = ["target", "pairs"]

  func planned() -> PlannedCheck? {
    PlannedPlaces(source: .sourceRegion, target: .targetRegion, targets: target, pairs: pairs)
  }
}

extension AllowedAccounts: PlannableKind {
  static let plannedParameters: [ByteString] = ["target", "pairs"]

  func planned() -> PlannedCheck? {
    PlannedPlaces(source: .sourceAccount, target: .targetAccount, targets: target, pairs: pairs)
  }
}

/// As `AllowedPlaces`.
private final class PlannedPlaces: PlannedCheck {
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

  override func judge(_ context: PlanContext) -> PlannedOutcome {
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
