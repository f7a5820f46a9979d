extension NamingPattern: PlannableKind {
  static let plannedParameters: [ByteString] = ["field", "pattern", "patterns", "forbid"]

  func planned() -> PlannedCheck? {
    guard let field, let several = PlannedList(patterns), let forbidden = PlannedList(forbid) else { return nil }
    let one = pattern.flatMap { PlannedPatterns($0) }
    guard one != nil || pattern == nil else { return nil }
    return PlannedName(self, field, wanted: [one, several.value].compactMap { $0 }, forbidden: forbidden.value)
  }
}

private final class PlannedName: PlannedCheck {
  private let kind: NamingPattern
  private let name: Field
  private let field: PlannedField
  private let wanted: [PlannedPatterns]
  private let forbidden: PlannedPatterns?
  private lazy var words = PlannedNameWords(kind, name)

  init(_ kind: NamingPattern, _ name: Field, wanted: [PlannedPatterns], forbidden: PlannedPatterns?) {
    (self.kind, self.name, self.wanted, self.forbidden) = (kind, name, wanted, forbidden)
    field = PlannedField(name)
  }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    switch field.value(in: context) {
    case .absent, .present, .number: return .notApplicable
    case .unknown: return .unknown
    case .text(let value):
      var violations = 0
      for index in wanted.indices where !wanted[index].matches(value) { violations += 1 }
      if let forbidden { violations += forbidden.matching(value).count }
      return PlannedOutcome(violations: violations)
    }
  }

  override func tell(_ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
    guard case .text(let value) = field.value(in: context), let anchor = field.anchor(in: context) else { return false }
    let words = words
    for index in wanted.indices where !wanted[index].matches(value) {
      guard
        told.tell(
          rule, words.mismatches[index], help: words.mismatchHelp, .bytes(value), at: anchor, of: context.request,
          subject: words.subject.span, value: .bytes(value))
      else { return false }
    }
    for index in forbidden?.matching(value) ?? [] {
      guard
        told.tell(
          rule, words.forbidden, help: words.forbiddenHelps[index], .bytes(value), at: anchor, of: context.request,
          subject: words.subject.span, value: .bytes(value))
      else { return false }
    }
    return true
  }
}

/// What is said of a name that is not right.
private final class PlannedNameWords {
  let subject: OwnedSpan
  let mismatches: [TextTemplate]
  let mismatchHelp = TextTemplate(NamingPattern.mismatchHelp)
  let forbidden: TextTemplate
  let forbiddenHelps: [TextTemplate]

  init(_ kind: NamingPattern, _ field: Field) {
    if case .tag(let key) = field { subject = OwnedSpan(key) } else { subject = OwnedSpan(field.name) }
    mismatches = kind.wanted.map { TextTemplate(NamingPattern.mismatch(field, TextTemplate.first, $0)) }
    forbidden = TextTemplate(NamingPattern.forbidden(field, TextTemplate.first))
    forbiddenHelps = (kind.forbid?.patterns ?? []).map { TextTemplate(NamingPattern.forbiddenHelp($0)) }
  }
}
