import BedrockClient
import Copylint

/// A run of `submit` as one JSON object, written at its end:
/// `{"version", "tool", "packs", "requests": […as in check…], "submissions": […], "errors": […]}`.
public struct SubmissionJSON: Sendable {
  private var packs: [Report.Pack] = []
  private var requests: [Report.Request] = []
  private var submissions: [(report: Report.Request, region: String, outcome: SubmissionOutcome)] = []
  private var dryRun: [(report: Report.Request, request: HTTPRequest, hasToken: Bool)] = []
  private var ends: [String: JobWaiter.End] = [:]
  private var errors: [Diagnostic] = []

  /// Nothing happened yet.
  public init() {}

  /// Takes an event in.
  public mutating func add(_ event: SubmissionEvent) {
    switch event {
    case .stopped(let diagnostics): errors += diagnostics
    case .judged(let requests, let packs): (self.requests, self.packs) = (requests, packs)
    case .wouldSend(let request, let report, let hasToken): dryRun.append((report, request, hasToken))
    case .submitted(let report, let region, let outcome): submissions.append((report, region, outcome))
    case .ended(let jobArn, let end): ends[jobArn] = end
    case .progress, .left: break
    }
  }

  /// The object, on one line.
  public func bytes() -> [UInt8] {
    var writer = JSONWriter()
    var requestJSON = RequestJSON(verbose: false)
    writer.object { writer in
      writer.member("version", 1)
      writer.member("tool", Version.tool)
      writer.key("packs")
      writer.array(packs) { ReportJSON.write($1, to: &$0) }
      writer.key("requests")
      writer.array { writer in for request in requests { requestJSON.write(request, to: &writer) } }
      writer.key("submissions")
      writer.array(submissions) { write($1, to: &$0) }
      if !dryRun.isEmpty {
        writer.key("wouldSend")
        writer.array(dryRun) { Self.write($1, to: &$0) }
      }
      writer.key("errors")
      writer.array(errors) { ReportJSON.write($1, to: &$0) }
    }
    return writer.bytes + [0x0A]
  }

  private func write(
    _ item: (report: Report.Request, region: String, outcome: SubmissionOutcome), to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("path", item.report.path)
      writer.member("line", item.report.line)
      writer.member("pointer", item.report.pointer.description)
      writer.member("region", item.region)
      writer.member("outcome", Self.word(item.outcome))
      writer.member("jobArn", ifPresent: item.outcome.jobArn)
      switch item.outcome {
      case .accepted(_, let token): writer.member("token", token)
      case .unknown(let error, let token):
        writer.member("token", token)
        Self.write(error, to: &writer)
      case .rejected(let error): Self.write(error, to: &writer)
      case .stoppedByJournal(let error), .acceptedUnrecorded(_, let error):
        writer.member("error") { $0.member("message", error.description) }
      case .stoppedByLog(let error): writer.member("error") { $0.member("message", error.reason) }
      case .acceptedBefore: break
      }
      if let end = item.outcome.jobArn.flatMap({ ends[$0] }) { Self.write(end, to: &writer) }
    }
  }

  private static func word(_ outcome: SubmissionOutcome) -> String {
    switch outcome {
    case .accepted: "accepted"
    case .acceptedBefore: "acceptedBefore"
    case .rejected: "rejected"
    case .unknown: "unknown"
    case .stoppedByJournal, .stoppedByLog: "notSent"
    case .acceptedUnrecorded: "acceptedUnrecorded"
    }
  }

  private static func write(_ error: BedrockError, to writer: inout JSONWriter) {
    writer.member("error") { writer in
      writer.member("message", error.description)
      guard let service = error.serviceError else { return }
      writer.member("code", service.code)
      writer.member("status", service.status)
      writer.member("requestId", ifPresent: service.requestID)
      writer.key("canRetry")
      writer.bool(service.canRetry)
    }
  }

  private static func write(_ end: JobWaiter.End, to writer: inout JSONWriter) {
    writer.member("job") { writer in
      switch end {
      case .completed(let job), .failed(let job):
        writer.member("status", job.status.rawValue)
        writer.member("targetModelArn", job.targetModelArn)
        writer.member("failureMessage", ifPresent: job.failureMessage)
      case .timedOut: writer.member("status", "timedOut")
      case .lost(let error):
        writer.member("status", "lost")
        Self.write(error, to: &writer)
      }
    }
  }

  private static func write(
    _ item: (report: Report.Request, request: HTTPRequest, hasToken: Bool), to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("path", item.report.path)
      writer.member("method", item.request.method)
      writer.member("url", item.request.url)
      writer.key("body")
      writer.raw(item.request.body)
      writer.key("tokenIsCommitted")
      writer.bool(item.hasToken)
    }
  }
}
