/// `summary`: the figures of the run and its findings by rule, for people.
///
/// Nothing of a request alone, but for those that could not be read: they, and what is wrong with packs and the
/// configuration, stand on standard error.
struct SummaryReporter: Reporter {
  static let format = OutputFormat.summary

  private let options: ReportOptions
  private var rendering: TextRendering
  private let packs: [Report.Pack]
  private var counts = RequestCounts()

  init(header: Report.Header, options: ReportOptions) {
    self.options = options
    rendering = TextRendering(color: options.color)
    packs = header.packs
  }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    counts.add(request)
    if let error = request.error { output.standardError += rendering.heading(error, of: request).utf8 }
  }

  static func streamForm(_ options: ReportOptions) -> StreamForm { .counts }

  mutating func add(counts: RequestCounts) { self.counts.add(counts) }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    for error in errors { output.standardError += rendering.heading(error).utf8 }
    output.standardOutput += table.utf8
    guard !options.quiet else { return }
    output.standardOutput += (counts.summary.text + counts.summary.scope(packs)).utf8
  }

  /// A line a rule, `findings severity rule (requests)`.
  private var table: String {
    counts.findings.sorted.map { entry in
      let count = Self.padded(String(entry.findings), to: 8, atEnd: false)
      let severity = Self.padded(entry.severity.rawValue, to: 7, atEnd: true)
      let requests = "\(entry.requests) request\(entry.requests == 1 ? "" : "s")"
      return "\(count)  \(severity)  \(ShownText.text(entry.rule)) (\(requests))\n"
    }.joined()
  }

  private static func padded(_ text: String, to width: Int, atEnd: Bool) -> String {
    let blank = String(repeating: " ", count: max(0, width - text.utf8.count))
    return atEnd ? text + blank : blank + text
  }
}
