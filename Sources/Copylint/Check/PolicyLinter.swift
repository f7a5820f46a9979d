/// The linter for another program: packs once, then one request after another.
///
/// ```swift
/// var linter = try PolicyLinter(packs: ["baseline"], today: CalendarDate("2026-11-24"))
/// let report = linter.judge(Array(json.utf8), region: "eu-west-1")
/// if report.verdict != .compliant { … report.findings … }
/// ```
public struct PolicyLinter {
  /// What is wrong with the waivers: those that have expired, soon do, or never count. A waiver that does not hold
  /// covers nothing, whether or not anybody reads this.
  public let waiverFindings: [Finding]
  private let rules: RuleSet
  private var linter: Linter

  /// Loads packs, built-in names or paths, beside those that are always in force. No configuration is read.
  /// `waivers` are paths of waiver files; a finding that one covers on the day has the status `waived` and does not deny.
  /// At the stage `gate` waivers that name a path do not count.
  ///
  /// Throws when one of them cannot be used: there is no partial policy. `today` nil is no date and is refused too.
  public init(
    packs: [String], waivers: [String] = [], today: CalendarDate?, stage: Stage = .submit
  ) throws(PolicyErrors) {
    guard let today else { throw PolicyErrors([Diagnostic("`today` is no date", help: "write `YYYY-MM-DD`")]) }
    var options = CheckOptions(today: today)
    options.packs = packs
    options.configuration = .none
    var policy = Policy(options.policyOptions)
    rules = policy.rules(for: nil)
    linter = Linter(today: today, stage: stage)
    guard policy.isUsable else { throw PolicyErrors(policy.diagnostics) }
    let files = try WaiverFiles.load(waivers.map { ByteString($0) })
    linter.suppressions.waivers = Waivers(files, rules: policy.rulesByName())
    let review = WaiverReview(
      waivers: linter.suppressions.waivers, today: today, warningDays: options.waiverWarningDays)
    waiverFindings = review.reports(used: nil, at: stage).flatMap(\.findings)
  }

  /// Judges one request, or an envelope with one: the bytes of its JSON text, at most `maxBytes`. What cannot be read
  /// as one has the verdict `unreadable`. `path` is what waivers and conditions match. `region` and `account` say where the copy goes.
  public mutating func judge(
    _ json: [UInt8], path: String = "request.json", region: String? = nil, account: String? = nil,
    maxBytes: Int = 1 << 20
  ) -> Report.Request {
    let declared = TargetDeclaration(
      source: .option, region: region.map { ByteString($0) }, account: account.map { ByteString($0) })
    let path = ByteString(path)
    return linter.judge(
      JSONText(SourceFile(path: path, bytes: json)),
      Linter.Input(path: path, policyPath: path, declarations: [declared]), rules,
      limits: JSONLimits(maxBytes: maxBytes))
  }
}
