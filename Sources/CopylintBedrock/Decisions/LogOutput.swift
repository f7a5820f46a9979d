import BedrockClient
import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A chain on its way to a file: either all lines of a batch are on disk, or none counts.
struct LogOutput {
  private var file: LogFile
  private var chain: LogChain
  /// What was refused since the last line that is on disk.
  private var interruption: InterruptionRecord?
  /// Whether it has been said that the file cannot be set aside.
  private var isOverdue = false
  private let options: DecisionLogOptions
  private let time: any TimeSource

  init(file: LogFile, chain: LogChain, options: DecisionLogOptions, time: any TimeSource) {
    (self.file, self.chain, self.options, self.time) = (file, chain, options, time)
  }

  var path: String { file.path }
  var head: ChainHead? { chain.head }

  /// Writes objects as the next lines of the chain. On disk when it returns nil.
  mutating func append(_ objects: [[UInt8]]) -> DecisionLogError? {
    let confirmed = chain
    var lines: [UInt8] = []
    for object in (note.map { [$0] } ?? []) + objects {
      lines += chain.append(object)
      lines.append(0x0A)
    }
    do throws(LogFile.Failure) {
      tell(try file.append(lines))
      interruption = nil
      return nil
    } catch {
      interrupt(objects.count, error, confirmed)
      return error.error
    }
  }

  /// Says once, until it works again, that the file only grows.
  private mutating func tell(_ failure: DecisionLogError?) {
    if let failure, !isOverdue { options.onRotationFailure(failure) }
    isOverdue = failure != nil
  }

  /// See `DecisionLog.reopen`.
  mutating func reopen() -> DecisionLogError? {
    do throws(DecisionLogError) {
      try file.reopen()
      return nil
    } catch {
      return error
    }
  }

  /// The line about the interruption that is over, if this batch can be written.
  private var note: [UInt8]? {
    interruption.map { interruption in LogChain.object(at: time.date) { interruption.write(to: &$0) } }
  }

  private mutating func interrupt(_ count: Int, _ failure: LogFile.Failure, _ confirmed: LogChain) {
    var record = interruption ?? InterruptionRecord(lines: 0, reason: failure.error.reason)
    record.lines += count
    chain = confirmed
    if !failure.isUndone {
      // Lines of this batch may stand in the file, and would contradict those that take their numbers.
      record.after = record.after ?? confirmed.head
      chain = LogChain(id: UUID().uuidString.lowercased())
    }
    interruption = record
  }
}
