import Synchronization

/// A line on its way to the disk.
final class WrittenLine: Sendable {
  typealias Completion = @Sendable (DecisionLogError?) -> Void

  private enum State {
    case taken
    case awaited(Completion)
    case settled(DecisionLogError?)
  }

  private let state = Mutex(State.taken)
  private let writer: LogWriter

  init(_ writer: LogWriter) { self.writer = writer }

  func settle(_ failure: DecisionLogError?) {
    let completion = state.withLock { state -> Completion? in
      defer { state = .settled(failure) }
      if case .awaited(let completion) = state { return completion }
      return nil
    }
    completion?(failure)
  }

  /// Calls back once it is on disk, or with why it does not count; at once where that is known. To be called once.
  func whenSettled(_ completion: @escaping Completion) {
    let failure = state.withLock { state -> DecisionLogError?? in
      if case .settled(let failure) = state { return .some(failure) }
      state = .awaited(completion)
      return nil
    }
    if let failure { completion(failure) }
  }

  /// Returns when it is on disk, with all that was taken before; why it does not count, where it does not. Blocks the
  /// thread.
  func synchronise() -> DecisionLogError? {
    writer.synchronise()
    // INVARIANT: a turn of the disk settles all lines that were taken before it.
    return state.withLock { if case .settled(let failure) = $0 { failure } else { writer.unsettled } }
  }
}
