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

  /// Writes what was refused before and then objects, as the next lines of the chain; where there is none of both, looks
  /// whether the file can be opened. Throws where none of them counts; `isUndone` is false then where no line that is not
  /// confirmed does.
  mutating func write(_ objects: [[UInt8]]) throws(LogFile.Failure) {
    guard !objects.isEmpty || interruption != nil else {
      if let failure = reopen() { throw LogFile.Failure(error: failure, isUndone: true) }
      return
    }
    let before = chain
    let note = interruption.map { interruption in LogChain.object(at: time.date) { interruption.write(to: &$0) } }
    var lines: [UInt8] = []
    if let note { chain.append(note, to: &lines) }
    for object in objects { chain.append(object, to: &lines) }
    do throws(LogFile.Failure) {
      tell(try file.write(lines))
    } catch {
      chain = before
      refuse(objects.count, error.error)
      if !error.isUndone { breakOff(error.error) }
      throw error
    }
    unconfirmed += objects.count
    if note != nil { (announced, interruption) = (Self.sum(announced, interruption), nil) }
  }

  /// Whether something was refused of which no line tells yet.
  var isInterrupted: Bool { interruption != nil }

  /// Whether the file has room for objects as the next lines.
  func hasRoom(for objects: [[UInt8]]) -> Bool { file.hasRoom(for: chain.bytes(of: objects)) }

  /// Sets the file aside where it has none. Where that fails, it is tried again before they are written.
  mutating func makeRoom(for objects: [[UInt8]]) { file.makeRoom(for: chain.bytes(of: objects)) }

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

  /// What was written, to be brought to the disk.
  struct Turn {
    fileprivate let stretches: [LogStretch]
    fileprivate let path: String
    fileprivate let calls: LogFileCalls

    /// Whether there is nothing to be brought.
    var isEmpty: Bool { stretches.isEmpty }

    /// Waits for the disk; nil when it is there.
    func run() -> DecisionLogError? { LogFile.synchronise(stretches, path, calls) }
  }

  var turn: Turn { Turn(stretches: file.unsynchronised, path: path, calls: file.calls) }

  /// All that was written is on disk.
  ///
  /// INVARIANT: nothing was written since the turn was taken.
  mutating func confirm() {
    file.confirm()
    confirmed = chain
    head = confirmed.head ?? head
    unconfirmed = 0
    announced = nil
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
