/// `tap`: the Test Anything Protocol, version 14, a test point a rule and request.
///
/// Only an error fails a point. What is waived or known is a point that is expected to fail (`TODO`); findings stand in
/// the point's YAML block, a JSON object each, which YAML takes as it is.
struct TAPReporter: Reporter {
  static let format = OutputFormat.tap

  private let paths: RepositoryPaths
  private var locator = Locator()
  private var count = 0

  init(header: Report.Header, options: ReportOptions) { paths = RepositoryPaths(header) }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    let line = request.line > 1 ? ":\(request.line)" : ""
    let pointer = request.pointer.description
    let address = pointer.isEmpty ? "" : " " + Escaping.visible(pointer.bytes)
    let name = Escaping.visible(paths.path(of: request).bytes) + line + address
    if let error = request.error { add(error, name: name, in: request, to: &output) }
    for one in RuleCase.cases(of: request) {
      let directive = Self.directive(one.result)
      let isGood = one.result == .passed || directive?.name == "SKIP"
      point(isGood, "\(name) - \(one.rule)", directive, &output)
      block(one.findings.map { json($0, in: request) }, &output)
    }
  }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    for error in errors { add(error, name: "copylint", in: nil, to: &output) }
    start(&output)
    output.standardOutput += (count == 0 ? "1..0 # SKIP no request\n" : "1..\(count)\n").utf8
  }

  private mutating func add(
    _ error: Diagnostic, name: String, in request: Report.Request?, to output: inout ReportOutput
  ) {
    point(false, "\(name) - \(error.message)", nil, &output)
    let start = error.place?.start ?? request.map { SourcePosition(line: $0.line, column: 1) }
    block([json(error, at: start, paths.path(of: error, in: request))], &output)
  }

  private static func directive(_ result: RuleCase.Result) -> (name: String, reason: String)? {
    switch result {
    case .passed, .failed: nil
    case .accepted(let reason): ("TODO", reason)
    case .skipped(let reason): ("SKIP", reason)
    }
  }

  private mutating func point(
    _ isGood: Bool, _ text: String, _ directive: (name: String, reason: String)?, _ output: inout ReportOutput
  ) {
    start(&output)
    count += 1
    let end = directive.map { " # \($0.name) \(Self.escaped($0.reason))" } ?? ""
    output.standardOutput += "\(isGood ? "ok" : "not ok") \(count) - \(Self.escaped(text))\(end)\n".utf8
  }

  private func start(_ output: inout ReportOutput) {
    if count == 0 { output.standardOutput += "TAP version 14\n".utf8 }
  }

  /// `#` would begin a directive.
  private static func escaped(_ text: String) -> String {
    var output = ""
    for scalar in Escaping.visible(text).unicodeScalars {
      if scalar == "#" || scalar == "\\" { output += "\\" }
      output.unicodeScalars.append(scalar)
    }
    return output
  }

  private func block(_ findings: [[UInt8]], _ output: inout ReportOutput) {
    guard !findings.isEmpty else { return }
    output.standardOutput += "  ---\n  findings:\n".utf8
    for finding in findings { output.standardOutput += Array("  - ".utf8) + finding + [0x0A] }
    output.standardOutput += "  ...\n".utf8
  }

  private mutating func json(_ finding: Finding, in request: Report.Request) -> [UInt8] {
    let start = locator.region(of: finding.place).start
    let path = paths.path(of: finding.place, in: request)
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("rule", finding.rule)
      writer.member("severity", finding.severity.rawValue)
      writer.member("verdict", finding.verdict.rawValue)
      writer.member("status", finding.status.rawValue)
      writer.member("message", finding.message)
      writer.member("help", ifPresent: finding.help)
      writer.member("file", path)
      writer.member("line", start.line)
      writer.member("column", start.column)
    }
    return writer.bytes
  }

  private func json(_ error: Diagnostic, at start: SourcePosition?, _ path: ByteString?) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("severity", Severity.error.rawValue)
      writer.member("message", error.message)
      writer.member("help", ifPresent: error.help)
      if let path { writer.member("file", path) }
      if let start {
        writer.member("line", start.line)
        writer.member("column", start.column)
      }
    }
    return writer.bytes
  }
}
