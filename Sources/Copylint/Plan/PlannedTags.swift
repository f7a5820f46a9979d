extension RequiredTags: PlannableKind {
  static let plannedParameters: [ByteString] = ["tags"]

  func planned() -> (any PlannedCheck)? {
    // The members that a demand is known to have, for the same reason as `plannedParameters`.
    let known: [ByteString] = ["values", "pattern", "patterns", "default"]
    guard Demand.shape.names.allSatisfy({ known.contains($0) }) else { return nil }
    let demands = (tags ?? []).compactMap { PlannedDemand($0) }
    return demands.count == tags?.count ?? 0 ? PlannedRequiredTags(demands: demands) : nil
  }
}

private struct PlannedDemand {
  let key: ByteString
  let hash: UInt32
  let values: PlannedGlobs?
  let patterns: [PlannedPatterns]

  init?(_ demand: RequiredTags.Demand) {
    guard let values = PlannedList(demand.values), let one = PlannedList(demand.pattern.map { [$0] }),
      let several = PlannedList(demand.patterns)
    else { return nil }
    key = demand.key
    hash = demand.key.bytes.withUnsafeBufferPointer { FoldedBytes.hash($0) }
    self.values = values.value
    patterns = [one, several].compactMap(\.value)
  }

  func takes(_ value: Span) -> Bool {
    (values?.matches(value) ?? true) && patterns.allSatisfy { $0.matches(value) }
  }
}

private struct PlannedRequiredTags: PlannedCheck {
  var demands: [PlannedDemand]

  func judge(_ context: PlanContext) -> PlannedOutcome {
    var violations = 0
    for demand in demands {
      switch demand.key.bytes.withUnsafeBufferPointer({ context.tag($0, demand.hash) }) {
      case .none: violations += 1
      case .several: return .unknown
      case .one(let index):
        if !demand.takes(context.request.tagStorage[index].value) { violations += 1 }
      }
    }
    return PlannedOutcome(violations: violations)
  }
}

extension AllowedTags: PlannableKind {
  static let plannedParameters: [ByteString] = ["keys", "patterns"]

  func planned() -> (any PlannedCheck)? {
    guard let keys = PlannedList(keys), let patterns = PlannedList(patterns) else { return nil }
    return PlannedAllowedTags(keys: keys.value, patterns: patterns.value)
  }
}

private struct PlannedAllowedTags: PlannedCheck {
  var keys: PlannedGlobs?
  var patterns: PlannedPatterns?

  func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.tagCount > 0 else { return .notApplicable }
    var violations = 0
    for tag in context.request.tags {
      let isAllowed = keys?.matches(tag.key) ?? false || patterns?.matches(tag.key) ?? false
      if !isAllowed { violations += 1 }
    }
    return PlannedOutcome(violations: violations)
  }
}

extension ForbiddenTags: PlannableKind {
  static let plannedParameters: [ByteString] = ["keys", "values", "keyPatterns", "valuePatterns"]

  func planned() -> (any PlannedCheck)? {
    guard let keys = PlannedList(keys), let values = PlannedList(values), let keyPatterns = PlannedList(keyPatterns),
      let valuePatterns = PlannedList(valuePatterns)
    else { return nil }
    return PlannedForbiddenTags(
      keys: keys.value, values: values.value, keyPatterns: keyPatterns.value, valuePatterns: valuePatterns.value)
  }
}

private struct PlannedForbiddenTags: PlannedCheck {
  var keys: PlannedGlobs?
  var values: PlannedGlobs?
  var keyPatterns: PlannedPatterns?
  var valuePatterns: PlannedPatterns?

  func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.tagCount > 0 else { return .notApplicable }
    var violations = 0
    for tag in context.request.tags {
      if keys?.matches(tag.key) ?? false || keyPatterns?.matches(tag.key) ?? false { violations += 1 }
      if values?.matches(tag.value) ?? false || valuePatterns?.matches(tag.value) ?? false { violations += 1 }
    }
    return PlannedOutcome(violations: violations)
  }
}

extension TagCount: PlannableKind {
  static let plannedParameters: [ByteString] = ["min", "max"]

  func planned() -> (any PlannedCheck)? { PlannedTagCount(least: min ?? 0, most: max ?? .max) }
}

private struct PlannedTagCount: PlannedCheck {
  var least: Int
  var most: Int

  func judge(_ context: PlanContext) -> PlannedOutcome {
    let count = context.request.tagCount
    return count < least || count > most ? .fail(1) : .pass
  }
}

extension UniqueTagKeys: PlannableKind {
  static let plannedParameters: [ByteString] = []

  func planned() -> (any PlannedCheck)? { PlannedUniqueKeys() }
}

private struct PlannedUniqueKeys: PlannedCheck {
  func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.tagCount > 0 else { return .notApplicable }
    let tags = context.request.tags
    var violations = 0
    for index in tags.indices {
      let isRepeat = (0..<index).contains { other in
        context.keyHashes[other] == context.keyHashes[index] && tags[other].key.isSame(as: tags[index].key)
      }
      if isRepeat { violations += 1 }
    }
    return PlannedOutcome(violations: violations)
  }
}

extension TagKeyCase: PlannableKind {
  static let plannedParameters: [ByteString] = []

  func planned() -> (any PlannedCheck)? { PlannedKeyCase() }
}

private struct PlannedKeyCase: PlannedCheck {
  func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.tagCount > 0 else { return .notApplicable }
    let tags = context.request.tags
    var violations = 0
    for index in tags.indices {
      // Each key is compared with the first of its letters.
      let first = (0..<index).first { other in
        context.keyHashes[other] == context.keyHashes[index] && FoldedBytes.areSame(tags[other].key, tags[index].key)
      }
      if let first, !tags[first].key.isSame(as: tags[index].key) { violations += 1 }
    }
    return PlannedOutcome(violations: violations)
  }
}
