import Copylint

/// What happened to a call at the gate.
public enum GateEvent: Sendable {
  /// A copy was judged and not sent.
  case denied(GateDecision)
  /// A copy was judged and sent, or would not have been but for `isAuditOnly`.
  case forwarded(GateDecision, GateOutcome)
  /// A request that is no copy was sent on.
  case passed(GatePassage)
  /// A request was refused before it was judged, or could not be sent.
  case refused(GateRefusal)
}

/// A judged call.
public struct GateDecision: Sendable {
  /// Names the decision in the log and in what the caller is told.
  public var id: String
  /// What the rules say.
  public var report: Report.Request
  /// The Region that the call goes to.
  public var region: String
  /// The copy's name, where the request has one.
  public var targetModelName: ByteString?
  /// The last four characters of the caller's key id.
  public var keyID: String
  /// The caller's token, where the request has one: a repeated call has it again.
  public var token: ByteString?
  /// How long the gate itself took, without the upstream.
  public var duration: Duration

  /// Whether the policy lets it through.
  public var isCompliant: Bool { report.verdict == .compliant }
}

/// What became of a call that was sent.
public struct GateOutcome: Sendable {
  /// What is known of the copy.
  public var outcome: OutcomeRecord.Outcome
  /// The status that Bedrock answered; nil where no answer came.
  public var status: Int?
  /// The job, where there is one.
  public var jobArn: String?
  /// What went wrong, without any secret.
  public var error: String?
  /// How long the upstream took.
  public var duration: Duration
}

/// A request that is no copy, sent on.
public struct GatePassage: Sendable {
  /// Method and path, escaped.
  public var request: String
  /// The Region it went to.
  public var region: String
  /// The status that Bedrock answered; nil where no answer came.
  public var status: Int?
}

/// A request that went nowhere.
public struct GateRefusal: Sendable {
  /// Why, in general: a closed list, for counting.
  public enum Kind: String, Sendable, CaseIterable {
    /// Framing, headers or path that two readers could take for different things.
    case framing
    /// Unsigned, foreign-signed, too old, or signed for something else.
    case signature
    /// A Region that is none, or none of the configuration's.
    case region
    /// An operation that the gate does not let through.
    case operation
    /// A body in a form that is not judged, or no request at all.
    case body
    /// No token, or one that stands for another copy.
    case token
    /// Log or journal cannot be written, or the account is not known.
    case unable
    /// A request that is no copy did not reach Bedrock, or what came back cannot be passed on.
    case upstream
  }

  /// Why, in general.
  public var kind: Kind
  /// The status that the caller was answered.
  public var status: Int
  /// Why, in words, escaped.
  public var reason: String
}
