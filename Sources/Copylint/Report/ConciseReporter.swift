/// `concise`: one line a finding, `path:line:col: severity: message [rule]`, and a summary, for editors and `grep`.
///
/// What is wrong with packs and the configuration goes to standard error, a line each.
struct ConciseReporter: Reporter {
  static let format = OutputFormat.concise

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
    if let error = request.error {
      output.standardOutput.append(contentsOf: rendering.heading(error, of: request).utf8)
    }
    for finding in request.findings { output.standardOutput.append(contentsOf: rendering.heading(finding).utf8) }
  }

  static func streamForm(_ options: ReportOptions) -> StreamForm { .findings }

  mutating func add(counts: RequestCounts) { summary.add(counts.summary) }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    for error in errors { output.standardError.append(contentsOf: rendering.heading(error).utf8) }
    if !options.quiet { output.standardOutput.append(contentsOf: (summary.text + summary.scope(packs)).utf8) }
  }
}
