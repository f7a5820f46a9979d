import Dispatch
import Synchronization

/// Has a gate's decision log stand in for an fsync of each of the journal's transactions.
///
/// Both are written before a call leaves, and two fsyncs at one time take half as long again as one, where a disk is shared
/// much longer. The line of the decision holds all that the intent does, so that only the log's fsync is waited for: what
/// the journal loses where the machine stops it gets back from there (`Journal.recover`). The end of the process loses
/// neither. Where a mask hides some of it, or nobody could see whether this gate lives (`GateLock`), each transaction waits
/// for the disk.
final class JournalReliance: Sendable {
  private enum State {
    case none, asked
    case begun(RecoveryLog)
    case ended
  }

  private let journal: Journal
  private let log: DecisionLog
  private let writeAheadLog: WriteAheadLog
  private let writing: DelayedWork
  private let state = Mutex(State.none)

  /// So long what is written waits for more.
  private static let delay = DispatchTimeInterval.milliseconds(50)

  /// Begins nothing yet. The queue is one that may wait for the disk.
  init(of journal: Journal, on log: DecisionLog, writingOn disk: DispatchQueue) {
    (self.journal, self.log) = (journal, log)
    writing = DelayedWork(after: Self.delay, on: disk)
    writeAheadLog = WriteAheadLog(of: journal.path)
  }

  /// To be called when a decision is on disk: from the first one on, the log that the journal names has lines of this gate.
  /// The queue is the one that writes the journal, and `write` does so: see `renew`.
  func begin(on queue: DispatchQueue, writing write: @escaping @Sendable () -> Void) {
    let isFirst = state.withLock { state in
      guard case .none = state else { return false }
      state = .asked
      return true
    }
    if isFirst { queue.async { self.renew(writing: write) } }
  }

  /// Has the journal name the log as it is now: files of it that were moved away are missed where they are needed, and only
  /// there, and what has long been in the journal is not read again. To be called on the queue that writes the journal;
  /// `write` has it hold what the lines say that are on disk before.
  func renew(writing write: () -> Void) {
    let recovery = log.recovery
    write()
    guard let recovery, let boot = MachineBoot.id else { return }
    switch state.withLock({ $0 }) {
    case .none, .ended: return
    case .asked: rely(on: recovery, boot)
    case .begun(let known):
      guard recovery != known, (try? journal.rely(on: recovery, inPlaceOf: known, boot: boot)) != nil else { return }
      state.withLock { $0 = .begun(recovery) }
    }
  }

  private func rely(on recovery: RecoveryLog, _ boot: String) {
    do throws(JournalError) {
      try journal.rely(on: recovery, boot: boot)
      state.withLock { $0 = .begun(recovery) }
    } catch {
      // Transactions wait for the disk, and nobody is to need the log.
      try? journal.stopRelying(on: recovery)
      state.withLock { $0 = .ended }
    }
  }

  /// Has the system write soon what a transaction left to it, so that a checkpoint does not find seconds of it at once. An
  /// fsync would hold up the log's.
  func scheduleWriting() {
    guard case .begun = state.withLock({ $0 }) else { return }
    writing.schedule { self.writeAheadLog.beginWriting() }
  }

  /// The journal does without the log from now on. Where that fails, it goes on needing it. To be called on the queue that
  /// writes the journal.
  func end() {
    if case .begun(let recovery) = state.withLock({ $0 }) {
      guard (try? journal.stopRelying(on: recovery)) != nil else { return }
    }
    state.withLock { $0 = .ended }
  }
}
