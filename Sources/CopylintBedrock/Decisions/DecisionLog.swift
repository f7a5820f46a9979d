import BedrockClient
import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What was decided and what became of it: JSON lines, each on disk before the next step is taken.
///
/// The lines of a process form a chain: each holds the digest of the one before it, so that a line that was removed or
/// changed is found (`LogVerification`). The lines of several processes may stand between each other in one file, and a
/// chain goes on when the file is rotated. Lines that are appended at the same time share one write and one fsync.
public final class DecisionLog: Sendable {
  private let writer: LogWriter
  private let options: DecisionLogOptions
  private let time: any TimeSource

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
    writer = LogWriter(LogOutput(file: file, chain: LogChain(id: id), options: options, time: time))
    self.options = options
    self.time = time
    self.path = path
  }

  /// Where it is written.
  public let path: String

  /// The last line of this process that is on disk, to be kept where who can write the log cannot; nil before the first.
  public var head: ChainHead? { writer.head }

  /// Writes a decision down. On disk when this returns. Blocks the thread until then.
  public func append(_ record: DecisionRecord) throws(DecisionLogError) { try writer.append(object(record)) }

  /// Writes an outcome down. On disk when this returns. Blocks the thread until then.
  public func append(_ record: OutcomeRecord) throws(DecisionLogError) { try writer.append(object(record)) }

  /// Writes a decision down. On disk when this returns.
  public func append(_ record: DecisionRecord) async throws(DecisionLogError) {
    try await writer.append(object(record))
  }

  /// Writes an outcome down. On disk when this returns.
  public func append(_ record: OutcomeRecord) async throws(DecisionLogError) {
    try await writer.append(object(record))
  }

  /// Begins to write a decision down; `completion` is called, from any thread, when it is on disk, or why it is not.
  func begin(_ record: DecisionRecord, _ completion: @escaping @Sendable (DecisionLogError?) -> Void) {
    writer.enqueue(object(record), completion)
  }

  /// The same for one who waits for it later.
  func begin(_ record: DecisionRecord) -> PendingLine {
    let line = PendingLine()
    writer.enqueue(object(record)) { line.finish($0) }
    return line
  }

  /// The same for an outcome.
  func begin(_ record: OutcomeRecord) -> PendingLine {
    let line = PendingLine()
    writer.enqueue(object(record)) { line.finish($0) }
    return line
  }

  /// Opens the path anew, where it no longer leads to the file that is open: for the one who renamed that file (as
  /// logrotate does) and wants to go on with it. Every append looks by itself too. Returns when it is done; throws where
  /// nothing can be opened, and then every append does until it can be.
  public func reopen() async throws(DecisionLogError) { try await writer.reopen() }

  private func object(_ record: DecisionRecord) -> [UInt8] { object { record.write(to: &$0, masking: options.masks) } }

  private func object(_ record: OutcomeRecord) -> [UInt8] { object { record.write(to: &$0, masking: options.masks) } }

  private func object(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    LogChain.object(at: time.date, body)
  }
}
