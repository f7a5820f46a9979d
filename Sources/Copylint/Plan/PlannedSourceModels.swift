extension AllowedSourceModels: PlannableKind {
  static let plannedParameters: [ByteString] = ["models", "accounts", "regions", "kinds", "baseModels"]

  func planned() -> PlannedCheck? {
    guard let models = PlannedList(models), let accounts = PlannedList(accounts), let regions = PlannedList(regions),
      let baseModels = PlannedList(baseModels)
    else { return nil }
    return PlannedSourceModels(
      self, models: models.value, accounts: accounts.value, regions: regions.value, baseModels: baseModels.value)
  }
}

private final class PlannedSourceModels: PlannedCheck {
  private let kind: AllowedSourceModels
  private let models: PlannedGlobs?
  private let accounts: PlannedGlobs?
  private let regions: PlannedGlobs?
  private let baseModels: PlannedGlobs?
  private let kinds: [SourceModel.Kind]?
  private lazy var words = PlannedSourceModelsWords(kind)

  init(
    _ kind: AllowedSourceModels, models: PlannedGlobs?, accounts: PlannedGlobs?, regions: PlannedGlobs?,
    baseModels: PlannedGlobs?
  ) {
    (self.kind, kinds, self.models, self.accounts) = (kind, kind.kinds, models, accounts)
    (self.regions, self.baseModels) = (regions, baseModels)
  }

  override func judge(_ context: PlanContext) -> PlannedOutcome {
    let value = context.request.sourceModelArn
    guard value.isPresent else { return .notApplicable }
    guard let source = context.source else { return .unknown }
    var violations = 0
    if !Self.takes(models, value) { violations += 1 }
    if !Self.takes(accounts, source.account) { violations += 1 }
    if !Self.takes(regions, source.region) { violations += 1 }
    if !Self.takes(baseModels, source.baseModel) { violations += 1 }
    if let kinds, !kinds.contains(source.kind) { violations += 1 }
    return PlannedOutcome(violations: violations)
  }

  @inline(__always)
  private static func takes(_ globs: PlannedGlobs?, _ part: Span) -> Bool {
    guard let globs else { return true }
    return part.isPresent && globs.matches(part)
  }

  override func tell(_ context: PlanContext, _ rule: RuleText, to told: inout ToldFindings) -> Bool {
    let request = context.request
    let value = request.sourceModelArn
    guard value.isPresent, let source = context.source else { return false }
    let words = words
    func say(_ message: TextTemplate, _ help: TextTemplate?, _ part: Span) -> Bool {
      told.tell(
        rule, message, help: help, .bytes(part), at: .member(.sourceModelArn), of: request,
        subject: RequestMember.sourceModelArn.nameSpan, value: .bytes(value))
    }
    func say(_ list: PlannedSourceModelsWords.List, _ part: Span) -> Bool {
      say(part.isPresent ? list.other : list.none, list.help, part)
    }
    if !Self.takes(models, value), !say(words.models, value) { return false }
    if !Self.takes(accounts, source.account), !say(words.accounts, source.account) { return false }
    if !Self.takes(regions, source.region), !say(words.regions, source.region) { return false }
    if !Self.takes(baseModels, source.baseModel), !say(words.baseModels, source.baseModel) { return false }
    guard let kinds, !kinds.contains(source.kind) else { return true }
    return say(TextTemplate(AllowedSourceModels.otherKind(source.kind)), words.kindHelp, value)
  }
}

/// What is said of a model that is not allowed.
private final class PlannedSourceModelsWords {
  /// Of what is on no list, and of a model without such a part.
  struct List {
    let other: TextTemplate
    let none: TextTemplate
    let help: TextTemplate?

    init(_ noun: String, _ list: GlobList?) {
      other = TextTemplate(AllowedSourceModels.notAllowed(noun, TextTemplate.first))
      none = TextTemplate(AllowedSourceModels.notAllowed(noun, nil))
      help = list.map { TextTemplate(AllowedSourceModels.notAllowedHelp(noun, $0)) }
    }
  }

  let models: List
  let accounts: List
  let regions: List
  let baseModels: List
  let kindHelp: TextTemplate?

  init(_ kind: AllowedSourceModels) {
    models = List("ARN", kind.models)
    accounts = List("account", kind.accounts)
    regions = List("Region", kind.regions)
    baseModels = List("base model", kind.baseModels)
    kindHelp = kind.kinds.map { TextTemplate(AllowedSourceModels.otherKindHelp($0)) }
  }
}
