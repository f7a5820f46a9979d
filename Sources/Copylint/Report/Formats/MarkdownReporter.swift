/// `markdown`: a summary of the run, for the page of a GitHub job or a comment.
///
/// Findings that somebody answers for stand apart and folded. Only the first findings are shown, `maxBytes` of them: the
/// figures count all, and a line says how many are not shown.
struct MarkdownReporter: Reporter {
  static let format = OutputFormat.markdown
  /// Half of what GitHub takes from a step (1 MiB), so that two runs of a step fit.
  static let maxBytes = 512 << 10

  private let header: Report.Header
  private let paths: RepositoryPaths
  private var locator = Locator()
  private var summary = Summary()
  private var open = BoundedText()
  private var answered = BoundedText()

  init(header: Report.Header, options: ReportOptions) {
    self.header = header
    paths = RepositoryPaths(header)
  }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    summary.add(request)
    if let error = request.error { add(error, in: request) }
    for finding in request.findings {
      if finding.status == .open {
        open.append(item(finding, in: request), limit: Self.maxBytes / 2)
      } else {
        answered.append(item(finding, in: request), limit: Self.maxBytes / 4)
      }
    }
  }

  static func streamForm(_ options: ReportOptions) -> StreamForm { .findings }

  mutating func add(counts: RequestCounts) { summary.add(counts.summary) }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    for error in errors { add(error, in: nil) }
    var text = "copylint: \(headline(errors))\n---\n\n\(figures)\n"
    if !open.text.isEmpty { text += "\n" + open.text }
    if open.omitted > 0 { text += "\n**\(open.omitted) more are not shown here; the report has all.**\n" }
    if !answered.text.isEmpty {
      text += "\n<details><summary>\(summary.waived + summary.known) waived or known</summary>\n\n\(answered.text)"
      if answered.omitted > 0 { text += "\n**\(answered.omitted) more are not shown here.**\n" }
      text += "\n</details>\n"
    }
    let packs = header.packs.prefix(50).map { MarkdownText.code("\($0.name) \($0.version)") }
    if !packs.isEmpty { text += "\nPacks: \(packs.joined(separator: ", "))\n" }
    output.standardOutput += (text + "\n").utf8
  }

  private func headline(_ errors: [Diagnostic]) -> String {
    let unusable = errors.count + summary.unreadable
    if unusable > 0 { return "it could not judge everything (\(unusable) \(unusable == 1 ? "error" : "errors"))" }
    let stopped = summary.denied + summary.undetermined
    return stopped == 0
      ? "every request is compliant" : "\(stopped) of \(summary.requests) requests denied or undetermined"
  }

  private var figures: String {
    let verdicts = [
      "requests: \(summary.requests)", "\(summary.compliant) compliant", "\(summary.denied) denied",
      "\(summary.undetermined) undetermined", "\(summary.unreadable) unreadable",
    ]
    let findings = [("error", summary.errors), ("warning", summary.warnings), ("info", summary.infos)]
    let figures = findings.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    return "\(verdicts.joined(separator: ", ")); findings: \(figures)"
  }

  private mutating func item(_ finding: Finding, in request: Report.Request) -> String {
    let start = locator.region(of: finding.place).start
    let place = Escaping.visible(paths.path(of: finding.place, in: request).bytes) + ":\(start.line):\(start.column)"
    let remark = finding.remark.map { " (\(MarkdownText.message($0)))" } ?? ""
    return Self.item(
      finding.severity, place, MarkdownText.message(finding.message) + remark, finding.help, rule: finding.rule)
  }

  private mutating func add(_ error: Diagnostic, in request: Report.Request?) {
    let start = error.place?.start
    let line = start.map { ":\($0.line):\($0.column)" } ?? request.map { ":\($0.line)" } ?? ""
    let place = paths.path(of: error, in: request).map { Escaping.visible($0.bytes) + line }
    open.append(
      Self.item(.error, place, MarkdownText.message(error.message), error.help, rule: nil), limit: Self.maxBytes / 2)
  }

  private static func item(
    _ severity: Severity, _ place: String?, _ message: String, _ help: String?, rule: String?
  ) -> String {
    let head = ["**\(severity.rawValue)**", place.map { MarkdownText.code($0) }].compactMap { $0 }.joined(
      separator: " ")
    let name = rule.map { " — \(MarkdownText.code($0))" } ?? ""
    return "- \(head) \(message)\(name)\n" + (help.map { "  <br>help: \(MarkdownText.message($0))\n" } ?? "")
  }
}

/// Text up to a size, in whole pieces.
private struct BoundedText {
  private(set) var text = ""
  /// How many pieces did not fit.
  private(set) var omitted = 0

  mutating func append(_ piece: String, limit: Int) {
    guard omitted == 0, text.utf8.count + piece.utf8.count <= limit else { return omitted += 1 }
    text += piece
  }
}
