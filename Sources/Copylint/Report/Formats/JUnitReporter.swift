/// `junit`: the XML of JUnit as Jenkins' xunit plug-in has it; a suite a request, a test case a rule.
///
/// Only an error fails a case. Findings beneath stand in its output, a waived one skips it, and an input that could not
/// be read is a case with an error. Nothing is counted above the suites, so that they stream.
struct JUnitReporter: Reporter {
  static let format = OutputFormat.junit

  private let paths: RepositoryPaths
  private var rendering = TextRendering(color: false)
  private var hasStarted = false

  init(header: Report.Header, options: ReportOptions) { paths = RepositoryPaths(header) }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    start(&output)
    let path = paths.path(of: request)
    var suite = Suite(name: Self.name(request, path), file: path)
    if let error = request.error { suite.addError(error, case: "request", rendering.heading(error, of: request)) }
    for one in RuleCase.cases(of: request) {
      suite.add(one, one.findings.flatMap { [rendering.heading($0)] + Suite.help($0.help) })
    }
    output.standardOutput += suite.text.utf8
  }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    start(&output)
    for error in errors {
      var suite = Suite(name: "copylint", file: paths.path(of: error))
      suite.addError(error, case: "policy and input", rendering.heading(error))
      output.standardOutput += suite.text.utf8
    }
    output.standardOutput += "</testsuites>\n".utf8
  }

  private mutating func start(_ output: inout ReportOutput) {
    if !hasStarted { output.standardOutput += (XMLText.declaration + "<testsuites name=\"copylint\">\n").utf8 }
    hasStarted = true
  }

  private static func name(_ request: Report.Request, _ path: ByteString) -> String {
    let line = request.line > 1 ? ":\(request.line)" : ""
    let pointer = request.pointer.description
    return Escaping.visible(path.bytes) + line + (pointer.isEmpty ? "" : " " + Escaping.visible(pointer.bytes))
  }
}

/// One suite, kept until its counts are known.
private struct Suite {
  let name: String
  let file: ByteString?
  private var cases = ""
  private var counts = (tests: 0, failures: 0, errors: 0, skipped: 0)

  init(name: String, file: ByteString?) { (self.name, self.file) = (name, file) }

  var text: String {
    let numbers =
      "tests=\"\(counts.tests)\" failures=\"\(counts.failures)\" errors=\"\(counts.errors)\" skipped=\"\(counts.skipped)\""
    let path = file.map { " file=\"\(XMLText.escaped($0))\"" } ?? ""
    return "  <testsuite name=\"\(XMLText.escaped(name))\" \(numbers)\(path)>\n\(cases)  </testsuite>\n"
  }

  /// `lines` are the findings as text, which the case holds whatever its result is.
  mutating func add(_ one: RuleCase, _ lines: [String]) {
    let output = lines.isEmpty ? "" : "      <system-out>\(Self.body(lines))</system-out>\n"
    switch one.result {
    case .passed: append(one.rule, output)
    case .failed:
      counts.failures += 1
      let open = one.findings.first { $0.status == .open && $0.severity == .error }
      let type = open?.verdict == .unknown ? "undetermined" : "error"
      append(one.rule, Self.element("failure", type: type, open?.message ?? "the rule failed", Self.body(lines)))
    case .accepted(let reason), .skipped(let reason):
      counts.skipped += 1
      append(one.rule, Self.element("skipped", type: nil, reason, "") + output)
    }
  }

  mutating func addError(_ error: Diagnostic, case name: String, _ line: String) {
    counts.errors += 1
    let body = Self.body([line] + Self.help(error.help))
    append(name, Self.element("error", type: "unreadable", error.message, body))
  }

  private mutating func append(_ name: String, _ content: String) {
    counts.tests += 1
    let start = "    <testcase classname=\"\(XMLText.escaped(self.name))\" name=\"\(XMLText.escaped(name))\""
    cases += content.isEmpty ? "\(start)/>\n" : "\(start)>\n\(content)    </testcase>\n"
  }

  private static func element(_ name: String, type: String?, _ message: String, _ body: String) -> String {
    let type = type.map { " type=\"\($0)\"" } ?? ""
    return "      <\(name)\(type) message=\"\(XMLText.escaped(message))\">\(body)</\(name)>\n"
  }

  static func help(_ text: String?) -> [String] { text.map { ["  help: \($0)"] } ?? [] }

  /// Each a line, whatever it holds; the ending that a heading has goes.
  private static func body(_ lines: [String]) -> String {
    lines.map { XMLText.escaped($0.utf8.last == 0x0A ? String($0.dropLast()) : $0) }.joined(separator: "\n")
  }
}
