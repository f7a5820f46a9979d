import Dispatch
import Synchronization

/// The journal as many calls at one time use it: what waits while SQLite writes goes into the next transaction together.
///
/// No call waits for the checkpoint, which brings what the write-ahead log holds into the database's own file: it follows
/// within `checkpointDelay`. A process that is killed before leaves it to the next one that opens the journal.
final class GateJournal: Sendable {
  /// An intent that is in the journal.
  struct Admission: Sendable {
    let entry: JournalEntry
    /// Whether this call wrote it: one that stood there before may have been sent by an earlier call.
    let isNew: Bool
  }

  private struct Waiting {
    let request: Journal.CallRequest
    let answer: CheckedContinuation<Result<Admission, JournalError>, Never>
  }

  private let journal: Journal
  private let waiting = Mutex<[Waiting]>([])
  private let queue = DispatchQueue(label: "copylint.journal")
  private let isCheckpointDue = Mutex(false)

  private static let checkpointDelay = DispatchTimeInterval.seconds(1)

  init(_ journal: Journal) { self.journal = journal }

  /// Writes the intent of a call down, or finds that of an earlier one with the same token.
  func admit(_ copy: LogicalCopy, _ details: Journal.Details) async throws(JournalError) -> Admission {
    try await perform(.admit(copy, details))
  }

  /// Writes down what became of it. What is not known stays open, and so does what an earlier call may have done.
  func settle(_ admission: Admission, _ outcome: GateOutcome, now: Int64) async throws(JournalError) {
    switch outcome.outcome {
    case .accepted, .acceptedBefore:
      _ = try await perform(.accept(admission.entry, jobArn: outcome.jobArn ?? "", now: now))
    case .rejected where admission.isNew: _ = try await perform(.reject(admission.entry, now: now))
    case .rejected, .unknown: return
    }
  }

  private func perform(_ request: Journal.CallRequest) async throws(JournalError) -> Admission {
    let result = await withCheckedContinuation { answer in
      let isFirst = waiting.withLock { waiting in
        waiting.append(Waiting(request: request, answer: answer))
        return waiting.count == 1
      }
      if isFirst { queue.async { self.writeAll() } }
    }
    return try result.get()
  }

  private func writeAll() {
    let batch = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for (item, result) in zip(batch, journal.perform(batch.map(\.request))) { item.answer.resume(returning: result) }
    scheduleCheckpoint()
  }

  private func scheduleCheckpoint() {
    let wasDue = isCheckpointDue.withLock { isDue in
      defer { isDue = true }
      return isDue
    }
    guard !wasDue else { return }
    queue.asyncAfter(deadline: .now() + Self.checkpointDelay) {
      self.isCheckpointDue.withLock { $0 = false }
      // What could not be copied is on disk all the same; the next one copies it too.
      try? self.journal.checkpoint()
    }
  }
}
