/// One JSON object for the whole run.
struct JSONReporter: Reporter {
  private let options: ReportOptions
  /// The elements of `requests`, written as they come, with commas between.
  private var requests: [UInt8] = []

  init(_ options: ReportOptions) { self.options = options }

  mutating func request(_ request: Report.Request, to output: inout ReportOutput) {
    if !requests.isEmpty { requests.append(UInt8(ascii: ",")) }
    var writer = JSONWriter()
    JSONLayout.write(request, isVerbose: options.isVerbose, to: &writer)
    requests += writer.bytes
  }

  mutating func finish(_ run: Report, _ summary: Summary, to output: inout ReportOutput) {
    var head = JSONWriter()
    head.object { JSONLayout.writeHead(run, summary, to: &$0) }
    var errors = JSONWriter()
    errors.array { writer in for error in run.errors { JSONLayout.write(error, to: &writer) } }
    output.standardOutput += head.bytes.dropLast()
    output.standardOutput += Array(",\"requests\":[".utf8) + requests
    output.standardOutput += Array("],\"errors\":".utf8) + errors.bytes + Array("}\n".utf8)
  }
}
