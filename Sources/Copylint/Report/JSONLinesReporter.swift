/// `jsonl`: one JSON object a request and line, on standard output, as it is judged.
///
/// The summary, and what is wrong with packs and the configuration, go to standard error as text.
struct JSONLinesReporter: Reporter {
  static let format = OutputFormat.jsonl
  static let showsFixes = true

  private let options: ReportOptions
  private var requestJSON: RequestJSON
  private var writer = JSONWriter()
  private var summary = Summary()
  private let packs: [Report.Pack]

  init(header: Report.Header, options: ReportOptions) {
    packs = header.packs
    self.options = options
    requestJSON = RequestJSON(verbose: options.verbose)
  }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    summary.add(request)
    writer.reset()
    requestJSON.write(request, to: &writer)
    output.standardOutput.append(contentsOf: writer.bytes)
    output.standardOutput.append(UInt8(ascii: "\n"))
  }

  /// With every rule's verdict the lines are longer than those of a stream.
  static func streamForm(_ options: ReportOptions) -> StreamForm { options.verbose ? .requests : .lines }

  mutating func add(counts: RequestCounts) { summary.add(counts.summary) }

  mutating func add(lines: UnsafeBufferPointer<UInt8>, to output: inout ReportOutput) {
    output.standardOutput.append(contentsOf: lines)
  }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    var rendering = TextRendering(color: options.color)
    for error in errors { output.standardError.append(contentsOf: (rendering.block(error) + "\n").utf8) }
    if !options.quiet { output.standardError.append(contentsOf: (summary.text + summary.scope(packs)).utf8) }
  }
}
