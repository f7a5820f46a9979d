import Copylint
import Dispatch
import Synchronization

/// Brings lines to the disk for many at once: whatever waits while one batch is written is the next batch.
final class LogWriter: Sendable {
  /// The largest write, unless one line is larger; bytes.
  private static let maxBatchBytes = 1 << 20
  /// What may wait; bytes. Beyond it lines are refused, not kept.
  static let maxWaitingBytes = 32 << 20
  /// The largest object; bytes.
  static let maxObjectBytes = 4 << 20

  typealias Completion = @Sendable (DecisionLogError?) -> Void

  private struct Line {
    var object: [UInt8]
    var completion: Completion
  }

  private struct Waiting {
    /// Oldest first.
    var lines: [Line] = []
    var bytes = 0
    var isWriting = false
    /// How many lines the queue waits for before it goes on; 0 when it does not wait.
    var wanted = 0
  }

  private let waiting = Mutex(Waiting())
  /// Held by the queue alone while it writes.
  private let output: Mutex<LogOutput>
  private let confirmedHead = Mutex<ChainHead?>(nil)
  private let isGathered = DispatchSemaphore(value: 0)
  private let path: String
  // A queue of its own: its thread waits for the disk, and none of Swift's few does.
  private let queue = DispatchQueue(label: "copylint.decision-log")

  init(_ output: sending LogOutput) {
    path = output.path
    self.output = Mutex(output)
  }

  /// The last line that is on disk.
  var head: ChainHead? { confirmedHead.withLock { $0 } }

  /// How many lines wait for the next write.
  var waitingCount: Int { waiting.withLock { $0.lines.count } }

  /// Returns when the object is on disk, as a line.
  func append(_ object: [UInt8]) async throws(DecisionLogError) {
    let failure = await withCheckedContinuation { continuation in
      enqueue(object) { continuation.resume(returning: $0) }
    }
    if let failure { throw failure }
  }

  /// The same; blocks the thread.
  func append(_ object: [UInt8]) throws(DecisionLogError) {
    let answer = Answer()
    enqueue(object) { answer.give($0) }
    if let failure = answer.wait() { throw failure }
  }

  /// See `DecisionLog.reopen`.
  func reopen() async throws(DecisionLogError) {
    let failure = await withCheckedContinuation { continuation in
      queue.async {
        let failure = self.output.withLock { $0.reopen() }
        continuation.resume(returning: failure)
      }
    }
    if let failure { throw failure }
  }

  /// Calls the completion, from any thread, when the object is on disk, as a line, or why it is not.
  func enqueue(_ object: [UInt8], _ completion: @escaping Completion) {
    guard object.count <= Self.maxObjectBytes else {
      return completion(DecisionLogError(path: path, reason: "a line is larger than \(Self.maxObjectBytes) bytes"))
    }
    let (isTaken, starts) = waiting.withLock { waiting -> (Bool, Bool) in
      guard waiting.bytes + object.count <= Self.maxWaitingBytes else { return (false, false) }
      waiting.lines.append(Line(object: object, completion: completion))
      waiting.bytes += object.count
      if waiting.wanted > 0, waiting.lines.count >= waiting.wanted {
        waiting.wanted = 0
        isGathered.signal()
      }
      defer { waiting.isWriting = true }
      return (true, !waiting.isWriting)
    }
    guard isTaken else {
      return completion(DecisionLogError(path: path, reason: "the disk is too slow for the lines that wait"))
    }
    if starts { queue.async { self.writeAll() } }
  }

  private func writeAll() {
    while let batch = nextBatch() {
      let start = DispatchTime.now().uptimeNanoseconds
      let failure = output.withLock { output in
        let failure = output.append(batch.map(\.object))
        confirmedHead.withLock { $0 = output.head ?? $0 }
        return failure
      }
      let nanoseconds = DispatchTime.now().uptimeNanoseconds - start
      for line in batch { line.completion(failure) }
      if batch.count > 1 { gather(batch.count, within: .nanoseconds(Int(nanoseconds / 4))) }
    }
  }

  /// Lets those that were just answered come back with their next lines: the first of them alone would cost all others a
  /// whole turn of the disk. At most so long.
  private func gather(_ count: Int, within time: DispatchTimeInterval) {
    let mustWait = waiting.withLock { waiting in
      waiting.wanted = waiting.lines.count < count ? count : 0
      return waiting.wanted > 0
    }
    guard mustWait, isGathered.wait(timeout: .now() + time) == .timedOut else { return }
    let wasSignalled = waiting.withLock { waiting in
      defer { waiting.wanted = 0 }
      return waiting.wanted == 0
    }
    // The last one came just when the time was over.
    if wasSignalled { isGathered.wait() }
  }

  /// What is written next; nil when nothing waits, and then the next line starts the writing again.
  private func nextBatch() -> [Line]? {
    waiting.withLock { waiting in
      var bytes = 0
      let count = waiting.lines.prefix { line in
        bytes += line.object.count
        return bytes <= Self.maxBatchBytes || bytes == line.object.count
      }.count
      guard count > 0 else {
        waiting.isWriting = false
        return nil
      }
      let batch = Array(waiting.lines[..<count])
      waiting.lines.removeFirst(count)
      waiting.bytes -= batch.reduce(0) { $0 + $1.object.count }
      return batch
    }
  }

  /// What a thread waits for.
  private final class Answer: Sendable {
    private let failure = Mutex<DecisionLogError?>(nil)
    private let given = DispatchSemaphore(value: 0)

    func give(_ failure: DecisionLogError?) {
      self.failure.withLock { $0 = failure }
      given.signal()
    }

    func wait() -> DecisionLogError? {
      given.wait()
      return failure.withLock { $0 }
    }
  }
}
