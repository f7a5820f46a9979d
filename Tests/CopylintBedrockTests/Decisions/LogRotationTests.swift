import BedrockClient
import Copylint
import Foundation
import Synchronization
import Testing

@testable import CopylintBedrock

/// Files that are set aside: none is lost, none written over, and chains go on in the next one.
@Suite struct LogRotationTests {
  private let folder: ScratchFolder
  private var path: String { folder["decisions.jsonl"] }

  init() throws { folder = try ScratchFolder() }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  private func log(maxBytes: Int, at seconds: Double = 1_790_000_000, id: String = "a") throws -> DecisionLog {
    let time = FixedTime()
    time.advance(seconds - time.date.timeIntervalSince1970)
    return try DecisionLog(path: path, options: DecisionLogOptions(maxBytes: maxBytes), time: time, id: id)
  }

  @Test func aFullFileIsSetAsideAndTheChainGoesOn() throws {
    let log = try log(maxBytes: 1000)
    for number in 1...9 { try log.append(DecisionSample.record("\(number)")) }
    #expect(
      try names == [
        "decisions.jsonl", "decisions.jsonl.20260921T141320Z-0001", "decisions.jsonl.20260921T141320Z-0002",
        "decisions.jsonl.20260921T141320Z-0003", "decisions.jsonl.20260921T141320Z-0004",
      ])
    for name in try names {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder[name])
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(try #require(attributes[.size] as? Int) <= 1000)
    }
    let result = try LogVerification.verify(.log(path))
    #expect(result.isIntact)
    #expect(result.lines == 9)
    #expect(result.files.count == 5)
    #expect(result.heads == [log.head])
  }

  @Test func aClockThatGoesBackDoesNotChangeTheOrder() throws {
    for (index, seconds) in [1_790_000_000.0, 1_700_000_000, 1_800_000_000].enumerated() {
      let log = try log(maxBytes: 1, at: seconds, id: "chain-\(index)")
      for number in 1...3 { try log.append(DecisionSample.record("\(number)")) }
    }
    #expect(
      try names.dropFirst().map { $0.suffix(21) } == [
        "20260921T141320Z-0001", "20260921T141320Z-0002", "20260921T141320Z-0003", "20260921T141320Z-0004",
        "20260921T141320Z-0005", "20270115T080000Z-0001", "20270115T080000Z-0002", "20270115T080000Z-0003",
      ])
    #expect(try LogVerification.verify(.log(path)).isIntact)
  }

  @Test func whoNotesALineDoesNotWaitForAFileThatIsSetAside() async throws {
    let log = try log(maxBytes: 1000)
    let later = LockedList()
    var kept: [String] = []
    for number in 1...9 {
      let isWritten = try log.note(DecisionSample.record("\(number)")) { later.append("\(number) \($0?.reason ?? "")") }
      if isWritten { continue }
      kept.append("\(number) ")
      while later.values.count < kept.count { try await Task.sleep(for: .milliseconds(1)) }
      await log.synchronise()
    }
    // Two lines are in a file.
    #expect(kept == ["3 ", "5 ", "7 ", "9 "])
    #expect(later.values == kept)
    #expect(try names.count == 5)
    let result = try LogVerification.verify(.log(path), heads: [#require(log.head)])
    #expect(result.isIntact && result.lines == 9)
  }

  @Test func whatComesWhileAFileIsSetAsideGoesIntoTheNextOne() async throws {
    let disk = FailingDisk()
    let log = try DecisionLog(path: path, options: DecisionLogOptions(maxBytes: 1000), id: "a", calls: disk.calls)
    for number in 1...2 { _ = try log.note(DecisionSample.record("\(number)")) { _ in } }
    disk.hang(true)
    let later = LockedList()
    for number in 3...6 {
      #expect(try !log.note(DecisionSample.record("\(number)")) { later.append("\(number) \($0?.reason ?? "")") })
    }
    #expect(try names == ["decisions.jsonl"])
    disk.hang(false)
    await log.synchronise()
    #expect(later.values == ["3 ", "4 ", "5 ", "6 "])
    #expect(try names.count == 2)
    #expect(try DecisionSample.lines(path).map { $0["n"] as? Int } == [3, 4, 5, 6])
    #expect(try LogVerification.verify(.log(path), heads: [#require(log.head)]).isIntact)
  }

  @Test func aLineIsAsLongAsTheChainSays() {
    for objects in [["{\"a\":1}"], ["{\"a\":1}", "{\"b\":[]}"], Array(repeating: "{\"c\":\"x\"}", count: 12)] {
      var (chain, lines) = (LogChain(id: "chain-1"), [UInt8]())
      let bytes = objects.map { Array($0.utf8) }
      let expected = chain.bytes(of: bytes)
      for object in bytes { chain.append(object, to: &lines) }
      #expect(lines.count == expected)
    }
  }

  @Test func aLineLargerThanAFileStandsAlone() throws {
    let log = try log(maxBytes: 1)
    for number in 1...3 { try log.append(DecisionSample.record("\(number)")) }
    for name in try names { #expect(try DecisionSample.texts(folder[name]).count == 1) }
    #expect(try names.count == 3)
  }

  @Test func severalThatShareALogLoseNothing() async throws {
    let logs = try (0..<4).map { try log(maxBytes: 20_000, id: "chain-\($0)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, log) in logs.enumerated() {
        for task in 0..<8 {
          group.addTask {
            for number in 0..<25 { try await log.append(DecisionSample.record("\(index)-\(task)-\(number)")) }
          }
        }
      }
      try await group.waitForAll()
    }
    let result = try LogVerification.verify(.log(path), heads: logs.compactMap(\.head))
    #expect(result.problems.map(\.message) == [])
    #expect(result.halfLineCount == 0)
    #expect(result.heads.map(\.count) == [200, 200, 200, 200])
    #expect(result.files.count > 4)
    let ids = try result.files.flatMap { try DecisionSample.lines($0).compactMap { $0["id"] as? String } }
    #expect(ids.count == 800 && Set(ids).count == 800)
  }

  @Test func aFileThatWasRenamedIsLeftWithTheNextLine() async throws {
    let log = try log(maxBytes: 1 << 20)
    try await log.append(DecisionSample.record("1"))
    #expect(rename(path, folder["decisions.jsonl.1"]) == 0)
    try await log.append(DecisionSample.record("2"))
    #expect(try DecisionSample.lines(folder["decisions.jsonl.1"]).map { $0["n"] as? Int } == [1])
    #expect(try DecisionSample.lines(path).map { $0["n"] as? Int } == [2])
    #expect(rename(path, folder["decisions.jsonl.2"]) == 0)
    try log.reopen()
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).isEmpty)
    try await log.append(DecisionSample.record("3"))
    let files = ["decisions.jsonl.1", "decisions.jsonl.2", "decisions.jsonl"].map { folder[$0] }
    #expect(try LogVerification.verify(.files(files)).isIntact)
  }

  @Test func whatCannotBeSetAsideGrowsOnAndIsSaid() throws {
    // Ten thousand files of one second are more than names there are.
    try Data().write(to: URL(fileURLWithPath: path + ".20990101T000000Z-9999"))
    let failures = LockedList()
    let log = try DecisionLog(
      path: path,
      options: DecisionLogOptions(maxBytes: 1, onRotationFailure: { failures.append($0.reason) }),
      id: "a")
    for number in 1...3 { try log.append(DecisionSample.record("\(number)")) }
    #expect(try DecisionSample.lines(path).count == 3)
    #expect(failures.values == ["it was set aside too often this second"])
  }
}

/// What callbacks said.
final class LockedList: Sendable {
  private let list = Mutex<[String]>([])

  func append(_ value: String) { list.withLock { $0.append(value) } }
  var values: [String] { list.withLock { $0 } }
}
