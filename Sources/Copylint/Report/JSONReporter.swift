/// `json`: one object on one line, on standard output, at the end.
///
/// Requests become bytes as they come, so what is kept until the end is the report's own size and no input.
struct JSONReporter: Reporter {
  static let format = OutputFormat.json
  static let showsFixes = true
  /// The version of the object's layout: raised when a member changes its meaning or goes, not when one is added.
  static let version = 1

  private let header: Report.Header
  private var requestJSON: RequestJSON
  private var requests = JSONWriter()
  private var policyFiles = JSONWriter()
  private var summary = Summary()

  init(header: Report.Header, options: ReportOptions) {
    self.header = header
    requestJSON = RequestJSON(verbose: options.verbose)
  }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    summary.add(request)
    if request.isPolicyFile {
      requestJSON.write(request, to: &policyFiles)
    } else {
      requestJSON.write(request, to: &requests)
    }
  }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    var writer = JSONWriter()
    writer.object { writer in
      ReportJSON.writeHead(header, version: Self.version, to: &writer)
      ReportJSON.write(summary, to: &writer)
      writer.key("requests")
      writer.array { if !requests.bytes.isEmpty { $0.raw(requests.bytes) } }
      writer.key("policyFiles")
      writer.array { if !policyFiles.bytes.isEmpty { $0.raw(policyFiles.bytes) } }
      writer.key("errors")
      writer.array(errors) { ReportJSON.write($1, to: &$0) }
    }
    output.standardOutput.append(contentsOf: writer.bytes)
    output.standardOutput.append(UInt8(ascii: "\n"))
  }
}
