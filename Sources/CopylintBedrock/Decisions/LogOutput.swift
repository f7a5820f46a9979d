import BedrockClient
import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A chain on its way to a file. Lines are written one after the other, and confirmed together when they are on disk: until
/// then none of them counts.
struct LogOutput {
  private var file: LogFile
  /// With the lines that are written.
  private var chain: LogChain
  /// With those alone that are on disk.
  private var confirmed: LogChain
  /// The last line that is on disk, of whatever chain.
  private(set) var head: ChainHead?
  /// Grows whenever lines that were written turn out not to count.
  private var breaks = 0
  /// How many objects were written that are not confirmed.
  private var unconfirmed = 0
  /// What was refused since the last line that was written.
  private var interruption: InterruptionRecord?
  /// What a line says that is written and not confirmed.
  private var announced: InterruptionRecord?
  /// Whether it has been said that the file cannot be set aside.
  private var isOverdue = false
  private let options: DecisionLogOptions
  private let time: any TimeSource

  init(file: LogFile, chain: LogChain, options: DecisionLogOptions, time: any TimeSource) {
    (self.file, self.chain, self.options, self.time) = (file, chain, options, time)
    confirmed = chain
  }

  var path: String { file.path }

  /// Writes an object as the next line of the chain. Throws where nothing of it counts; `isUndone` is false then where no
  /// line that is not confirmed does.
  mutating func write(_ object: [UInt8]) throws(LogFile.Failure) {
    let before = chain
    var lines: [UInt8] = []
    let note = interruption.map { interruption in LogChain.object(at: time.date) { interruption.write(to: &$0) } }
    if let note { chain.append(note, to: &lines) }
    chain.append(object, to: &lines)
    do throws(LogFile.Failure) {
      tell(try file.write(lines))
    } catch {
      chain = before
      refuse(1, error.error)
      if !error.isUndone { breakOff(error.error) }
      throw error
    }
    unconfirmed += 1
    if note != nil { (announced, interruption) = (Self.sum(announced, interruption), nil) }
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

  // MARK: Synchronising

  /// What was written when it was asked for, to be brought to the disk while more is written.
  struct Turn {
    fileprivate let stretches: [LogStretch]
    fileprivate let chain: LogChain
    fileprivate let breaks: Int
    fileprivate let unconfirmed: Int
    fileprivate let announced: InterruptionRecord?
    fileprivate let path: String
    fileprivate let calls: LogFileCalls

    /// Waits for the disk; nil when it is there.
    func run() -> DecisionLogError? { LogFile.synchronise(stretches, path, calls) }
  }

  var turn: Turn {
    Turn(
      stretches: file.unsynchronised, chain: chain, breaks: breaks, unconfirmed: unconfirmed, announced: announced,
      path: path, calls: file.calls)
  }

  /// The lines of a turn are on disk. They count then, unless a write failed meanwhile so that none does.
  mutating func confirm(_ turn: Turn) -> Bool {
    guard turn.breaks == breaks else { return false }
    file.confirm(turn.stretches)
    confirmed = turn.chain
    head = confirmed.head ?? head
    unconfirmed -= turn.unconfirmed
    announced?.lines -= turn.announced?.lines ?? 0
    if announced?.lines == 0 { announced = nil }
    return true
  }

  /// The disk failed: nothing counts that is not confirmed.
  mutating func fail(_ failure: DecisionLogError) {
    guard file.withdraw() else { return breakOff(failure) }
    forget(failure)
    chain = confirmed
  }

  /// Lines may stand in the file that do not count, and would contradict those that take their numbers: another chain
  /// begins.
  private mutating func breakOff(_ failure: DecisionLogError) {
    _ = file.withdraw()
    forget(failure)
    var record = interruption ?? InterruptionRecord(lines: 0, reason: failure.reason)
    record.after = record.after ?? confirmed.head
    interruption = record
    chain = LogChain(id: UUID().uuidString.lowercased())
    confirmed = chain
  }

  /// What was written counts as refused.
  private mutating func forget(_ failure: DecisionLogError) {
    interruption = Self.sum(announced, interruption)
    announced = nil
    refuse(unconfirmed, failure)
    unconfirmed = 0
    breaks += 1
  }

  private mutating func refuse(_ count: Int, _ failure: DecisionLogError) {
    guard count > 0 else { return }
    var record = interruption ?? InterruptionRecord(lines: 0, reason: failure.reason)
    record.lines += count
    interruption = record
  }

  private static func sum(_ first: InterruptionRecord?, _ second: InterruptionRecord?) -> InterruptionRecord? {
    guard var sum = first, let second else { return first ?? second }
    sum.lines += second.lines
    sum.after = sum.after ?? second.after
    return sum
  }
}
