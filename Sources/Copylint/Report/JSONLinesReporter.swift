/// One JSON object a request and line, in input order; what is about the whole run goes to standard error.
struct JSONLinesReporter: Reporter {
  private let options: ReportOptions
  private let layout = TextLayout(style: TextStyle(isColored: false))

  init(_ options: ReportOptions) { self.options = options }

  mutating func request(_ request: Report.Request, to output: inout ReportOutput) {
    var writer = JSONWriter()
    JSONLayout.write(request, isVerbose: options.isVerbose, to: &writer)
    output.standardOutput += writer.bytes + [0x0A]
  }

  mutating func finish(_ run: Report, _ summary: Summary, to output: inout ReportOutput) {
    for error in run.errors {
      for line in layout.diagnostic(error) { output.printError(line) }
    }
    guard !options.isQuiet, summary.requests > 0 else { return }
    for line in SummaryText.lines(summary) { output.printError(line) }
  }
}
