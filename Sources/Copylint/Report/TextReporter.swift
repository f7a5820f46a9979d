/// For people: each finding with its line underlined and what to do.
struct TextReporter: Reporter {
  private let options: ReportOptions
  private let layout: TextLayout

  init(_ options: ReportOptions) {
    self.options = options
    layout = TextLayout(style: TextStyle(isColored: options.color))
  }

  mutating func request(_ request: Report.Request, to output: inout ReportOutput) {
    let findings = options.isQuiet ? request.findings.filter { $0.severity == .error } : request.findings
    for finding in findings { print(layout.finding(finding), &output) }
    if let error = request.error { print(layout.diagnostic(error), &output) }
    if options.isVerbose { print(results(request), &output) }
  }

  mutating func finish(_ run: Report, _ summary: Summary, to output: inout ReportOutput) {
    for error in run.errors {
      for line in layout.diagnostic(error) { output.printError(line) }
    }
    guard !options.isQuiet, summary.requests > 0 else { return }
    for line in SummaryText.lines(summary) { output.print(line) }
  }

  private func print(_ lines: [String], _ output: inout ReportOutput) {
    for line in lines { output.print(line) }
    if !lines.isEmpty { output.print("") }
  }

  private func results(_ request: Report.Request) -> [String] {
    let place = "\(Escaping.visible(request.path.bytes)):\(request.line)"
    let pointer = request.pointer.tokens.isEmpty ? "" : " (\(Escaping.visible(request.pointer.description.bytes)))"
    return ["\(layout.style.path(place))\(pointer): \(request.verdict.rawValue), \(target(request.target))"]
      + RuleVerdict.allCases.flatMap { verdict in
        (request.results[verdict] ?? []).map { "  \(padded(verdict.words))  \(Escaping.visible($0))" }
      }
  }

  private func target(_ target: Report.Target) -> String {
    guard let declaredBy = target.declaredBy else { return "no target declared" }
    let region = target.region.map { Escaping.visible($0.bytes) } ?? "unknown Region"
    let account = target.account.map { "account " + Escaping.visible($0.bytes) } ?? "unknown account"
    return "target \(region), \(account), declared by \(declaredBy)"
  }

  private func padded(_ text: String) -> String { text + String(repeating: " ", count: max(0, 14 - text.count)) }
}
