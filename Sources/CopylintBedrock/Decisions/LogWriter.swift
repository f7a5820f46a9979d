import Copylint
import Dispatch
import Synchronization

/// Writes lines for many at once. What is written is with the system, so that no end of this process loses it; those that
/// wait for the disk wait together.
///
/// While an fsync is under way, or a full file is set aside, nothing is written: the system would hold up who writes. What
/// comes meanwhile is written when it ends, in one piece.
final class LogWriter: Sendable {
  /// The largest object; bytes.
  static let maxObjectBytes = 4 << 20
  /// What may wait for an fsync to end; bytes. Beyond it lines are refused, not kept.
  static let maxWaitingBytes = 32 << 20
  /// When lines that nobody waits for are brought to the disk.
  private static let delay = DispatchTimeInterval.milliseconds(10)

  typealias Completion = @Sendable (DecisionLogError?) -> Void

  /// How far a line has to be.
  enum Stage {
    /// With the system; on disk within some milliseconds.
    case written
    /// On disk.
    case synchronised
    /// The same, once somebody asks for it: by `serve` or `synchronise`. Nothing is written before.
    case synchronisedOnDemand
  }

  private struct Line {
    /// Nil for one that is there to have the interruption written down, and says nothing else.
    var object: [UInt8]?
    var stage: Stage
    var completion: Completion?
  }

  /// Why lines do not count at the moment, for those who must not wait until the system has taken a write.
  private final class Reason: Sendable {
    private let reason = Mutex<DecisionLogError?>(nil)

    var current: DecisionLogError? { reason.withLock { $0 } }

    func set(_ new: DecisionLogError?) { reason.withLock { $0 = new } }
  }

  private struct State {
    var output: LogOutput
    let reason: Reason
    /// What is to be written when the disk's turn ends that is under way, or next, oldest first.
    var pending: [Line] = []
    var pendingBytes = 0
    /// How many lines were taken, and how many of them are on disk, or do not count.
    var taken = 0
    var settled = 0
    /// Who waits for which line to be on disk, in their order.
    var waiting: [(number: Int, completion: Completion)] = []
    /// Why lines do not count at the moment: the last write, fsync or `reopen` failed.
    var interruption: DecisionLogError? { didSet { reason.set(interruption) } }
    var isInterrupted: Bool { interruption != nil }
    /// Whether an fsync is under way.
    var isSynchronising = false
    /// Whether lines are being brought to the disk until nobody waits.
    var isServing = false
    /// When those have to be there that nobody waits for.
    var deadline = Deadline(after: LogWriter.delay)

    /// How many lines were written, or do not count.
    var written: Int { taken - pending.count }
  }

  private let state: Mutex<State>
  private let reason = Reason()
  /// Held by the one who waits for the disk.
  private let disk = Mutex(())
  private let path: String
  private let onInterruption: @Sendable (DecisionLogError) -> Void
  private let onSynchronised: @Sendable (Duration) -> Void
  // A queue of its own: its thread waits for the disk, and none of Swift's few does.
  private let queue = DispatchQueue(label: "copylint.decision-log")

  /// `onInterruption` is told once, until lines count again, why they do not; `onSynchronised` of every turn of the disk how
  /// long it took.
  init(
    _ output: sending LogOutput, onInterruption: @escaping @Sendable (DecisionLogError) -> Void = { _ in },
    onSynchronised: @escaping @Sendable (Duration) -> Void = { _ in }
  ) {
    path = output.path
    state = Mutex(State(output: output, reason: reason))
    self.onInterruption = onInterruption
    self.onSynchronised = onSynchronised
  }

  /// The last line that is on disk.
  var head: ChainHead? { state.withLock { $0.output.head } }

  /// Why lines do not count at the moment; nil where they do. Waits for nobody.
  var interruption: DecisionLogError? { reason.current }

  /// How many lines were taken that are not on disk yet.
  var waitingCount: Int { state.withLock { $0.taken - $0.settled } }

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
      _ = try take(object, .synchronised, completion)
    } catch {
      completion(error)
    }
  }

  /// Takes the object, as a line; whether it is as far as asked for. If not, the completion is called when it is, or why
  /// it does not count; neither where this throws, for then it does not. Where lines do not count at the moment, a line has
  /// to be on disk in any case.
  func take(
    _ object: [UInt8], _ stage: Stage, _ completion: Completion? = nil
  ) throws(DecisionLogError) -> Bool {
    guard object.count <= Self.maxObjectBytes else {
      throw DecisionLogError(path: path, reason: "a line is larger than \(Self.maxObjectBytes) bytes")
    }
    return try take(Line(object: object, stage: stage, completion: completion))
  }

  /// Writes down that lines did not count, where they do not: once that is on disk they count again. Calls the completion
  /// then, or with why they still do not; from any thread and without blocking it.
  func retry(_ completion: @escaping Completion) {
    do throws(DecisionLogError) {
      _ = try take(Line(object: nil, stage: .synchronised, completion: completion))
    } catch {
      completion(error)
    }
  }

  private func take(_ line: Line) throws(DecisionLogError) -> Bool {
    var ended = Ended()
    let result = state.withLock { state -> Result<Bool, DecisionLogError> in
      var line = line
      if state.isInterrupted, line.stage == .written { line.stage = .synchronised }
      guard line.stage != .synchronisedOnDemand, !state.isSynchronising,
        state.output.hasRoom(for: (state.pending + [line]).compactMap(\.object))
      else { return keep(line, &state) }
      if let failure = writePending(and: line, &state, &ended) { return .failure(failure) }
      return .success(line.stage == .written)
    }
    tell(ended)
    return try result.get()
  }

  private func keep(_ line: Line, _ state: inout State) -> Result<Bool, DecisionLogError> {
    let count = line.object?.count ?? 0
    guard state.pendingBytes + count <= Self.maxWaitingBytes else {
      return .failure(DecisionLogError(path: path, reason: "the disk is too slow for the lines that wait"))
    }
    state.pendingBytes += count
    state.pending.append(line)
    state.taken += 1
    if !state.isSynchronising, line.stage != .synchronisedOnDemand { serveIfNeeded(&state) }
    return .success(false)
  }

  /// What a line is said to lack of which nothing is known: it must not count.
  var unsettled: DecisionLogError { DecisionLogError(path: path, reason: "a line was not brought to the disk") }

  /// See `DecisionLog.reopen`.
  func reopen() throws(DecisionLogError) {
    // Nobody sets the file aside meanwhile.
    let failure = disk.withLock { _ in
      state.withLock { state in
        let failure = state.output.reopen()
        if let failure { state.interruption = failure }
        return failure
      }
    }
    if let failure { throw failure }
  }

  // MARK: The file

  /// Writes lines, the first of which takes the next number.
  private func write(_ lines: [Line], _ state: inout State, _ ended: inout Ended) -> DecisionLogError? {
    do throws(LogFile.Failure) {
      try state.output.write(lines.compactMap(\.object))
    } catch {
      ended.add(Self.interrupt(&state, error.error, all: !error.isUndone))
      return error.error
    }
    for line in lines {
      state.taken += 1
      schedule(line.stage, &state)
      guard line.stage != .written, let completion = line.completion else { continue }
      state.waiting.append((state.taken, completion))
    }
    return nil
  }

  /// Writes what waits, and then a line that does not.
  @discardableResult
  private func writePending(
    and line: Line? = nil, _ state: inout State, _ ended: inout Ended
  ) -> DecisionLogError? {
    var lines = state.pending
    guard line != nil || !lines.isEmpty else { return nil }
    (state.pending, state.pendingBytes) = ([], 0)
    state.taken -= lines.count
    if state.isInterrupted {
      for index in lines.indices where lines[index].stage == .written { lines[index].stage = .synchronised }
    }
    let failure = write(line.map { lines + [$0] } ?? lines, &state, &ended)
    for case let completion? in lines.filter({ failure != nil || $0.stage == .written }).map(\.completion) {
      ended.told.append((completion, failure))
    }
    return failure
  }

  // MARK: The disk

  private func schedule(_ stage: Stage, _ state: inout State) {
    switch stage {
    case .synchronised: serveIfNeeded(&state)
    case .synchronisedOnDemand: break
    case .written: if let due = state.deadline.begin() { look(at: due) }
    }
  }

  private func look(at time: DispatchTime) {
    queue.asyncAfter(deadline: time) {
      switch self.state.withLock({ $0.deadline.look() }) {
      case .nothing: return
      case .early(let due): self.look(at: due)
      case .due: self.synchronise()
      }
    }
  }

  /// Begins to bring to the disk what waits for it.
  func serve() { state.withLock { serveIfNeeded(&$0) } }

  /// Writes what waits, where the file need not be set aside for it.
  private func writeWhatFits(_ state: inout State, _ ended: inout Ended) {
    if state.output.hasRoom(for: state.pending.compactMap(\.object)) { writePending(&state, &ended) }
  }

  private func serveIfNeeded(_ state: inout State) {
    guard !state.isServing else { return }
    state.isServing = true
    queue.async { self.serveAll() }
  }

  private func serveAll() {
    repeat {
      synchronise()
    } while state.withLock { state in
      state.isServing = !state.waiting.isEmpty || !state.pending.isEmpty
      return state.isServing
    }
  }

  /// Calls back when all is on disk that was taken before, or does not count.
  func whenSynchronised(_ completion: @escaping @Sendable () -> Void) {
    queue.async {
      self.synchronise()
      completion()
    }
  }

  /// Returns when all is on disk that was taken before, or does not count. Blocks the thread.
  func synchronise() {
    let taken = state.withLock { $0.taken }
    while takeTurn(for: taken) {}
  }

  /// Brings to the disk what is written, and writes what waited for that; whether lines up to that number are left.
  private func takeTurn(for number: Int) -> Bool {
    disk.withLock { _ in
      var ended = Ended()
      guard let turn = begin(for: number, &ended) else { return false }
      let failure = run(turn.output)
      ended.add(state.withLock { Self.end(&$0, turn.written, failure) })
      makeRoom()
      let isLeft = state.withLock { state in
        state.isSynchronising = false
        writePending(&state, &ended)
        return state.settled < min(number, state.taken)
      }
      // INVARIANT: when the next one has the disk, all that this turn settled was told.
      tell(ended)
      return isLeft
    }
  }

  private func run(_ turn: LogOutput.Turn) -> DecisionLogError? {
    guard !turn.isEmpty else { return nil }
    let start = ContinuousClock.now
    defer { onSynchronised(ContinuousClock.now - start) }
    return turn.run()
  }

  private func begin(for number: Int, _ ended: inout Ended) -> (output: LogOutput.Turn, written: Int)? {
    state.withLock { state in
      // Somebody else's fsync was enough.
      guard state.settled < min(number, state.taken) else { return nil }
      writeWhatFits(&state, &ended)
      state.isSynchronising = true
      state.deadline.clear()
      return (state.output.turn, state.written)
    }
  }

  /// Sets the file aside where what waits does not fit, while nobody else uses it. Where that fails, who writes tries again,
  /// and says so.
  private func makeRoom() {
    let full = state.withLock { state -> (output: LogOutput, objects: [[UInt8]])? in
      let objects = state.pending.compactMap(\.object)
      return state.output.hasRoom(for: objects) ? nil : (state.output, objects)
    }
    guard let full else { return }
    var output = full.output
    output.makeRoom(for: full.objects)
    state.withLock { [output] in $0.output = output }
  }

  /// Who is to be told what, once the state is free.
  private struct Ended {
    var told: [(completion: Completion, failure: DecisionLogError?)] = []
    /// The first failure after a success.
    var news: DecisionLogError?

    mutating func add(_ other: Ended) {
      told += other.told
      news = news ?? other.news
    }
  }

  private static func end(_ state: inout State, _ written: Int, _ failure: DecisionLogError?) -> Ended {
    if let failure {
      state.output.fail(failure)
      return interrupt(&state, failure, all: true)
    }
    state.output.confirm()
    // Lines that were written before one that could not be say nothing of those to come.
    if written > state.settled, !state.output.isInterrupted { state.interruption = nil }
    state.settled = written
    let reached = state.waiting.prefix { $0.number <= written }
    state.waiting.removeFirst(reached.count)
    return Ended(told: reached.map { ($0.completion, nil) })
  }

  /// Lines do not count: those that could not be written, or all that are not on disk.
  private static func interrupt(_ state: inout State, _ failure: DecisionLogError, all: Bool) -> Ended {
    var ended = Ended(news: state.isInterrupted ? nil : failure)
    state.interruption = failure
    guard all else { return ended }
    ended.told = state.waiting.map { ($0.completion, failure) }
    state.waiting = []
    state.settled = state.written
    return ended
  }

  private func tell(_ ended: Ended) {
    if let news = ended.news { onInterruption(news) }
    for (completion, failure) in ended.told { completion(failure) }
  }
}
