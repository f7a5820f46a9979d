extension RequiredTags: PlannableKind {
  static let plannedParameters: [ByteString] = ["tags"]

  func planned() -> PlannedCheck? {
    // The members that a demand is known to have, for the same reason as `plannedParameters`.
    let known: [ByteString] = ["values", "pattern", "patterns", "default"]
    guard Demand.shape.names.allSatisfy({ known.contains($0) }) else { return nil }
    let demands = (tags ?? []).compactMap { PlannedDemand($0) }
    return demands.count == tags?.count ?? 0 ? PlannedRequiredTags(demands) : nil
  }
}

private final class PlannedDemand {
  let demand: RequiredTags.Demand
  let key: OwnedSpan
  let hash: UInt32
  private let values: PlannedGlobs?
  private let patterns: [PlannedPatterns]
  lazy var words = PlannedDemandWords(demand)

  init?(_ demand: RequiredTags.Demand) {
    guard let values = PlannedList(demand.values), let several = PlannedList(demand.patterns) else { return nil }
    let one = demand.pattern.flatMap { PlannedPatterns($0) }
    guard one != nil || demand.pattern == nil else { return nil }
    self.demand = demand
    key = OwnedSpan(demand.key)
    hash = FoldedBytes.hash(key.span)
    self.values = values.value
    patterns = [one, several.value].compactMap { $0 }
  }

  func takes(_ value: Span) -> Bool {
    if let values, !values.matches(value) { return false }
    for index in patterns.indices where !patterns[index].matches(value) { return false }
    return true
  }
}

private final class PlannedRequiredTags: PlannedCheck {
  private let demands: [PlannedDemand]
  /// The same, to be called without counting references.
  private let calls: UnsafeMutableBufferPointer<Unmanaged<PlannedDemand>>

  init(_ demands: [PlannedDemand]) {
    self.demands = demands
    calls = .allocate(capacity: demands.count)
    _ = calls.initialize(from: demands.map { Unmanaged.passUnretained($0) })
  }

  deinit { calls.deallocate() }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    var violations = 0
    for index in 0..<calls.count {
      switch calls[index]._withUnsafeGuaranteedRef({ context.tag($0.key.span, $0.hash) }) {
      case .none: violations += 1
      case .several: return .unknown
      case .one(let tag):
        let value = context.request.tagStorage[tag].value
        if !calls[index]._withUnsafeGuaranteedRef({ $0.takes(value) }) { violations += 1 }
      }
    }
    return PlannedOutcome(violations: violations)
  }

  override func tell(_ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
    for demand in demands {
      switch context.tag(demand.key.span, demand.hash) {
      case .several: return false
      case .none: guard tell(missing: demand, context, rule, to: &told) else { return false }
      case .one(let index):
        let value = context.request.tagStorage[index].value
        if demand.takes(value) { continue }
        guard
          told.tell(
            rule, demand.words.wrongValue, help: demand.words.wrongValueHelp, .bytes(value), at: .tagValue(index),
            of: context.request, subject: demand.key.span, value: .bytes(value))
        else { return false }
      }
    }
    return true
  }

  private func tell(
    missing demand: PlannedDemand, _ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings
  ) -> Bool {
    let request = context.request
    for index in 0..<request.tagCount where context.keyHashes[index] == demand.hash {
      let found = request.tagStorage[index].key
      guard FoldedBytes.areSame(found, demand.key.span) else { continue }
      // Renaming it would mend the request.
      if told.offersFixes { return false }
      return told.tell(
        rule, demand.words.otherCase, help: demand.words.otherCaseHelp, .bytes(found), at: .tagKey(index), of: request,
        subject: demand.key.span, value: .bytes(found))
    }
    if told.offersFixes, demand.demand.defaultValue != nil { return false }
    return told.tell(
      rule, demand.words.missing, help: demand.words.missingHelp,
      at: request.hasTags ? .member(.targetModelTags) : .request, of: request, subject: demand.key.span, value: .absent)
  }
}

/// What is said of a demand that is not met.
private final class PlannedDemandWords {
  let wrongValue: TextTemplate
  let wrongValueHelp: TextTemplate
  let missing: TextTemplate
  let missingHelp: TextTemplate
  let otherCase: TextTemplate
  let otherCaseHelp: TextTemplate

  init(_ demand: RequiredTags.Demand) {
    wrongValue = TextTemplate(demand.wrongValue(TextTemplate.first))
    wrongValueHelp = TextTemplate(demand.wrongValueHelp)
    missing = TextTemplate(demand.missing())
    missingHelp = TextTemplate(demand.missingHelp)
    otherCase = TextTemplate(demand.missing(TextTemplate.first))
    otherCaseHelp = TextTemplate(demand.otherCaseHelp)
  }
}
