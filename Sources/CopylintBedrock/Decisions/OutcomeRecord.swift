import Copylint

/// What became of a request that was sent.
public struct OutcomeRecord: Sendable {
  /// What is known of the copy.
  public enum Outcome: String, Sendable {
    /// Bedrock answered 201.
    case accepted
    /// It had been accepted before, and was not sent again.
    case acceptedBefore
    /// It certainly had no effect.
    case rejected
    /// Nobody knows.
    case unknown
  }

  /// The decision's.
  public var id: String
  /// What is known.
  public var outcome: Outcome
  /// The token that travelled.
  public var token: String
  /// The job, where there is one.
  public var jobArn: String?
  /// What went wrong, without any secret.
  public var error: String?

  /// An outcome of these parts.
  public init(id: String, outcome: Outcome, token: String, jobArn: String? = nil, error: String? = nil) {
    self.id = id
    self.outcome = outcome
    self.token = token
    self.jobArn = jobArn
    self.error = error
  }
}

extension OutcomeRecord {
  func write(to writer: inout JSONWriter, masking masks: Set<MaskedField> = []) {
    writer.member("kind", "outcome")
    writer.member("id", id)
    writer.member("outcome", outcome.rawValue)
    writer.member("token", masks.shown(token, .token))
    writer.member("jobArn", ifPresent: jobArn.map { masks.shown($0, .jobArn) })
    writer.member("error", ifPresent: error.map { masks.shown($0, .error) })
  }
}
