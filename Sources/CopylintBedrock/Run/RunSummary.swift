import Copylint
import Synchronization

/// What became of the calls of one run.
package struct RunSummary: Sendable {
  /// The copies that were denied; of very many, the first ones.
  package private(set) var denied: [GateDecision] = []
  /// How many were denied.
  package private(set) var deniedCount = 0
  /// The copies that were sent, each with what became of it; of very many, the first ones.
  package private(set) var forwarded: [Copy] = []
  /// How many were let through, not counting repeated calls.
  package private(set) var forwardedCount = 0
  /// How many of those certainly never reached Bedrock.
  package private(set) var unsentCount = 0
  /// The calls that were refused; of very many, the first ones.
  package private(set) var refused: [GateRefusal] = []
  /// How many were refused.
  package private(set) var refusedCount = 0
  /// How many calls went on that make no copy.
  package private(set) var passedCount = 0

  /// A copy that was sent, once or, by the SDK's retries, several times.
  package struct Copy: Sendable {
    /// The decision on its last call.
    package fileprivate(set) var decision: GateDecision
    /// What is known of it.
    package fileprivate(set) var outcome: GateOutcome
    /// How many calls there were.
    package fileprivate(set) var attempts = 1

    /// Whether it certainly never reached Bedrock.
    package var isUnsent: Bool { outcome.isUnsent }
  }

  /// How much is told in detail of each: a command in a loop must not fill the memory.
  private static let details = 1000

  package init() {}

  /// Takes an event of the gate in.
  package mutating func take(_ event: GateEvent) {
    switch event {
    case .denied(let decision):
      deniedCount += 1
      if denied.count < Self.details { denied.append(decision) }
    case .forwarded(let decision, let outcome): take(decision, outcome)
    case .refused(let refusal):
      refusedCount += 1
      isTurnedAway = isTurnedAway || Self.isFinal(refusal.kind)
      if refused.count < Self.details { refused.append(refusal) }
    case .passed: passedCount += 1
    }
  }

  private mutating func take(_ decision: GateDecision, _ outcome: GateOutcome) {
    let call = decision.token.map { RepeatedCall(region: decision.region, token: $0) }
    if let call, let index = indexes[call] {
      unsentCount -= forwarded[index].isUnsent ? 1 : 0
      forwarded[index].attempts += 1
      forwarded[index].decision = decision
      forwarded[index].outcome = outcome.following(forwarded[index].outcome)
      unsentCount += forwarded[index].isUnsent ? 1 : 0
      return
    }
    forwardedCount += 1
    unsentCount += outcome.isUnsent ? 1 : 0
    guard forwarded.count < Self.details else { return }
    if let call { indexes[call] = forwarded.count }
    forwarded.append(Copy(decision: decision, outcome: outcome))
  }

  /// What a call has in common with the one that it repeats.
  private struct RepeatedCall: Hashable {
    let region: String
    let token: ByteString
  }

  private var indexes: [RepeatedCall: Int] = [:]

  /// The run's exit code: the command's, unless the gate turned something away.
  package func exitCode(_ status: CommandStatus) -> Int32 {
    deniedCount > 0 || isTurnedAway ? ExitCode.denied.rawValue : status.exitCode
  }

  private var isTurnedAway = false

  /// Whether a refusal is about what was asked for. After any other one a repeated call may have gone through.
  private static func isFinal(_ kind: GateRefusal.Kind) -> Bool {
    switch kind {
    case .body, .token, .region, .operation: true
    case .framing, .signature, .unable, .upstream: false
    }
  }
}

extension GateOutcome {
  /// Whether the call certainly never reached Bedrock: it was not answered, and had no effect.
  fileprivate var isUnsent: Bool { outcome == .rejected && status == nil }

  /// What is known of a copy after a repeated call: a rejection does not say that no call before was accepted.
  fileprivate func following(_ earlier: GateOutcome) -> GateOutcome {
    if isUnsent, earlier.outcome == .rejected { return earlier }
    switch (earlier.outcome, outcome) {
    case (_, .accepted), (_, .acceptedBefore), (.rejected, _), (.unknown, .unknown): return self
    case (.accepted, _), (.acceptedBefore, _): return earlier
    case (.unknown, .rejected):
      var result = self
      result.outcome = .unknown
      return result
    }
  }
}

/// A summary that grows while the gate runs.
package final class RunRecord: Sendable {
  private let state = Mutex(RunSummary())

  package init() {}

  /// What became of the calls so far.
  package var summary: RunSummary { state.withLock { $0 } }

  /// Takes an event of the gate in.
  package func take(_ event: GateEvent) { state.withLock { $0.take(event) } }
}
