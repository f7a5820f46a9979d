import Copylint
import Dispatch
import Synchronization

/// Writes lines for many at once. A line is with the system when its write returns, so that no end of this process loses
/// it; those that wait for the disk wait together.
final class LogWriter: Sendable {
  /// The largest object; bytes.
  static let maxObjectBytes = 4 << 20
  /// When lines that nobody waits for are brought to the disk.
  private static let delay = DispatchTimeInterval.milliseconds(10)
  /// How long the disk may take before nobody goes on without it; nanoseconds.
  private static let patience: UInt64 = 1_000_000_000

  typealias Completion = @Sendable (DecisionLogError?) -> Void

  /// When a line is brought to the disk.
  enum Urgency {
    /// At once: somebody waits for it.
    case now
    /// Within some milliseconds, unless something that is written after it is sooner.
    case soon
  }

  private struct State {
    var output: LogOutput
    /// How many lines were written, and how many of them are on disk, or do not count.
    var written = 0
    var settled = 0
    /// Who waits for which line, in their order.
    var waiting: [(number: Int, completion: Completion)] = []
    /// Whether lines do not count at the moment: the last write or fsync failed.
    var isInterrupted = false
    /// Whether lines are being brought to the disk until nobody waits.
    var isServing = false
    /// Whether they will be soon.
    var isDue = false
    /// When the fsync began that is under way, by the clock of `DispatchTime`.
    var began: UInt64?
  }

  private let state: Mutex<State>
  /// Held by the one who waits for the disk.
  private let disk = Mutex(())
  private let path: String
  private let onInterruption: @Sendable (DecisionLogError) -> Void
  // A queue of its own: its thread waits for the disk, and none of Swift's few does.
  private let queue = DispatchQueue(label: "copylint.decision-log")

  /// `onInterruption` is told once, until lines count again, why they do not.
  init(
    _ output: sending LogOutput, onInterruption: @escaping @Sendable (DecisionLogError) -> Void = { _ in }
  ) {
    path = output.path
    state = Mutex(State(output: output))
    self.onInterruption = onInterruption
  }

  /// The last line that is on disk.
  var head: ChainHead? { state.withLock { $0.output.head } }

  /// How many lines are written and not on disk yet.
  var waitingCount: Int { state.withLock { $0.written - $0.settled } }

  /// Returns when the object is on disk, as a line.
  func append(_ object: [UInt8]) async throws(DecisionLogError) {
    let failure = await withCheckedContinuation { continuation in
      enqueue(object) { continuation.resume(returning: $0) }
    }
    if let failure { throw failure }
  }

  /// Calls the completion, from any thread and without blocking it, when the object is on disk, as a line, or why it does
  /// not count.
  func enqueue(_ object: [UInt8], _ completion: @escaping Completion) {
    do throws(DecisionLogError) {
      try write(object, .now, completion)
    } catch {
      completion(error)
    }
  }

  /// Whether nothing speaks against going on before a line is on disk: the last write and fsync had success, and none
  /// takes very long.
  var isSound: Bool {
    state.withLock { state in
      guard !state.isInterrupted else { return false }
      return state.began.map { DispatchTime.now().uptimeNanoseconds - $0 < Self.patience } ?? true
    }
  }

  /// Writes the object, as a line. The completion is called, from any thread, when it is on disk, or why it does not count
  /// after all; not where this throws, for then it does not.
  func write(_ object: [UInt8], _ urgency: Urgency, _ completion: Completion? = nil) throws(DecisionLogError) {
    guard object.count <= Self.maxObjectBytes else {
      throw DecisionLogError(path: path, reason: "a line is larger than \(Self.maxObjectBytes) bytes")
    }
    var ended = Ended()
    let failure = state.withLock { state -> DecisionLogError? in
      do throws(LogFile.Failure) {
        try state.output.write(object)
      } catch {
        ended = Self.interrupt(&state, error.error, all: !error.isUndone)
        return error.error
      }
      state.written += 1
      schedule(urgency, &state)
      if let completion { state.waiting.append((state.written, completion)) }
      return nil
    }
    tell(ended)
    if let failure { throw failure }
  }

  /// What a line is said to lack of which nothing is known: it must not count.
  var unsettled: DecisionLogError { DecisionLogError(path: path, reason: "a line was not brought to the disk") }

  /// See `DecisionLog.reopen`.
  func reopen() throws(DecisionLogError) {
    if let failure = state.withLock({ $0.output.reopen() }) { throw failure }
  }

  // MARK: The disk

  private func schedule(_ urgency: Urgency, _ state: inout State) {
    switch urgency {
    case .now where !state.isServing:
      state.isServing = true
      queue.async { self.serve() }
    case .soon where !state.isDue:
      state.isDue = true
      queue.asyncAfter(deadline: .now() + Self.delay) {
        self.state.withLock { $0.isDue = false }
        self.synchronise()
      }
    case .now, .soon: break
    }
  }

  private func serve() {
    repeat {
      synchronise()
    } while state.withLock { state in
      state.isServing = !state.waiting.isEmpty
      return state.isServing
    }
  }

  /// Calls back when all is on disk that was written before, or does not count.
  func whenSynchronised(_ completion: @escaping @Sendable () -> Void) {
    queue.async {
      self.synchronise()
      completion()
    }
  }

  /// Returns when all is on disk that was written before, or does not count. Blocks the thread.
  func synchronise() {
    let written = state.withLock { $0.written }
    disk.withLock { _ in
      let turn = state.withLock { state -> (LogOutput.Turn, written: Int)? in
        // Somebody else's fsync was enough.
        guard state.settled < written else { return nil }
        state.began = DispatchTime.now().uptimeNanoseconds
        return (state.output.turn, state.written)
      }
      guard let turn else { return }
      let failure = turn.0.run()
      // INVARIANT: when the next one has the disk, all that this turn settled was told.
      tell(state.withLock { Self.end(&$0, turn.0, turn.written, failure) })
    }
  }

  /// Who is to be told what, once the state is free.
  private struct Ended {
    var completions: ArraySlice<(number: Int, completion: Completion)> = []
    var failure: DecisionLogError?
    /// Whether it is the first one.
    var isNews = false
  }

  private static func end(
    _ state: inout State, _ turn: LogOutput.Turn, _ written: Int, _ failure: DecisionLogError?
  ) -> Ended {
    state.began = nil
    if let failure {
      state.output.fail(failure)
      return interrupt(&state, failure, all: true)
    }
    // Where a write failed meanwhile so that nothing counts, they were told so.
    guard state.output.confirm(turn) else { return Ended() }
    state.settled = written
    state.isInterrupted = false
    let completions = state.waiting.prefix { $0.number <= written }
    state.waiting.removeFirst(completions.count)
    return Ended(completions: completions)
  }

  /// Lines do not count: the one that failed, or all that are not on disk.
  private static func interrupt(_ state: inout State, _ failure: DecisionLogError, all: Bool) -> Ended {
    var ended = Ended(failure: failure, isNews: !state.isInterrupted)
    state.isInterrupted = true
    guard all else { return ended }
    ended.completions = state.waiting[...]
    state.waiting = []
    state.settled = state.written
    return ended
  }

  private func tell(_ ended: Ended) {
    if ended.isNews, let failure = ended.failure { onInterruption(failure) }
    for item in ended.completions { item.completion(ended.failure) }
  }
}
