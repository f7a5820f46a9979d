import Synchronization

/// A line on its way to the disk. One task waits for it.
final class PendingLine: Sendable {
  private enum State {
    case writing
    case awaited(CheckedContinuation<DecisionLogError?, Never>)
    case done(DecisionLogError?)
  }

  private let state = Mutex(State.writing)

  /// Why it is not on disk; nil when it is.
  func failure() async -> DecisionLogError? {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state -> Bool in
        if case .done = state { return true }
        state = .awaited(continuation)
        return false
      }
      if isDone { continuation.resume(returning: result) }
    }
  }

  private var result: DecisionLogError? {
    state.withLock { if case .done(let failure) = $0 { failure } else { nil } }
  }

  func finish(_ failure: DecisionLogError?) {
    let waiting = state.withLock { state -> CheckedContinuation<DecisionLogError?, Never>? in
      defer { state = .done(failure) }
      if case .awaited(let continuation) = state { return continuation }
      return nil
    }
    waiting?.resume(returning: failure)
  }
}
