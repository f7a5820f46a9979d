/// One output format. Called for each request in input order, so that a long run is reported as it goes.
public protocol Reporter {
  /// Reports one more request.
  mutating func request(_ request: Report.Request, to output: inout ReportOutput)
  /// Reports what is known at the end.
  mutating func finish(_ run: Report, _ summary: Summary, to output: inout ReportOutput)
}

/// What a reporter wrote; the command line drains it after every call.
public struct ReportOutput {
  /// For standard output.
  public var standardOutput: [UInt8] = []
  /// For standard error.
  public var standardError: [UInt8] = []

  /// Nothing yet.
  public init() {}

  mutating func print(_ text: String) { standardOutput += Array(text.utf8) + [0x0A] }
  mutating func printError(_ text: String) { standardError += Array(text.utf8) + [0x0A] }
}

/// How much is shown.
public struct ReportOptions: Sendable {
  /// Whether to colour text.
  public var color = false
  /// Every rule with its verdict.
  public var isVerbose = false
  /// Findings only.
  public var isQuiet = false

  /// The defaults: no colour, findings and a summary.
  public init(color: Bool = false, isVerbose: Bool = false, isQuiet: Bool = false) {
    self.color = color
    self.isVerbose = isVerbose
    self.isQuiet = isQuiet
  }
}

/// The formats that there are: the one list of them.
public enum OutputFormat: String, CaseIterable, Sendable {
  case text
  case concise
  case json
  case jsonl

  /// A reporter of this format.
  public func reporter(_ options: ReportOptions) -> any Reporter {
    switch self {
    case .text: TextReporter(options)
    case .concise: ConciseReporter(options)
    case .json: JSONReporter(options)
    case .jsonl: JSONLinesReporter(options)
    }
  }
}
