/// `text`: findings with an excerpt, help and policy, and a summary, for people.
///
/// Findings, unreadable inputs and the summary go to standard output, what is wrong with packs and the configuration
/// to standard error.
struct TextReporter: Reporter {
  static let format = OutputFormat.text
  static let showsFixes = true

  private let options: ReportOptions
  private var rendering: TextRendering
  private var summary = Summary()
  private let packs: [Report.Pack]

  init(header: Report.Header, options: ReportOptions) {
    self.options = options
    rendering = TextRendering(color: options.color, rules: RuleNotes(header, options))
    packs = header.packs
  }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    summary.add(request)
    var text = ""
    if let error = request.error { text += rendering.block(error, of: request) + "\n" }
    for finding in request.findings { text += show(finding) }
    if options.verbose, !options.quiet { text += details(of: request) + "\n" }
    output.standardOutput.append(contentsOf: text.utf8)
  }

  static func streamForm(_ options: ReportOptions) -> StreamForm {
    options.verbose && !options.quiet ? .requests : .findings
  }

  mutating func add(counts: RequestCounts) { summary.add(counts.summary) }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    for error in errors { output.standardError.append(contentsOf: (rendering.block(error) + "\n").utf8) }
    if !options.quiet { output.standardOutput.append(contentsOf: (summary.text + summary.scope(packs)).utf8) }
  }

  /// What is known is named and no more: a baseline may hold a thousand of them.
  private mutating func show(_ finding: Finding) -> String {
    finding.status == .known ? rendering.heading(finding) : rendering.block(finding) + "\n"
  }

  /// The request's verdict and target, and every rule with its verdict.
  private func details(of request: Report.Request) -> String {
    let pointer = ShownText.text(request.pointer.description.displayString)
    let address = pointer.isEmpty ? "" : " at \(pointer)"
    let path = rendering.style.path("\(ShownText.path(request.path)):\(request.line):")
    var text = "\(path) \(request.verdict.rawValue)\(address)\n"
    guard request.verdict != .unreadable else { return text }
    if !request.isPolicyFile { text += "  \(Self.text(request.target))\n" }
    let width = RuleVerdict.allCases.reduce(0) { max($0, $1.words.utf8.count) }
    for verdict in RuleVerdict.allCases {
      let padding = String(repeating: " ", count: width - verdict.words.utf8.count)
      for rule in request.results[verdict] { text += "  \(verdict.words)\(padding)  \(ShownText.text(rule))\n" }
    }
    return text
  }

  private static func text(_ target: Report.Target) -> String {
    guard let declaredBy = target.declaredBy else { return "target undeclared" }
    let region = target.region.map { ShownText.text($0.displayString) } ?? "of no declared Region"
    let account = target.account.map { "account \(ShownText.text($0.displayString))" } ?? "no declared account"
    return "target \(region), \(account), declared by \(ShownText.text(declaredBy))"
  }
}
