/// A line that waits to be brought to the disk.
final class WaitingLine: Sendable {
  private let end = Pending<DecisionLogError?>()
  private let writer: LogWriter

  init(_ writer: LogWriter) { self.writer = writer }

  func settle(_ failure: DecisionLogError?) { end.fulfil(failure) }

  /// Calls back once it is on disk, or with why it does not count; at once where that is known. To be called once.
  func whenSettled(_ completion: @escaping LogWriter.Completion) { end.whenFulfilled(completion) }

  /// Returns when it is on disk, with all that was taken before; why it does not count, where it does not. Blocks the
  /// thread.
  func synchronise() -> DecisionLogError? {
    writer.synchronise()
    // INVARIANT: a turn of the disk settles all lines that were taken before it.
    return end.value ?? writer.unsettled
  }
}
