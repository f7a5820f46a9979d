import Synchronization

/// A line that was taken, and is on disk after `synchronise`.
final class WrittenLine: Sendable {
  private enum State {
    case taken
    case settled(DecisionLogError?)
  }

  private let state = Mutex(State.taken)
  private let writer: LogWriter

  init(_ writer: LogWriter) { self.writer = writer }

  func settle(_ failure: DecisionLogError?) { state.withLock { $0 = .settled(failure) } }

  /// Returns when it is on disk, with all that was taken before; why it does not count, where it does not. Blocks the
  /// thread.
  func synchronise() -> DecisionLogError? {
    writer.synchronise()
    // INVARIANT: a turn of the disk settles all lines that were taken before it.
    return state.withLock { if case .settled(let failure) = $0 { failure } else { writer.unsettled } }
  }
}
