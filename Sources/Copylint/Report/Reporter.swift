/// One output format: renders requests as they come, then what can only be said at the end.
///
/// A reporter does no I/O. It appends to a `ReportOutput`, which the caller writes out and empties after each call;
/// so a run of a million requests streams in constant memory (`json` alone keeps its own bytes until the end).
public protocol Reporter {
  /// The format it writes.
  static var format: OutputFormat { get }
  /// Whether it describes the rules in force, which costs a run time to put together.
  static var needsRules: Bool { get }

  /// Whether it tells what would mend a finding, which costs a run time to find out.
  static var showsFixes: Bool { get }

  /// What it wants to have of the requests.
  static func streamForm(_ options: ReportOptions) -> StreamForm

  /// A reporter for one run.
  init(header: Report.Header, options: ReportOptions)

  /// Renders one request. Called once a request, in input order; findings are rendered in the order given.
  mutating func add(_ request: Report.Request, to output: inout ReportOutput)

  /// Takes the counts of requests that are not added one by one; not where `streamForm` is `requests`.
  mutating func add(counts: RequestCounts)

  /// Renders requests that are lines of `jsonl` already, and whose counts are added apart; only where `streamForm` is
  /// `lines`.
  mutating func add(lines: UnsafeBufferPointer<UInt8>, to output: inout ReportOutput)

  /// Renders what is wrong with packs and the configuration, and the summary of the requests added. Called once.
  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput)
}

extension Reporter {
  /// Most formats name rules and do not describe them.
  public static var needsRules: Bool { false }
  /// Most tell what is wrong and what to do about it.
  public static var showsFixes: Bool { false }
  /// Most render requests in a way of their own.
  public static func streamForm(_ options: ReportOptions) -> StreamForm { .requests }
  /// Nothing, where requests are added one by one.
  public mutating func add(counts: RequestCounts) {}
  /// Nothing, where there are no such lines.
  public mutating func add(lines: UnsafeBufferPointer<UInt8>, to output: inout ReportOutput) {}
}

/// The formats a report can be written in. Each is one file; this enumeration and `reporter` are the only list.
public enum OutputFormat: String, CaseIterable, Sendable {
  /// Findings with an excerpt, help and policy, for people.
  case text
  /// One line a finding, for editors and `grep`.
  case concise
  /// One JSON object, written at the end.
  case json
  /// One JSON object a request, written as it is judged.
  case jsonl
  /// The figures of the run and its findings by rule, for people.
  case summary
  /// The same as one JSON object.
  case jsonSummary = "json-summary"
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// JUnit's XML, a test case a rule and request.
  case junit
  /// Workflow commands of GitHub Actions.
  case github
  /// A summary for the page of a job.
  case markdown
  /// GitLab's Code Quality report.
  case gitlab
  /// Logging commands of Azure Pipelines.
  case azure
  /// reviewdog's Diagnostic Format.
  case rdjson
  /// Checkstyle's XML.
  case checkstyle
  /// The Test Anything Protocol.
  case tap

  /// Whether it is text that people read as it comes, and nothing parses.
  var isForPeople: Bool { self == .text || self == .concise || self == .summary }

  /// The type that writes the format.
  var reporter: any Reporter.Type {
    switch self {
    case .text: TextReporter.self
    case .concise: ConciseReporter.self
    case .json: JSONReporter.self
    case .jsonl: JSONLinesReporter.self
    case .summary: SummaryReporter.self
    case .jsonSummary: JSONSummaryReporter.self
    case .sarif: SARIFReporter.self
    case .junit: JUnitReporter.self
    case .github: GitHubReporter.self
    case .markdown: MarkdownReporter.self
    case .gitlab: GitLabReporter.self
    case .azure: AzureReporter.self
    case .rdjson: RDJSONReporter.self
    case .checkstyle: CheckstyleReporter.self
    case .tap: TAPReporter.self
    }
  }
}

/// A reporter of this format.
public func makeReporter(_ format: OutputFormat, header: Report.Header, options: ReportOptions) -> any Reporter {
  format.reporter.init(header: header, options: options)
}

extension Report {
  /// The whole report in one format.
  public func rendered(as format: OutputFormat, options: ReportOptions = ReportOptions()) -> ReportOutput {
    var reporter = makeReporter(format, header: header, options: options)
    var output = ReportOutput()
    for request in requests { reporter.add(request, to: &output) }
    reporter.finish(errors: errors, to: &output)
    return output
  }
}

/// How a report is to look.
public struct ReportOptions: Sendable {
  /// Colours in text, as ANSI SGR sequences; the text without them is the same byte for byte.
  public var color: Bool
  /// Every rule with its verdict, and in text every request's target; `concise` has no place for either.
  public var verbose: Bool
  /// Findings and errors only: no summary, nothing at all for a clean run. Outranks `verbose` in text formats.
  public var quiet: Bool
  /// In text, under every finding what its rule checks and why.
  public var explain: Bool
  /// In the text formats, names of rules lead to their `url`, as OSC 8 sequences.
  public var hyperlinks: Bool

  /// Plain, short and with a summary, unless said otherwise.
  public init(
    color: Bool = false, verbose: Bool = false, quiet: Bool = false, explain: Bool = false, hyperlinks: Bool = false
  ) {
    (self.color, self.verbose, self.quiet) = (color, verbose, quiet)
    (self.explain, self.hyperlinks) = (explain, hyperlinks)
  }
}

/// What a reporter has to say, for the caller to write out. Always valid UTF-8.
public struct ReportOutput: Sendable {
  /// For standard output.
  public var standardOutput: [UInt8] = []
  /// For standard error.
  public var standardError: [UInt8] = []

  /// Nothing to write yet.
  public init() {}

  /// Whether there is nothing to write.
  public var isEmpty: Bool { standardOutput.isEmpty && standardError.isEmpty }

  /// Something for standard output.
  init(standardOutput: [UInt8]) { self.standardOutput = standardOutput }

  /// All of it for standard error, where standard output is taken.
  var onStandardError: ReportOutput {
    var output = ReportOutput()
    output.standardError = standardOutput + standardError
    return output
  }
}
