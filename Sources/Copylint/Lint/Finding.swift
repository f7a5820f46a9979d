/// How much a finding weighs. Only an error denies a request.
public enum Severity: String, CaseIterable, Comparable, Sendable {
  /// Worth knowing.
  case info
  /// Worth mending; does not deny.
  case warning
  /// Denies the request.
  case error

  /// Whether one weighs less.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// What one rule says of one request. Not applicable is not pass, and unknown is not pass.
public enum RuleVerdict: String, CaseIterable, Sendable {
  case pass
  case fail
  case notApplicable
  case unknown
}

/// What all rules together say of one request.
public enum RequestVerdict: String, CaseIterable, Sendable {
  /// Every rule passed or does not apply, as far as errors go.
  case compliant
  /// A rule of error severity failed.
  case denied
  /// No error failed, but one could not be decided.
  case undetermined
  /// The input is not a request at all.
  case unreadable
}

/// What is wrong with one request, by one rule, at one place.
public struct Finding: Sendable {
  /// Whether the rule failed or could not be decided.
  public enum Verdict: String, Sendable {
    case fail
    case unknown
  }

  /// Whether somebody answers for it.
  public enum Status: String, Sendable {
    /// It counts.
    case open
    /// A waiver in force covers it.
    case waived
    /// It stands in the baseline.
    case known
  }

  /// The rule, `pack/id`.
  public var rule: String
  /// The rule's kind; `request` for the reserved findings.
  public var kind: String
  /// How much it weighs.
  public var severity: Severity
  /// Whether the rule failed or could not be decided.
  public var verdict: Verdict
  /// Whether somebody answers for it.
  public var status: Status
  /// What is wrong.
  public var message: String
  /// What to do, apart from what is wrong.
  public var help: String?
  /// The address within the file of the element it is about, or of the object that lacks it.
  public var pointer: JSONPointer
  /// The bytes it is about.
  public var place: Place
  /// What it is recognised by: not its line.
  var identity: Fingerprint
  /// Control ids of the rule, as the pack gives them.
  public var controls: [String]
  /// Who answers for the policy: pack name, version and owner. Nil for the reserved findings.
  public var policy: String?
  /// The waiver that covers it; nil unless `status` is `waived`.
  public var waiver: AppliedWaiver?
  /// What would mend it, where an edit can.
  public var fix: Fix?
  /// What would seem to mend it and is not offered, with why; nil where there is nothing to say.
  public var declinedFix: String?
  /// The member or tag key it is about.
  public var subject: ByteString = ""
  /// The value that is wrong; nil where something is missing, or no single value is.
  public var value: ByteString?
  /// Whether a waiver or a baseline may answer for it: not what cannot be decided, not the reserved findings, and not
  /// those of a rule that says so.
  public var isWaivable = false

  /// SHA-256 in hexadecimal over what identifies the finding: not its line. Worked out anew each time.
  public var fingerprint: String { identity.text }
}

/// Who answers for a waived finding, as the waiver's entry has it.
public struct AppliedWaiver: Sendable, Equatable {
  /// Why the finding may stand.
  public var reason: ByteString
  /// Who answers for it.
  public var owner: ByteString
  /// Where it is discussed.
  public var ticket: ByteString
  /// The last day it holds, in UTC.
  public var expires: CalendarDate

  /// A waiver in force.
  public init(reason: ByteString, owner: ByteString, ticket: ByteString, expires: CalendarDate) {
    self.reason = reason
    self.owner = owner
    self.ticket = ticket
    self.expires = expires
  }
}
