/// One line a finding, as compilers and editors have it.
struct ConciseReporter: Reporter {
  private let options: ReportOptions
  private let layout: TextLayout

  init(_ options: ReportOptions) {
    self.options = options
    layout = TextLayout(style: TextStyle(isColored: options.color))
  }

  mutating func request(_ request: Report.Request, to output: inout ReportOutput) {
    for finding in request.findings where !options.isQuiet || finding.severity == .error {
      output.print(layout.headline(finding))
    }
    if let error = request.error { output.print(layout.headline(error)) }
    guard options.isVerbose else { return }
    for (verdict, rules) in request.results.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      for rule in rules {
        output.print("\(Escaping.visible(request.path.bytes)):\(request.line): \(verdict.words): \(Escaping.visible(rule))")
      }
    }
  }

  mutating func finish(_ run: Report, _ summary: Summary, to output: inout ReportOutput) {
    for error in run.errors { output.printError(layout.headline(error)) }
    guard !options.isQuiet, summary.requests > 0 else { return }
    for line in SummaryText.lines(summary) { output.print(line) }
  }
}
