import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// Lines that nobody waits for: with the system at once, on disk soon, and never without a word where they are lost.
@Suite struct NotedLineTests {
  private let folder: ScratchFolder
  private let disk = FailingDisk()
  private let told = LockedList()
  private let later = LockedList()
  private let log: DecisionLog
  private var path: String { folder["decisions.jsonl"] }

  init() throws {
    folder = try ScratchFolder()
    var options = DecisionLogOptions()
    options.onInterruption = { [told] in told.append($0.reason) }
    log = try DecisionLog(path: folder["decisions.jsonl"], options: options, id: "a", calls: disk.calls)
  }

  private func ids() throws -> [String] { try DecisionSample.lines(path).compactMap { $0["id"] as? String } }

  /// Whether a line is written at once; if not, `later` hears when, or why not.
  private func note(_ id: String) throws -> Bool {
    try log.note(DecisionSample.record(id)) { [later] in later.append("\(id): \($0?.reason ?? "written")") }
  }

  @Test func aLineIsInTheFileBeforeItIsOnDisk() throws {
    for number in 1...3 { #expect(try note("\(number)")) }
    #expect(try ids() == ["1", "2", "3"])
    #expect(disk.synchronised == 0 && log.head == nil)
  }

  @Test func itIsOnDiskSoonWithoutAnybodyWhoWaits() async throws {
    #expect(try note("1"))
    while log.head == nil { try await Task.sleep(for: .milliseconds(1)) }
    #expect(log.head?.count == 1 && disk.synchronised == 1)
  }

  @Test func nothingIsWrittenWhileAnFsyncIsUnderWay() async throws {
    disk.hang(true)
    #expect(try note("1"))
    while disk.attempts == 0 { try await Task.sleep(for: .milliseconds(1)) }
    for number in 2...4 { #expect(try !note("\(number)")) }
    #expect(try ids() == ["1"] && later.values.isEmpty)
    disk.hang(false)
    while later.values.count < 3 { try await Task.sleep(for: .milliseconds(1)) }
    #expect(later.values == ["2: written", "3: written", "4: written"])
    #expect(try ids() == ["1", "2", "3", "4"])
  }

  @Test func whoWaitsForALineWaitsForThoseBefore() async throws {
    #expect(try note("1"))
    try await log.append(DecisionSample.record("2"))
    #expect(log.head?.count == 2)
    #expect(try LogVerification.verify(.log(path), heads: [#require(log.head)]).isIntact)
  }

  @Test func whatIsNotedLastIsOnDiskWhenThatIsAskedFor() async throws {
    try log.note(OutcomeRecord(id: "1", outcome: .accepted, token: "t"))
    await log.synchronise()
    #expect(log.head?.count == 1)
  }

  @Test func aFailedWriteIsThatOfWhoNotes() async throws {
    disk.failWrites(ENOSPC)
    for number in 1...2 {
      #expect(throws: DecisionLogError(path: path, reason: "the disk is full")) { try note("\(number)") }
    }
    #expect(told.values == ["the disk is full"])
    disk.failWrites(nil)
    // The first one after it counts only when it is on disk.
    #expect(try !note("3"))
    await log.synchronise()
    #expect(later.values == ["3: written"])
    #expect(try note("4"))
    #expect(try ids() == ["3", "4"])
    #expect(try DecisionSample.lines(path)[0]["lines"] as? Int == 2)
  }

  @Test func linesThatAFailedFsyncLosesAreCountedAndTold() async throws {
    try await log.append(DecisionSample.record("1"))
    disk.failSynchronising(EIO)
    for number in 2...4 { #expect(try note("\(number)")) }
    await log.synchronise()
    #expect(told.values == ["the disk failed"])
    #expect(try ids() == ["1"])
    #expect(try !note("5"))
    await log.synchronise()
    #expect(later.values == ["5: the disk failed"])
    disk.failSynchronising(nil)
    try await log.append(DecisionSample.record("6"))
    #expect(try DecisionSample.lines(path).map { $0["kind"] as? String } == ["decision", "interruption", "decision"])
    #expect(try DecisionSample.lines(path)[1]["lines"] as? Int == 4)
    #expect(told.values.count == 1)
    #expect(try LogVerification.verify(.log(path), heads: [#require(log.head)]).isIntact)
  }

  @Test func anInterruptionThatIsInterruptedLosesNoCount() async throws {
    try await log.append(DecisionSample.record("1"))
    disk.failSynchronising(EIO)
    for number in 2...3 {
      await #expect(throws: DecisionLogError.self) { try await log.append(DecisionSample.record("\(number)")) }
    }
    disk.failSynchronising(nil)
    try await log.append(DecisionSample.record("4"))
    #expect(try DecisionSample.lines(path).map { $0["lines"] as? Int } == [nil, 2, nil])
  }

  @Test func linesOfOthersAreNotTakenBack() async throws {
    let other = try DecisionLog(path: path, id: "b")
    try await log.append(DecisionSample.record("1"))
    let head = try #require(log.head)
    disk.failSynchronising(EIO)
    #expect(try note("2"))
    try await other.append(DecisionSample.record("x"))
    await log.synchronise()
    disk.failSynchronising(nil)
    try await log.append(DecisionSample.record("3"))
    #expect(try ids() == ["1", "2", "x", "3"])
    #expect(try DecisionSample.lines(path)[3]["after"] as? String == "\(head)")
    #expect(try LogVerification.verify(.log(path), heads: [head]).isIntact)
  }
}
