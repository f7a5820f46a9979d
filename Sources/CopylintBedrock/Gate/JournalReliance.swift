import Dispatch
import Synchronization

/// Has a gate's decision log stand in for an fsync of each of the journal's transactions.
///
/// Both are written before a call leaves, and two fsyncs at one time take half as long again as one, where a disk is shared
/// much longer. The line of the decision holds all that the intent does, so that only the log's fsync is waited for: what
/// the journal loses where the machine stops it gets back from there (`Journal.recover`). The end of the process loses
/// neither. Where a mask hides some of it, each transaction waits for the disk.
final class JournalReliance: Sendable {
  private enum State {
    case none, asked
    case begun(RecoveryLog)
  }

  private let journal: Journal
  private let log: DecisionLog
  private let writeAheadLog: WriteAheadLog
  private let disk: DispatchQueue
  private let state = Mutex(State.none)
  private let isWritingDue = Mutex(false)

  /// So long what is written waits for more.
  private static let delay = DispatchTimeInterval.milliseconds(50)

  /// Begins nothing yet. The queue is one that may wait for the disk.
  init(of journal: Journal, on log: DecisionLog, writingOn disk: DispatchQueue) {
    (self.journal, self.log, self.disk) = (journal, log, disk)
    writeAheadLog = WriteAheadLog(of: journal.path)
  }

  /// To be called when a decision is on disk: from the first one on, the log that the journal names has lines of this gate.
  /// The queue is the one that writes the journal.
  func begin(on queue: DispatchQueue) {
    let isFirst = state.withLock { state in
      guard case .none = state else { return false }
      state = .asked
      return true
    }
    guard isFirst, let recovery = log.recovery, let boot = MachineBoot.id else { return }
    queue.async {
      // Where it cannot be, transactions wait for the disk.
      guard (try? self.journal.rely(on: recovery, boot: boot)) != nil else { return }
      self.state.withLock { $0 = .begun(recovery) }
    }
  }

  /// Has the system write soon what a transaction left to it, so that a checkpoint does not find seconds of it at once. An
  /// fsync would hold up the log's.
  func scheduleWriting() {
    guard case .begun = state.withLock({ $0 }) else { return }
    let wasDue = isWritingDue.withLock { isDue in
      defer { isDue = true }
      return isDue
    }
    guard !wasDue else { return }
    disk.asyncAfter(deadline: .now() + Self.delay) {
      self.isWritingDue.withLock { $0 = false }
      self.writeAheadLog.beginWriting()
    }
  }

  /// The journal does without the log from now on. Where that fails, it goes on needing it.
  func end() {
    guard case .begun(let recovery) = state.withLock({ $0 }) else { return }
    guard (try? journal.stopRelying(on: recovery)) != nil else { return }
    state.withLock { $0 = .asked }
  }
}
