extension AllowedTags: PlannableKind {
  static let plannedParameters: [ByteString] = ["keys", "patterns"]

  func planned() -> PlannedCheck? {
    guard let keys = PlannedList(keys), let patterns = PlannedList(patterns) else { return nil }
    return PlannedAllowedTags(keys.value, patterns.value)
  }
}

private final class PlannedAllowedTags: PlannedCheck {
  private let keys: PlannedGlobs?
  private let patterns: PlannedPatterns?

  init(_ keys: PlannedGlobs?, _ patterns: PlannedPatterns?) { (self.keys, self.patterns) = (keys, patterns) }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
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

  func planned() -> PlannedCheck? {
    guard let keys = PlannedList(keys), let values = PlannedList(values), let keyPatterns = PlannedList(keyPatterns),
      let valuePatterns = PlannedList(valuePatterns)
    else { return nil }
    return PlannedForbiddenTags(keys.value, values.value, keyPatterns.value, valuePatterns.value)
  }
}

private final class PlannedForbiddenTags: PlannedCheck {
  private let keys: PlannedGlobs?
  private let values: PlannedGlobs?
  private let keyPatterns: PlannedPatterns?
  private let valuePatterns: PlannedPatterns?

  init(
    _ keys: PlannedGlobs?, _ values: PlannedGlobs?, _ keyPatterns: PlannedPatterns?, _ valuePatterns: PlannedPatterns?
  ) {
    (self.keys, self.values, self.keyPatterns, self.valuePatterns) = (keys, values, keyPatterns, valuePatterns)
  }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
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

  func planned() -> PlannedCheck? { PlannedTagCount(least: min ?? 0, most: max ?? .max) }
}

private final class PlannedTagCount: PlannedCheck {
  private let least: Int
  private let most: Int
  private lazy var words = PlannedTagCountWords(least: least, most: most)

  init(least: Int, most: Int) { (self.least, self.most) = (least, most) }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    let count = context.request.tagCount
    return count < least || count > most ? .fail(1) : .pass
  }

  override func tell(_ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
    let request = context.request
    let count = request.tagCount
    let words = words
    // The greatest number is looked at first.
    let message = count > most ? words.tooMany : words.tooFew
    return told.tell(
      rule, count == 1 ? message.one : message.several, help: message.help, .number(count),
      at: request.hasTags ? .member(.targetModelTags) : .request, of: request,
      subject: RequestMember.targetModelTags.nameSpan, value: .number(count))
  }
}

private final class PlannedTagCountWords {
  typealias Words = (one: TextTemplate, several: TextTemplate, help: TextTemplate)

  let tooMany: Words
  let tooFew: Words

  init(least: Int, most: Int) {
    let (one, several) = (TagCount.shown("1"), TagCount.shown(TextTemplate.first))
    tooMany = (
      TextTemplate(TagCount.tooMany(one, most)), TextTemplate(TagCount.tooMany(several, most)),
      TextTemplate(TagCount.tooManyHelp)
    )
    tooFew = (
      TextTemplate(TagCount.tooFew(one, least)), TextTemplate(TagCount.tooFew(several, least)),
      TextTemplate(TagCount.tooFewHelp)
    )
  }
}

extension UniqueTagKeys: PlannableKind {
  static let plannedParameters: [ByteString] = []

  func planned() -> PlannedCheck? { PlannedUniqueKeys() }
}

private final class PlannedUniqueKeys: PlannedCheck {
  override func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.tagCount > 0 else { return .notApplicable }
    guard context.mayHaveAlikeKeys else { return .pass }
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

  func planned() -> PlannedCheck? { PlannedKeyCase() }
}

private final class PlannedKeyCase: PlannedCheck {
  private lazy var message = TextTemplate(TagKeyCase.message(TextTemplate.first, TextTemplate.second))
  private lazy var help = TextTemplate(TagKeyCase.help)

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.tagCount > 0 else { return .notApplicable }
    guard context.mayHaveAlikeKeys else { return .pass }
    var violations = 0
    for index in 0..<context.request.tagCount where otherCase(of: index, context) != nil { violations += 1 }
    return PlannedOutcome(violations: violations)
  }

  /// The first key of a key's letters, where it is not the same.
  private func otherCase(of index: Int, _ context: PlanContext) -> Int? {
    let tags = context.request.tags
    for other in 0..<index where context.keyHashes[other] == context.keyHashes[index] {
      guard FoldedBytes.areSame(tags[other].key, tags[index].key) else { continue }
      return tags[other].key.isSame(as: tags[index].key) ? nil : other
    }
    return nil
  }

  override func tell(_ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
    let tags = context.request.tags
    for index in tags.indices {
      guard let other = otherCase(of: index, context) else { continue }
      let key = tags[index].key
      guard
        told.tell(
          rule, message, help: help, .bytes(tags[other].key), .bytes(key), at: .tagKey(index), of: context.request,
          subject: key, value: .bytes(key))
      else { return false }
    }
    return true
  }
}
