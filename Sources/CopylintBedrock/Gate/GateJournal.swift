import Dispatch
import Synchronization

/// Journal and log as many calls at one time use them: what waits while SQLite writes goes into the next transaction
/// together. The lines of what was decided, and of what became of it, go to the disk meanwhile.
///
/// A call waits for one fsync, the log's: see `JournalReliance`.
///
/// The checkpoint brings what the write-ahead log holds into the database's own file: within `checkpointDelay`, and before
/// a gate ends. It disturbs the disk, so that it is not done more often. No call waits for it but for its very end: where
/// all is copied, the write-ahead log begins anew, and what is written over what it held reaches the disk sooner than what
/// makes it longer. A process that is killed leaves the checkpoint to the next one that opens the journal.
final class GateJournal: Sendable {
  /// An intent that is in the journal.
  struct Admission: Sendable {
    let entry: JournalEntry
    /// Whether this call wrote it: one that stood there before may have been sent by an earlier call.
    let isNew: Bool
  }

  /// Why a call may not leave.
  enum Refusal: Error {
    case journal(JournalError)
    case log(DecisionLogError)
  }

  /// What comes of asking for one.
  typealias Answer = Pending<Result<Admission, Refusal>>

  private struct Item {
    let request: Journal.CallRequest
    /// For an admission: the line of its decision, and what waits for both.
    var awaited: (line: WaitingLine, answer: Answer)?
  }

  private struct Waiting {
    var items: [Item] = []
    /// Whether they will be written at once.
    var isUrgent = false
    /// When those have to be written that nobody waits for.
    var deadline = Deadline(after: GateJournal.delay)
  }

  private let journal: Journal
  private let log: DecisionLog
  private let checkpoints: JournalCheckpoints
  private let onCommit: @Sendable (Duration) -> Void
  private let waiting = Mutex(Waiting())
  // Of another class than the decision log's: of two threads that one class has to wake, the first one wakes the second.
  private let queue = DispatchQueue(label: "copylint.journal", qos: .userInitiated)
  private let copying: DelayedWork
  private let reliance: JournalReliance

  /// How long an outcome waits for other calls, to be written with their intents.
  private static let delay = DispatchTimeInterval.milliseconds(10)
  private static let checkpointDelay = DispatchTimeInterval.seconds(5)
  /// Pages of the write-ahead log beyond which calls also wait for other processes, until nothing is left to copy.
  private static let maxPages = 16384

  /// `onCommit` is told of every transaction how long it took.
  init(_ journal: Journal, _ log: DecisionLog, onCommit: @escaping @Sendable (Duration) -> Void = { _ in }) {
    self.journal = journal
    self.log = log
    self.onCommit = onCommit
    checkpoints = journal.checkpoints
    let checkpointQueue = DispatchQueue(label: "copylint.journal-checkpoints")
    copying = DelayedWork(after: Self.checkpointDelay, on: checkpointQueue)
    reliance = JournalReliance(of: journal, on: log, writingOn: checkpointQueue)
  }

  /// Writes a decision and the intent of its call down, or finds the intent of an earlier call with the same token. Neither
  /// is lost any more when the answer is there. Throws where the log takes nothing more.
  func admit(
    _ copy: LogicalCopy, _ details: Journal.Details, _ decision: DecisionRecord
  ) throws(DecisionLogError) -> Answer {
    let answer = Answer()
    let line = log.object(decision)
    try enqueue { () throws(DecisionLogError) in
      Item(request: .admit(copy, details), awaited: (try log.take(line), answer))
    }
    return answer
  }

  /// Has it written down soon what became of a call. What is not known stays open in the journal, and so does what an
  /// earlier call may have done.
  func settle(_ admission: Admission, _ outcome: GateOutcome, now: Int64, _ record: OutcomeRecord) {
    switch outcome.outcome {
    case .accepted, .acceptedBefore:
      settle(record, .accept(admission.entry, jobArn: outcome.jobArn ?? "", now: now))
    case .rejected where admission.isNew: settle(record, .reject(admission.entry, now: now))
    case .rejected, .unknown: try? log.note(record)
    }
  }

  private func settle(_ record: OutcomeRecord, _ request: Journal.CallRequest) {
    let line = log.object(record)
    enqueue {
      _ = try? log.take(line)
      return Item(request: request)
    }
  }

  /// Returns when all is written down that was to be before.
  func finish() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.writeAll()
        continuation.resume()
      }
    }
  }

  /// Returns when nothing is left to copy either, and the journal does without the log.
  func close() async {
    await finish()
    await withCheckedContinuation { continuation in
      queue.async {
        self.reliance.end()
        try? self.journal.checkpoint()
        continuation.resume()
      }
    }
  }

  /// INVARIANT: what a line of the log says that was taken is in the journal, or waits. So both are done at one time; a line
  /// that is written on demand calls nobody back when it is taken.
  private func enqueue<Failure: Error>(_ take: () throws(Failure) -> Item) throws(Failure) {
    try waiting.withLock { waiting throws(Failure) in
      let item = try take()
      waiting.items.append(item)
      if item.awaited == nil {
        if let due = waiting.deadline.begin() { look(at: due) }
      } else if !waiting.isUrgent {
        waiting.isUrgent = true
        queue.async { self.writeAll() }
      }
    }
  }

  private func look(at time: DispatchTime) {
    queue.asyncAfter(deadline: time) {
      switch self.waiting.withLock({ $0.deadline.look() }) {
      case .nothing: return
      case .early(let due): self.look(at: due)
      case .due: self.writeAll()
      }
    }
  }

  private func writeAll() {
    let batch = waiting.withLock { waiting in
      defer { (waiting.items, waiting.isUrgent) = ([], false) }
      waiting.deadline.clear()
      return waiting.items
    }
    guard !batch.isEmpty else { return }
    log.serve()
    let start = ContinuousClock.now
    let results = journal.perform(batch.map(\.request))
    onCommit(ContinuousClock.now - start)
    for (item, result) in zip(batch, results) {
      guard let (line, answer) = item.awaited else { continue }
      line.whenSettled { failure in
        if failure == nil { self.reliance.begin(on: self.queue) { self.writeAll() } }
        answer.fulfil(self.admission(result, failure))
      }
    }
    copying.schedule { self.checkpoint() }
    reliance.scheduleWriting()
  }

  private func admission(
    _ result: Result<Admission, JournalError>, _ failure: DecisionLogError?
  ) -> Result<Admission, Refusal> {
    switch (result, failure) {
    case (.failure(let error), _): return .failure(.journal(error))
    case (.success(let admission), nil): return .success(admission)
    case (.success(let admission), .some(let failure)):
      // The call that this intent is of does not leave.
      if admission.isNew { enqueue { Item(request: .reject(admission.entry, now: admission.entry.createdAt)) } }
      return .failure(.log(failure))
    }
  }

  // MARK: Checkpoints

  /// What could not be copied is in the write-ahead log all the same; the next one copies it too.
  private func checkpoint() {
    // What came while the most was copied is little, and what came while that was is next to nothing.
    guard (try? checkpoints.copy()) != nil, let pages = try? checkpoints.copy() else { return }
    queue.async {
      self.reliance.renew { self.writeAll() }
      if pages > Self.maxPages { try? self.journal.checkpoint() } else { try? self.journal.copyRest() }
    }
  }
}
