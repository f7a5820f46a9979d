import BedrockClient
import Copylint

/// What happens in a run of `submit`, in this order, for whoever shows it.
public enum SubmissionEvent: Sendable {
  /// The run cannot go on, and why; nothing more is sent.
  case stopped([Diagnostic])
  /// What the rules say of every request, before the first is sent.
  case judged([Report.Request], packs: [Report.Pack])
  /// A request as it would be sent, in a dry run.
  case wouldSend(HTTPRequest, Report.Request, hasToken: Bool)
  /// What became of one.
  case submitted(Report.Request, region: String, SubmissionOutcome)
  /// A job that is being followed.
  case progress(jobArn: String, ModelCopyJobStatus, elapsed: Duration)
  /// How a job ended.
  case ended(jobArn: String, JobWaiter.End)
  /// Requests that were not sent because an earlier one failed.
  case left(Int)
}
