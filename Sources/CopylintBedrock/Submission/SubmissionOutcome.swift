import BedrockClient

/// What became of one submission.
public enum SubmissionOutcome: Sendable {
  /// Bedrock answered 201 to this one, or was found to have accepted an earlier attempt at it.
  case accepted(jobArn: String, token: String)
  /// The copy was accepted before; nothing was sent.
  case acceptedBefore(jobArn: String)
  /// It certainly had no effect.
  case rejected(BedrockError)
  /// It may have been accepted; the next run goes on with the same token.
  case unknown(BedrockError, token: String)
  /// The journal stopped it; nothing was sent.
  case stoppedByJournal(JournalError)
  /// The decision log stopped it; nothing was sent.
  case stoppedByLog(DecisionLogError)
  /// It was accepted, and that could not be written down.
  case acceptedUnrecorded(jobArn: String, JournalError)
}

extension SubmissionOutcome {
  /// The job, where there is one.
  public var jobArn: String? {
    switch self {
    case .accepted(let jobArn, _), .acceptedBefore(let jobArn), .acceptedUnrecorded(let jobArn, _): jobArn
    case .rejected, .unknown, .stoppedByJournal, .stoppedByLog: nil
    }
  }
}
