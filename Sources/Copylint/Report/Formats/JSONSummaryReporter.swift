/// `json-summary`: `json` without its requests, and with the findings by rule.
///
/// What could not be read stands on standard error, as text.
struct JSONSummaryReporter: Reporter {
  static let format = OutputFormat.jsonSummary

  private let header: Report.Header
  private var rendering: TextRendering
  private var counts = RequestCounts()

  init(header: Report.Header, options: ReportOptions) {
    self.header = header
    rendering = TextRendering(color: options.color)
  }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    counts.add(request)
    if let error = request.error { output.standardError += rendering.heading(error, of: request).utf8 }
  }

  static func streamForm(_ options: ReportOptions) -> StreamForm { .counts }

  mutating func add(counts: RequestCounts) { self.counts.add(counts) }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    var writer = JSONWriter()
    writer.object { writer in
      ReportJSON.writeHead(header, version: JSONReporter.version, to: &writer)
      ReportJSON.write(counts.summary, to: &writer)
      writer.key("rules")
      writer.array(counts.findings.sorted) { Self.write($1, to: &$0) }
      writer.key("errors")
      writer.array(errors) { ReportJSON.write($1, to: &$0) }
    }
    output.standardOutput += writer.bytes + [UInt8(ascii: "\n")]
  }

  private static func write(_ entry: FindingCounts.Entry, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("rule", entry.rule)
      writer.member("severity", entry.severity.rawValue)
      writer.member("findings", entry.findings)
      writer.member("requests", entry.requests)
    }
  }
}
