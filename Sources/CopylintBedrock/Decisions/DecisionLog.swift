import BedrockClient
import Copylint
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What was decided and what became of it: JSON lines, each on disk before the next step is taken.
///
/// The lines of a process form a chain: each holds the digest of the one before it, so that a line that was removed or
/// changed is found. The lines of several processes may stand between each other in one file.
public final class DecisionLog: Sendable {
  private struct Chain {
    var count = 0
    var previous = String(repeating: "0", count: 64)
  }

  private let file: LogFile
  private let time: any TimeSource
  private let id: String
  private let chain = Mutex(Chain())

  /// Opens the log for appending. `id` names the chain of this process.
  public init(
    path: String, time: any TimeSource = SystemTimeSource(), id: String = UUID().uuidString.lowercased()
  ) throws(DecisionLogError) {
    file = try LogFile(path: path)
    self.time = time
    self.id = id
  }

  /// Where it is written.
  public var path: String { file.path }

  /// Writes a decision down. On disk when this returns.
  public func append(_ record: DecisionRecord) throws(DecisionLogError) { try append { record.write(to: &$0) } }

  /// Writes an outcome down. On disk when this returns.
  public func append(_ record: OutcomeRecord) throws(DecisionLogError) { try append { record.write(to: &$0) } }

  private func append(_ body: (inout JSONWriter) -> Void) throws(DecisionLogError) {
    let now = Timestamp.text(time.date)
    let failure = chain.withLock { chain -> DecisionLogError? in
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("chain", id)
        writer.member("n", chain.count + 1)
        writer.member("previous", chain.previous)
        writer.member("time", now)
        body(&writer)
      }
      do throws(DecisionLogError) {
        try file.append(writer.bytes)
      } catch {
        return error
      }
      chain.count += 1
      chain.previous = SHA256Digest.hexadecimal(writer.bytes)
      return nil
    }
    if let failure { throw failure }
  }
}
