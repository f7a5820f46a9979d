import BedrockClient
import Copylint
import Glibc
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What was decided and what became of it: JSON lines.
///
/// A line that is appended is on disk before the next step is taken. One that is noted is written, which is to say with
/// the system, where it survives every end of this process; it is on disk some milliseconds later, or, with what was
/// noted since, lost with the machine. That is for what no step depends on.
///
/// The lines of a process form a chain: each holds the digest of the one before it, so that a line that was removed or
/// changed is found (`LogVerification`). The lines of several processes may stand between each other in one file, and a
/// chain goes on when the file is rotated. Lines that are appended at the same time share one write and one fsync.
public final class DecisionLog: Sendable {
  private let writer: LogWriter
  private let options: DecisionLogOptions
  private let time: any TimeSource
  private let pace = Mutex(RetryPace(every: .seconds(1)))

  /// Opens the log for appending, or makes it. `id` names the chain of this process: letters, digits and `-`.
  public convenience init(
    path: String, options: DecisionLogOptions = DecisionLogOptions(), time: any TimeSource = SystemTimeSource(),
    id: String = UUID().uuidString.lowercased()
  ) throws(DecisionLogError) {
    try self.init(path: path, options: options, time: time, id: id, calls: .system)
  }

  init(
    path: String, options: DecisionLogOptions = DecisionLogOptions(), time: any TimeSource = SystemTimeSource(),
    id: String = UUID().uuidString.lowercased(), calls: LogFileCalls
  ) throws(DecisionLogError) {
    let file = try LogFile(path: path, maxBytes: options.maxBytes, time: time, calls: calls)
    let output = LogOutput(file: file, chain: LogChain(id: id), options: options, time: time)
    writer = LogWriter(output, onInterruption: options.onInterruption, onSynchronised: options.onSynchronised)
    self.options = options
    self.time = time
    self.path = path
  }

  /// Where it is written.
  public let path: String

  /// Where the journal finds what it may lose with the machine; nil where a mask hides some of that, before the first line
  /// is on disk, and where the path to it is no UTF-8.
  var recovery: RecoveryLog? {
    guard options.masks.isDisjoint(with: RecoveryLog.fields), let head, let absolute = realpath(path, nil) else {
      return nil
    }
    defer { free(absolute) }
    return String(validatingCString: absolute).map { RecoveryLog(path: $0, chain: head.chain, lines: head.count) }
  }

  /// The last line of this process that is on disk, to be kept where who can write the log cannot; nil before the first.
  public var head: ChainHead? { writer.head }

  /// Writes a decision down. On disk when this returns. Blocks the thread until then.
  public func append(_ record: DecisionRecord) throws(DecisionLogError) { try append(object(record)) }

  /// Writes an outcome down. On disk when this returns. Blocks the thread until then.
  public func append(_ record: OutcomeRecord) throws(DecisionLogError) { try append(object(record)) }

  private func append(_ object: [UInt8]) throws(DecisionLogError) {
    if let failure = try take(object).synchronise() { throw failure }
  }

  /// Writes a decision down. On disk when this returns.
  public func append(_ record: DecisionRecord) async throws(DecisionLogError) {
    try await writer.append(object(record))
  }

  /// Writes an outcome down. On disk when this returns.
  public func append(_ record: OutcomeRecord) async throws(DecisionLogError) {
    try await writer.append(object(record))
  }

  /// Takes a line, for one who calls `serve` or `synchronise` then: before that, nothing is written.
  func take(_ object: [UInt8]) throws(DecisionLogError) -> WaitingLine {
    let line = WaitingLine(writer)
    _ = try writer.take(object, .synchronisedOnDemand) { line.settle($0) }
    return line
  }

  /// Notes a decision that nothing is sent on. Returns true when it is written. Returns false where the completion is
  /// called, from any thread, when it is, or why it is not: while an fsync is under way. Where lines were lost and none was
  /// on disk since, it has to be on disk. Throws where it cannot be written.
  func note(
    _ record: DecisionRecord, _ completion: @escaping @Sendable (DecisionLogError?) -> Void
  ) throws(DecisionLogError) -> Bool {
    try writer.take(object(record), .written, completion)
  }

  /// Notes an outcome: written as soon as no fsync is under way. Throws where it cannot be written.
  func note(_ record: OutcomeRecord) throws(DecisionLogError) { _ = try writer.take(object(record), .written) }

  /// Begins to write what was taken, and to bring it to the disk.
  func serve() { writer.serve() }

  /// Returns when all that was written before is on disk, or it is known that it does not count.
  func synchronise() async {
    await withCheckedContinuation { continuation in writer.whenSynchronised { continuation.resume() } }
  }

  /// Why nothing can be written down at the moment, and so nothing is sent: the last write, fsync or `reopen` failed. Nil
  /// where it did not. Waits for nobody.
  public var interruption: DecisionLogError? { writer.interruption }

  /// The same for who would else send no call that finds out: where there is a reason, writes down which lines there are
  /// not, if any, and returns nil once that is on disk. One does so at a time, and a second after the last one at the
  /// earliest; who asks in between is told what is known.
  public func resume() async -> DecisionLogError? {
    guard let known = interruption else { return nil }
    guard pace.withLock({ $0.begin(at: time.uptime) }) else { return known }
    defer { pace.withLock { $0.end(at: time.uptime) } }
    return await withCheckedContinuation { continuation in writer.retry { continuation.resume(returning: $0) } }
  }

  /// Opens the path anew, where it no longer leads to the file that is open: for the one who renamed that file (as
  /// logrotate does) and wants to go on with it. Every append looks by itself too. Throws where nothing can
  /// be opened, and then every append does until it can be.
  public func reopen() throws(DecisionLogError) { try writer.reopen() }

  /// The line that a decision is, to be taken.
  func object(_ record: DecisionRecord) -> [UInt8] { object { record.write(to: &$0, masking: options.masks) } }

  /// The line that an outcome is, to be taken.
  func object(_ record: OutcomeRecord) -> [UInt8] { object { record.write(to: &$0, masking: options.masks) } }

  private func object(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    LogChain.object(at: time.date, body)
  }
}
