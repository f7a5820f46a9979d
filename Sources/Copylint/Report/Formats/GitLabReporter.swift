/// `gitlab`: GitLab's Code Quality report, an array of issues.
///
/// GitLab shows one issue of each fingerprint, so an input that could not be read has one of its own too.
struct GitLabReporter: Reporter {
  static let format = OutputFormat.gitlab

  private let paths: RepositoryPaths
  private var locator = Locator()
  private var list = JSONList()

  init(header: Report.Header, options: ReportOptions) { paths = RepositoryPaths(header) }

  static func streamForm(_ options: ReportOptions) -> StreamForm { .findings }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    if let error = request.error {
      let address = "\(request.line) \(request.pointer.description.displayString)"
      add(error, "unreadable", line: request.line, in: request, identity: address, to: &output)
    }
    for finding in request.findings {
      let issue = Issue(
        description: finding.remarkedMessage + (finding.help.map { "; help: \($0)" } ?? ""), rule: finding.rule,
        fingerprint: finding.fingerprint, severity: finding.loudness,
        path: paths.path(of: finding.place, in: request), line: locator.region(of: finding.place).start.line)
      output.standardOutput += list.element(issue.json)
    }
  }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    for (index, error) in errors.enumerated() {
      add(error, "copylint", line: 1, in: nil, identity: String(index), to: &output)
    }
    output.standardOutput += list.end + [0x0A]
  }

  private mutating func add(
    _ error: Diagnostic, _ rule: String, line: Int, in request: Report.Request?, identity: String,
    to output: inout ReportOutput
  ) {
    let path = paths.path(of: error, in: request) ?? "."
    let issue = Issue(
      description: error.message + (error.help.map { "; help: \($0)" } ?? ""), rule: rule,
      fingerprint: SHA256Digest.hexadecimal(Array("\(rule) \(identity) \(error.message) ".utf8) + path.bytes),
      severity: .error, path: path, line: error.place?.start.line ?? line)
    output.standardOutput += list.element(issue.json)
  }
}

private struct Issue {
  var description: String
  var rule: String
  var fingerprint: String
  var severity: Severity
  var path: ByteString
  var line: Int

  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("description", description)
      writer.member("check_name", rule)
      writer.member("fingerprint", fingerprint)
      writer.member("severity", severityName)
      writer.member("location") { writer in
        writer.member("path", path)
        writer.member("lines") { $0.member("begin", line) }
      }
    }
    return writer.bytes
  }

  /// GitLab's severities are info, minor, major, critical and blocker.
  private var severityName: String {
    switch severity {
    case .error: "critical"
    case .warning: "minor"
    case .info: "info"
    }
  }
}
