/// `checkstyle`: the XML of Checkstyle, which most review tools read.
///
/// Its severities are those of Checkstyle; what somebody answers for is `info`, and says so.
struct CheckstyleReporter: Reporter {
  static let format = OutputFormat.checkstyle

  private let paths: RepositoryPaths
  private var locator = Locator()
  private var hasStarted = false
  /// The file whose element is open.
  private var path: ByteString?

  init(header: Report.Header, options: ReportOptions) { paths = RepositoryPaths(header) }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    if let error = request.error { add(error, source: "unreadable", in: request, to: &output) }
    for finding in request.findings {
      open(paths.path(of: finding.place, in: request), &output)
      let start = locator.region(of: finding.place).start
      let help = finding.help.map { "; help: \($0)" } ?? ""
      append(start, finding.loudness, finding.remarkedMessage + help, finding.rule, &output)
    }
  }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    for error in errors { add(error, source: "copylint", in: nil, to: &output) }
    start(&output)
    close(&output)
    output.standardOutput += "</checkstyle>\n".utf8
  }

  private mutating func add(
    _ error: Diagnostic, source: String, in request: Report.Request?, to output: inout ReportOutput
  ) {
    open(paths.path(of: error, in: request) ?? ".", &output)
    let start = error.place?.start ?? SourcePosition(line: request?.line ?? 1, column: 1)
    append(start, .error, error.message + (error.help.map { "; help: \($0)" } ?? ""), source, &output)
  }

  private func append(
    _ start: SourcePosition, _ severity: Severity, _ message: String, _ source: String, _ output: inout ReportOutput
  ) {
    let place = "line=\"\(start.line)\" column=\"\(start.column)\" severity=\"\(severity.rawValue)\""
    let text = "message=\"\(XMLText.escaped(message))\" source=\"\(XMLText.escaped(source))\""
    output.standardOutput += "    <error \(place) \(text)/>\n".utf8
  }

  private mutating func open(_ path: ByteString, _ output: inout ReportOutput) {
    start(&output)
    guard path != self.path else { return }
    close(&output)
    self.path = path
    output.standardOutput += "  <file name=\"\(XMLText.escaped(path))\">\n".utf8
  }

  private mutating func close(_ output: inout ReportOutput) {
    if path != nil { output.standardOutput += "  </file>\n".utf8 }
    path = nil
  }

  private mutating func start(_ output: inout ReportOutput) {
    if !hasStarted { output.standardOutput += (XMLText.declaration + "<checkstyle version=\"4.3\">\n").utf8 }
    hasStarted = true
  }
}
