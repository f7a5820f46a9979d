import Synchronization

/// A line that is written, and on disk after `synchronise`.
final class WrittenLine: Sendable {
  private enum State {
    case written
    case settled(DecisionLogError?)
  }

  private let state = Mutex(State.written)
  private let writer: LogWriter

  init(_ writer: LogWriter) { self.writer = writer }

  func settle(_ failure: DecisionLogError?) { state.withLock { $0 = .settled(failure) } }

  /// Returns when it is on disk, with all that was written before; why it does not count, where it does not. Blocks the
  /// thread.
  func synchronise() -> DecisionLogError? {
    writer.synchronise()
    // INVARIANT: a turn of the disk settles all lines that were written before it.
    return state.withLock { if case .settled(let failure) = $0 { failure } else { writer.unsettled } }
  }
}
