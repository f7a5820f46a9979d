extension WellFormed: PlannableKind {
  static let plannedParameters: [ByteString] = [
    "member", "required", "type", "minLength", "maxLength", "pattern",
  ]

  func planned() -> PlannedCheck? {
    guard let member else { return nil }
    let planned = pattern.flatMap { PlannedPattern($0) }
    guard planned != nil || pattern == nil else { return nil }
    let (least, most, isRequired) = (minLength ?? 0, maxLength ?? .max, required == true)
    if member == .targetModelTags { return PlannedTagList(isRequired: isRequired, least: least, most: most) }
    let form = PlannedForm(least: least, most: most, pattern: planned)
    switch member {
    case .tagKey: return PlannedTagForm(form, isKey: true)
    case .tagValue: return PlannedTagForm(form, isKey: false)
    default:
      guard let name = member.ofRequest else { return nil }
      return PlannedMemberForm(name, isRequired: isRequired, form)
    }
  }
}

/// As `StringForm`.
private final class PlannedForm {
  private let least: Int
  private let most: Int
  private let pattern: PlannedPattern?
  /// Where the pattern is a class of bytes: 1 for each of them.
  private let table: UnsafeMutablePointer<UInt8>?
  /// How many bytes of the class are right, whatever they are; empty without one.
  private let plainCounts: Range<Int>

  init(least: Int, most: Int, pattern: PlannedPattern?) {
    (self.least, self.most, self.pattern) = (least, most, pattern)
    guard let only = pattern?.sequence?.only else {
      (table, plainCounts) = (nil, 0..<0)
      return
    }
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in 0...UInt8.max { table[Int(byte)] = only.set.contains(byte) ? 1 : 0 }
    self.table = table
    let (lower, upper) = (max(least, only.counts.lowerBound), min(most, only.counts.upperBound, .max - 1))
    plainCounts = lower..<max(lower, upper + 1)
  }

  deinit { table?.deallocate() }

  func fits(_ value: Span) -> Bool {
    // A byte of a class is a code point.
    if let table, plainCounts.contains(value.count), Self.isAll(of: table, value) { return true }
    // As many bytes as code points at least, so that most lengths need no counting.
    if value.count < least { return false }
    if least > 1 || value.count > most {
      let count = value.codePointCount
      if count > most || count < least { return false }
    }
    return pattern?.matches(value) ?? true
  }

  @inline(__always)
  private static func isAll(of table: UnsafeMutablePointer<UInt8>, _ value: Span) -> Bool {
    var all: UInt8 = 1
    for byte in value { all &= table[Int(byte)] }
    return all == 1
  }
}

private final class PlannedMemberForm: PlannedCheck {
  private let member: RequestMember
  private let isRequired: Bool
  private let form: PlannedForm

  init(_ member: RequestMember, isRequired: Bool, _ form: PlannedForm) {
    (self.member, self.isRequired, self.form) = (member, isRequired, form)
  }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    let value = context.request.string(member)
    guard value.isPresent else { return isRequired ? .fail(1) : .notApplicable }
    return form.fits(value) ? .pass : .fail(1)
  }
}

private final class PlannedTagList: PlannedCheck {
  private let isRequired: Bool
  private let least: Int
  private let most: Int

  init(isRequired: Bool, least: Int, most: Int) {
    (self.isRequired, self.least, self.most) = (isRequired, least, most)
  }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.hasTags else { return isRequired ? .fail(1) : .notApplicable }
    return (least...max(least, most)).contains(context.request.tagCount) ? .pass : .fail(1)
  }
}

private final class PlannedTagForm: PlannedCheck {
  private let form: PlannedForm
  private let isKey: Bool

  init(_ form: PlannedForm, isKey: Bool) { (self.form, self.isKey) = (form, isKey) }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.tagCount > 0 else { return .notApplicable }
    var violations = 0
    for tag in context.request.tags where !form.fits(isKey ? tag.key : tag.value) { violations += 1 }
    return PlannedOutcome(violations: violations)
  }
}

extension RequestToken: PlannableKind {
  static let plannedParameters: [ByteString] = ["required", "forbidden"]

  func planned() -> PlannedCheck? { PlannedToken(isRequired: required == true, isForbidden: forbidden == true) }
}

private final class PlannedToken: PlannedCheck {
  private let isRequired: Bool
  private let isForbidden: Bool

  init(isRequired: Bool, isForbidden: Bool) { (self.isRequired, self.isForbidden) = (isRequired, isForbidden) }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    let isBad = context.request.clientRequestToken.isPresent ? isForbidden : isRequired
    return isBad ? .fail(1) : .pass
  }
}

extension Assert: PlannableKind {
  static let plannedParameters: [ByteString] = ["that", "message"]

  func planned() -> PlannedCheck? {
    that.flatMap { PlannedCondition($0) }.map { PlannedAssertion($0) }
  }
}

private final class PlannedAssertion: PlannedCheck {
  private let condition: PlannedCondition

  init(_ condition: PlannedCondition) { self.condition = condition }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    switch condition.truth(in: context) {
    case .yes: .pass
    case .no: .fail(1)
    case .unknown: .unknown
    }
  }
}
