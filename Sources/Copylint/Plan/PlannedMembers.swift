extension WellFormed: PlannableKind {
  static let plannedParameters: [ByteString] = [
    "member", "required", "type", "minLength", "maxLength", "pattern",
  ]

  func planned() -> (any PlannedCheck)? {
    guard let member else { return nil }
    var form = PlannedForm(least: minLength ?? 0, most: maxLength ?? .max)
    if let pattern {
      guard let planned = PlannedPattern(pattern) else { return nil }
      form.pattern = planned
    }
    let isRequired = required == true
    switch member {
    case .targetModelTags: return PlannedTagList(isRequired: isRequired, least: form.least, most: form.most)
    case .tagKey: return PlannedTagForm(form: form, isKey: true)
    case .tagValue: return PlannedTagForm(form: form, isKey: false)
    default:
      guard let name = RequestMember(rawValue: member.rawValue) else { return nil }
      return PlannedMemberForm(member: name, isRequired: isRequired, form: form)
    }
  }
}

/// As `StringForm`.
private struct PlannedForm {
  var least: Int
  var most: Int
  var pattern: PlannedPattern?

  func fits(_ value: Span) -> Bool {
    // As many bytes as code points at least, so that most lengths need no counting.
    if value.count < least { return false }
    if least > 1 || value.count > most {
      let count = value.codePointCount
      if count > most || count < least { return false }
    }
    return pattern?.matches(value) ?? true
  }
}

private struct PlannedMemberForm: PlannedCheck {
  var member: RequestMember
  var isRequired: Bool
  var form: PlannedForm

  func judge(_ context: PlanContext) -> PlannedOutcome {
    let value = context.request.string(member)
    guard value.isPresent else { return isRequired ? .fail(1) : .notApplicable }
    return form.fits(value) ? .pass : .fail(1)
  }
}

private struct PlannedTagList: PlannedCheck {
  var isRequired: Bool
  var least: Int
  var most: Int

  func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.hasTags else { return isRequired ? .fail(1) : .notApplicable }
    return (least...max(least, most)).contains(context.request.tagCount) ? .pass : .fail(1)
  }
}

private struct PlannedTagForm: PlannedCheck {
  var form: PlannedForm
  var isKey: Bool

  func judge(_ context: PlanContext) -> PlannedOutcome {
    guard context.request.tagCount > 0 else { return .notApplicable }
    var violations = 0
    for tag in context.request.tags where !form.fits(isKey ? tag.key : tag.value) { violations += 1 }
    return PlannedOutcome(violations: violations)
  }
}

extension RequestToken: PlannableKind {
  static let plannedParameters: [ByteString] = ["required", "forbidden"]

  func planned() -> (any PlannedCheck)? { PlannedToken(isRequired: required == true, isForbidden: forbidden == true) }
}

private struct PlannedToken: PlannedCheck {
  var isRequired: Bool
  var isForbidden: Bool

  func judge(_ context: PlanContext) -> PlannedOutcome {
    let isBad = context.request.clientRequestToken.isPresent ? isForbidden : isRequired
    return isBad ? .fail(1) : .pass
  }
}

extension NamingPattern: PlannableKind {
  static let plannedParameters: [ByteString] = ["field", "pattern", "patterns", "forbid"]

  func planned() -> (any PlannedCheck)? {
    guard let field, let one = PlannedList(pattern.map { [$0] }), let several = PlannedList(patterns) else {
      return nil
    }
    let forbidden = (forbid ?? []).compactMap { PlannedPattern($0) }
    guard forbidden.count == forbid?.count ?? 0 else { return nil }
    return PlannedName(
      field: PlannedField(field), wanted: [one, several].compactMap(\.value), forbidden: forbidden)
  }
}

private struct PlannedName: PlannedCheck {
  var field: PlannedField
  var wanted: [PlannedPatterns]
  var forbidden: [PlannedPattern]

  func judge(_ context: PlanContext) -> PlannedOutcome {
    switch field.value(in: context) {
    case .absent, .present, .number: return .notApplicable
    case .unknown: return .unknown
    case .text(let value):
      let violations = wanted.count { !$0.matches(value) } + forbidden.count { $0.matches(value) }
      return PlannedOutcome(violations: violations)
    }
  }
}

extension Assert: PlannableKind {
  static let plannedParameters: [ByteString] = ["that", "message"]

  func planned() -> (any PlannedCheck)? {
    that.flatMap { PlannedCondition($0) }.map { PlannedAssertion(condition: $0) }
  }
}

private struct PlannedAssertion: PlannedCheck {
  var condition: PlannedCondition

  func judge(_ context: PlanContext) -> PlannedOutcome {
    switch condition.truth(in: context) {
    case .yes: .pass
    case .no: .fail(1)
    case .unknown: .unknown
    }
  }
}
