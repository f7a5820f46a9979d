import BedrockClient
import Copylint

/// A run of `submit` as lines for people: findings as `check` shows them, then a line a submission.
public struct SubmissionText: Sendable {
  private let color: Bool

  /// Text with or without colours.
  public init(color: Bool) { self.color = color }

  /// What an event adds to standard output and standard error.
  public func output(_ event: SubmissionEvent) -> ReportOutput {
    var output = ReportOutput()
    switch event {
    case .stopped(let diagnostics):
      output.standardError = Array(PolicyErrors.lines(diagnostics, color: color).joined(separator: "\n").utf8) + [0x0A]
    case .judged(let requests, let packs):
      let header = Report.Header(tool: Version.tool, today: "", packs: packs)
      output = Report(header: header, requests: requests, errors: []).rendered(
        as: .text, options: ReportOptions(color: color))
    case .wouldSend(let request, let report, let hasToken):
      output.standardOutput = lines(Self.exact(request, report, hasToken))
    case .submitted(let report, let region, let outcome):
      output.standardOutput = lines(Self.words(report, region, outcome))
    case .progress: break
    case .ended(let jobArn, let end): output.standardOutput = lines(Self.words(jobArn, end))
    case .left(let count):
      output.standardError = lines([
        "\(count) more \(count == 1 ? "request was" : "requests were") not sent; `--keep-going` sends them all the same"
      ])
    }
    return output
  }

  /// The one line that is rewritten on a terminal while a job is followed.
  public static func progress(_ status: ModelCopyJobStatus, elapsed: Duration) -> String {
    let seconds = elapsed.components.seconds
    let clock = "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    return "\(clock) \(Escaping.visible(status.rawValue))"
  }

  private func lines(_ lines: [String]) -> [UInt8] { lines.flatMap { Array($0.utf8) + [0x0A] } }

  private static func place(_ report: Report.Request) -> String {
    "\(Escaping.visible(report.path.bytes)):\(report.line)"
  }

  private static func exact(_ request: HTTPRequest, _ report: Report.Request, _ hasToken: Bool) -> [String] {
    let headers = request.headers.fields.map { "\($0.name): \($0.value)" }
    let note = hasToken ? [] : ["the token is drawn when it is sent"]
    return ["\(place(report)): would send", "POST \(request.url)"] + headers + [
      "", Escaping.visible(request.body),
    ] + note + [""]
  }

  private static func words(_ report: Report.Request, _ region: String, _ outcome: SubmissionOutcome) -> [String] {
    let place = "\(place(report)): "
    switch outcome {
    case .accepted(let jobArn, _): return ["\(place)submitted to \(region), job \(shown(jobArn))"]
    case .acceptedBefore(let jobArn):
      return [
        "\(place)already submitted to \(region), job \(shown(jobArn)); nothing was sent",
        "  = help: `--again` copies it once more",
      ]
    case .rejected(let error):
      return ["\(place)rejected by Bedrock in \(region): \(Escaping.visible(error.description))"]
    case .unknown(let error, let token):
      return [
        "\(place)the outcome is unknown: \(Escaping.visible(error.description))",
        "  = help: run the same command again: it looks the job up, and sends with the same token \(shown(token))",
      ]
    case .stoppedByJournal(let error):
      return ["\(place)not sent: \(Escaping.visible(error.description))", "  = help: \(error.help)"]
    case .stoppedByLog(let error):
      return [
        "\(place)not sent: the decision log \(shown(error.path)) cannot be written: \(error.reason)",
        "  = help: what was decided must be on disk first; name another with `--decision-log FILE`",
      ]
    case .acceptedUnrecorded(let jobArn, let error):
      return [
        "\(place)submitted to \(region), job \(shown(jobArn)), but \(Escaping.visible(error.description))",
        "  = help: mend the journal before the next submission; it finds the job by itself then",
      ]
    }
  }

  private static func words(_ jobArn: String, _ end: JobWaiter.End) -> [String] {
    switch end {
    case .completed(let job): return ["job \(shown(jobArn)) is complete: \(Escaping.visible(job.targetModelArn))"]
    case .failed(let job):
      return ["job \(shown(jobArn)) failed: \(Escaping.visible(job.failureMessage ?? "Bedrock gives no reason"))"]
    case .timedOut:
      return [
        "job \(shown(jobArn)) goes on; the time to wait is over", "  = help: `copylint jobs wait` takes it up again",
      ]
    case .lost(let error): return ["job \(shown(jobArn)) cannot be followed: \(Escaping.visible(error.description))"]
    }
  }

  private static func shown(_ text: String) -> String { Escaping.quoted(ByteString(text)) }
}
