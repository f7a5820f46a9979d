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
    let (turns, goesOn) = (FailingDisk(), DispatchSemaphore(value: 0))
    let disk = FailingDisk()
    var calls = disk.calls
    let synchronise = calls.synchronise
    calls.synchronise = { descriptor in
      // The first one takes as long as the test wants.
      if turns.calls.synchronise(-1) != 0, turns.synchronised == 1 { goesOn.wait() }
      return synchronise(descriptor)
    }
    let file = try LogFile(path: path, maxBytes: 1 << 20, calls: calls)
    let writer = LogWriter(
      LogOutput(
        file: file, chain: LogChain(id: "a"), options: DecisionLogOptions(), time: SystemTimeSource()))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask { try await writer.append(Array("{\"id\":\(number)}".utf8)) }
      }
      // Some of them wait for the first fsync, and the rest for the next one.
      while writer.waitingCount < 40 { await Task.yield() }
      goesOn.signal()
      try await group.waitForAll()
    }
    #expect(disk.synchronised <= 2)
    let lines = try DecisionSample.lines(path)
    #expect(lines.map { $0["n"] as? Int } == Array(1...40))
    #expect(Set(lines.compactMap { $0["id"] as? Int }) == Set(0..<40))
    #expect(writer.head?.count == 40)
    #expect(try LogVerification.verify(.log(path), heads: [#require(writer.head)]).isIntact)
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
