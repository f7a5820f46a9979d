import BedrockClient
import Copylint
import Dispatch
import Foundation
import Testing

@testable import CopylintBedrock

/// Many lines, one fsync: in the order of their chain, and each on disk when its task goes on.
@Suite struct GroupCommitTests {
  private let folder: ScratchFolder
  private var path: String { folder["decisions.jsonl"] }

  init() throws { folder = try ScratchFolder() }

  @Test func whatWaitsTogetherIsSynchronisedTogether() async throws {
    let disk = FailingDisk()
    disk.hang(true)
    let file = try LogFile(path: path, maxBytes: 1 << 20, calls: disk.calls)
    let writer = LogWriter(
      LogOutput(
        file: file, chain: LogChain(id: "a"), options: DecisionLogOptions(), time: SystemTimeSource()))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask { try await writer.append(Array("{\"id\":\(number)}".utf8)) }
      }
      // Some of them are part of the first fsync, and the rest waits for its end.
      while writer.waitingCount < 40 { await Task.yield() }
      disk.hang(false)
      try await group.waitForAll()
    }
    #expect(disk.synchronised <= 2)
    let lines = try DecisionSample.lines(path)
    #expect(lines.map { $0["n"] as? Int } == Array(1...40))
    #expect(Set(lines.compactMap { $0["id"] as? Int }) == Set(0..<40))
    #expect(writer.head?.count == 40)
    #expect(try LogVerification.verify(.log(path), heads: [#require(writer.head)]).isIntact)
  }

  @Test func whatWaitsIsBounded() async throws {
    let disk = FailingDisk()
    let file = try LogFile(path: path, maxBytes: 1 << 30, calls: disk.calls)
    let writer = LogWriter(
      LogOutput(file: file, chain: LogChain(id: "a"), options: DecisionLogOptions(), time: SystemTimeSource()))
    let large = Array("{\"x\":\"\(String(repeating: "x", count: LogWriter.maxObjectBytes - 8))\"}".utf8)
    disk.hang(true)
    let first = Task { try await writer.append(large) }
    while disk.attempts == 0 { await Task.yield() }
    let refused = LockedList()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<11 {
        group.addTask {
          do throws(DecisionLogError) { try await writer.append(large) } catch { refused.append(error.reason) }
        }
      }
      // One is being brought to the disk, eight wait, and there is no room for the others.
      while refused.values.count < 3 { await Task.yield() }
      disk.hang(false)
    }
    #expect(refused.values == Array(repeating: "the disk is too slow for the lines that wait", count: 3))
    try await first.value
    #expect(writer.head?.count == 9)
  }

  @Test func whatCameWhileAnFsyncFailedIsTakenToTheDiskAfterIt() async throws {
    let disk = FailingDisk()
    let log = try DecisionLog(path: path, id: "a", calls: disk.calls)
    disk.hang(true)
    let first = Task { () -> Bool in
      do { try await log.append(DecisionSample.record("1")) } catch { return false }
      return true
    }
    while disk.attempts == 0 { await Task.yield() }
    let later = (2...4).map { number in Task { try await log.append(DecisionSample.record("\(number)")) } }
    try await Task.sleep(for: .milliseconds(50))
    // The fsync that is under way fails, and the next one does not.
    disk.failSynchronising(EIO, times: 1)
    disk.hang(false)
    #expect(await !first.value)
    for task in later { try await task.value }
    let lines = try DecisionSample.lines(path)
    #expect(lines.first?["kind"] as? String == "interruption")
    #expect(Set(lines.dropFirst().compactMap { $0["id"] as? String }) == ["2", "3", "4"])
    #expect(try LogVerification.verify(.log(path), heads: [#require(log.head)]).isIntact)
  }

  private func end(of line: WaitingLine) async -> DecisionLogError? {
    await withCheckedContinuation { continuation in line.whenSettled { continuation.resume(returning: $0) } }
  }

  @Test func aTakenLineGoesToTheDiskWhenThatIsAskedFor() async throws {
    let disk = FailingDisk()
    let log = try DecisionLog(path: path, id: "a", calls: disk.calls)
    let line = try log.take(log.object(DecisionSample.record("1")))
    try await Task.sleep(for: .milliseconds(30))
    #expect(try DecisionSample.lines(path).isEmpty && disk.attempts == 0)
    log.serve()
    let failure = await end(of: line)
    #expect(failure == nil && disk.synchronised == 1 && log.head?.count == 1)
  }

  @Test func aNotedLineTakesThoseAlongThatWereTakenBefore() async throws {
    let disk = FailingDisk()
    let log = try DecisionLog(path: path, id: "a", calls: disk.calls)
    let line = try log.take(log.object(DecisionSample.record("1")))
    _ = try log.take(log.object(OutcomeRecord(id: "0", outcome: .accepted, token: "t", jobArn: "j")))
    #expect(try log.note(DecisionSample.record("2")) { _ in })
    #expect(try DecisionSample.lines(path).compactMap { $0["id"] as? String } == ["1", "0", "2"])
    await log.synchronise()
    let failure = await end(of: line)
    #expect(failure == nil && disk.synchronised == 1 && log.head?.count == 3)
  }

  @Test func whoNotesALineHearsWhatBecomesOfThoseThatWereTakenBefore() async throws {
    let disk = FailingDisk()
    let log = try DecisionLog(path: path, id: "a", calls: disk.calls)
    let line = try log.take(log.object(DecisionSample.record("1")))
    disk.failWrites(ENOSPC)
    #expect(throws: DecisionLogError.self) { try log.note(DecisionSample.record("2")) { _ in } }
    let failure = await end(of: line)
    #expect(failure?.reason == "the disk is full")
    disk.failWrites(nil)
    try await log.append(DecisionSample.record("3"))
    #expect(try DecisionSample.lines(path).map { $0["kind"] as? String } == ["interruption", "decision"])
    #expect(try DecisionSample.lines(path).first?["lines"] as? Int == 2)
  }

  @Test func whatIsConfirmedIsInTheFileAlready() async throws {
    let log = try DecisionLog(path: path)
    let missing = LockedList()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<64 {
        group.addTask { [path] in
          try await log.append(DecisionSample.record("<\(number)>"))
          let text = try String(contentsOfFile: path, encoding: .utf8)
          if !text.contains("\"id\":\"<\(number)>\"") { missing.append("\(number)") }
          try await log.append(OutcomeRecord(id: "<\(number)>", outcome: .accepted, token: "t", jobArn: "j"))
        }
      }
      try await group.waitForAll()
    }
    #expect(missing.values == [])
    #expect(try DecisionSample.lines(path).count == 128)
    #expect(try LogVerification.verify(.log(path)).isIntact)
  }

  @Test func threadsThatBlockAndTasksShareAChain() async throws {
    let log = try DecisionLog(path: path, id: "a")
    let blocking = Task {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        DispatchQueue.global().async {
          DispatchQueue.concurrentPerform(iterations: 100) { try? log.append(DecisionSample.record("b\($0)")) }
          continuation.resume()
        }
      }
    }
    for number in 0..<100 { try await log.append(DecisionSample.record("t\(number)")) }
    await blocking.value
    let result = try LogVerification.verify(.log(path))
    #expect(result.isIntact)
    #expect(result.heads.map(\.count) == [200])
    #expect(result.heads.first == log.head)
  }
}
