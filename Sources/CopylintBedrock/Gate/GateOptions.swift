import BedrockClient
import Copylint

/// What a gate is made of.
public struct GateOptions: Sendable {
  /// The policy in force; asked anew for every call.
  public var policy: any GatePolicySource
  /// Who may call, by their keys.
  public var callers: any GateCallers
  /// Where calls go that may go.
  public var upstream: any GateUpstream
  /// The Regions that calls may go to; nil for every one that has the form of a Region's name.
  public var regions: Set<String>?
  /// Forward what the policy denies or leaves undetermined, and report it.
  public var isAuditOnly = false
  /// Forward requests of Bedrock's control plane other than model copy jobs that are no GET.
  public var allowsOtherOperations = false
  /// Where the gate listens.
  public var address = ListenAddress()
  /// Names besides those of loopback by which clients call the gate.
  public var hosts: Set<String> = []
  /// What one client and all clients together get.
  public var limits = ServerLimits()
  /// Intents and outcomes, shared with `submit`.
  public var journal: Journal
  /// Decisions and outcomes.
  public var log: DecisionLog
  /// The clocks.
  public var time: any TimeSource = SystemTimeSource()
  /// The date to judge by; nil takes the clock's in UTC.
  public var today: CalendarDate?
  /// Draws the ids of decisions.
  public var newID: @Sendable () -> String = RandomID.draw
  /// Hears of everything that happens to a call.
  public var onEvent: @Sendable (GateEvent) -> Void = { _ in }
  /// Hears of every transaction of the journal how long it took, with its fsync.
  public var onCommit: @Sendable (Duration) -> Void = { _ in }
  /// Hears of every connection that is taken, and of its end.
  public var onConnection: @Sendable (_ isOpen: Bool) -> Void = { _ in }
  /// What a caller is told whose signature is not accepted, after why: which keys the gate knows.
  public var signatureAdvice = "sign with credentials that the gate knows"
  /// Answers `/-/…`, which needs no signature; nil has no such paths.
  public var management: (any HTTPHandler)?

  /// A gate of these parts, with the defaults for the rest.
  public init(
    policy: any GatePolicySource, callers: any GateCallers, upstream: any GateUpstream, journal: Journal,
    log: DecisionLog
  ) {
    self.policy = policy
    self.callers = callers
    self.upstream = upstream
    self.journal = journal
    self.log = log
  }
}

/// The policy that a gate asks.
public protocol GatePolicySource: Sendable {
  /// The last one that could be loaded.
  var current: CallPolicy { get }
}

/// One policy for as long as the gate runs.
public struct FixedPolicy: GatePolicySource {
  /// The policy.
  public let current: CallPolicy

  /// A source of this policy.
  public init(_ policy: CallPolicy) { current = policy }
}

/// Who may call a gate.
public protocol GateCallers: Sendable {
  /// The credentials that requests with this key id may be signed with: several where a session token was renewed.
  func credentials(of accessKeyID: String) -> [AWSCredentials]
}

/// Callers with keys that stay.
public struct FixedCallers: GateCallers {
  private let credentials: [ByteString: [AWSCredentials]]

  /// Callers with these keys.
  public init(_ credentials: [AWSCredentials]) {
    self.credentials = Dictionary(grouping: credentials) { ByteString($0.accessKeyID) }
  }

  /// Those of the key id.
  public func credentials(of accessKeyID: String) -> [AWSCredentials] {
    credentials[ByteString(accessKeyID)] ?? []
  }
}
