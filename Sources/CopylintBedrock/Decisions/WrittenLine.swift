/// A line that is written, to be brought to the disk.
final class WrittenLine: Sendable {
  private let end = Pending<Result<Void, DecisionLogError>>()
  private let writer: LogWriter

  init(_ writer: LogWriter) { self.writer = writer }

  func settle(_ failure: DecisionLogError?) { end.fulfil(failure.map(Result.failure) ?? .success(())) }

  /// Begins to bring it to the disk.
  func begin() { writer.serve() }

  /// Calls back once it is on disk, or with why it does not count; at once where that is known. To be called once.
  func whenSettled(_ completion: @escaping LogWriter.Completion) {
    end.whenFulfilled { end in
      switch end {
      case .success: completion(nil)
      case .failure(let failure): completion(failure)
      }
    }
  }

  /// Returns when it is on disk, with all that was taken before; why it does not count, where it does not. Blocks the
  /// thread.
  func synchronise() -> DecisionLogError? {
    writer.synchronise()
    switch end.value {
    case .success: return nil
    case .failure(let failure): return failure
    // INVARIANT: a turn of the disk settles all lines that were taken before it.
    case nil: return writer.unsettled
    }
  }
}
