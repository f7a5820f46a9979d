import Foundation
import Testing

@testable import CopylintBedrock

/// A gateway whose decision log cannot be written gets no calls from a balancer, and finds by itself when it can be again.
@Suite struct ReadinessTests {
  private let disk = FailingDisk()

  private func with(_ body: (inout GateUnderTest, ManagementPaths) async throws -> Void) async throws {
    var paths: ManagementPaths?
    try await GateUnderTest.with(.inProcess, calls: disk.calls) {
      paths = ManagementPaths(log: $0.log) { [] }
      $0.management = paths
    } _: { gate async throws in
      try await body(&gate, try #require(paths))
    }
  }

  private static func ready(_ gate: GateUnderTest) async throws -> String {
    let response = try await gate.exchange.send(TestRequest(target: "/-/ready"))
    return "\(response.status) \(response.text)"
  }

  private static func create(_ gate: GateUnderTest, _ number: Int) async throws -> Int {
    try await gate.create(GateUnderTest.members(["clientRequestToken": "token-\(number)"])).status
  }

  private static let isReady = "200 ready\n"
  private static let isFull = "503 the decision log cannot be written: the disk is full\n"
  private static let hasFailed = "503 the decision log cannot be written: the disk failed\n"

  @Test func whereTheLogIsWrittenNothingIsTried() async throws {
    try await with { gate, _ async throws in
      for _ in 0..<5 { #expect(try await Self.ready(gate) == Self.isReady) }
      #expect(disk.attempts == 0 && gate.lines.isEmpty)
      #expect(try await Self.create(gate, 1) == 201)
      let (attempts, count) = (disk.attempts, gate.lines.count)
      for _ in 0..<5 { #expect(try await Self.ready(gate) == Self.isReady) }
      #expect(disk.attempts == attempts && gate.lines.count == count)
    }
  }

  @Test func aFullDiskIsFoundToHaveRoomAgainWithoutACall() async throws {
    try await with { gate, _ async throws in
      disk.failWrites(ENOSPC)
      #expect(try await Self.create(gate, 1) == 503)
      for _ in 0..<3 {
        #expect(try await Self.ready(gate) == Self.isFull)
        gate.time.advance(1)
      }
      #expect(gate.lines.isEmpty)
      disk.failWrites(nil)
      #expect(try await Self.ready(gate) == Self.isReady)
      // It is on the disk, and says what was refused: nobody's question counts as a line.
      #expect(gate.lines.map { $0["kind"] as? String } == ["interruption"])
      #expect(gate.lines.first?["lines"] as? Int == 1 && gate.lines.first?["reason"] as? String == "the disk is full")
      #expect(disk.synchronised == 1)
      #expect(try await Self.ready(gate) == Self.isReady)
      #expect(gate.lines.count == 1)
      #expect(try await Self.create(gate, 2) == 201)
      #expect(try LogVerification.verify(.log(gate.folder["decisions.jsonl"])).isIntact)
    }
  }

  /// Those reach the disk, and the log cannot be written all the same.
  @Test func linesThatWereWrittenBeforeDoNotMakeItReady() async throws {
    try await with { gate, _ async throws in
      let denied = GateUnderTest.members(["targetModelTags": nil])
      #expect(try await gate.create(denied, finishes: false).status == 403)
      disk.failWrites(ENOSPC)
      #expect(try await gate.create(denied).status == 503)
      #expect(disk.synchronised == 1)
      #expect(try await Self.ready(gate) == Self.isFull)
    }
  }

  @Test(arguments: [false, true])
  func anFsyncThatFailsKeepsItFromBeingReady(_ leavesLines: Bool) async throws {
    try await with { gate, _ async throws in
      #expect(try await Self.create(gate, 0) == 201)
      disk.failTruncating(leavesLines)
      disk.failSynchronising(EIO)
      for number in 1...3 { #expect(try await Self.create(gate, number) == 503) }
      for _ in 0..<3 {
        #expect(try await Self.ready(gate) == Self.hasFailed)
        gate.time.advance(1)
      }
      disk.failSynchronising(nil)
      #expect(try await Self.ready(gate) == Self.isReady)
      #expect(gate.lines.last?["kind"] as? String == "interruption" && gate.lines.last?["lines"] as? Int == 3)
      #expect(try await Self.create(gate, 4) == 201)
      #expect(try LogVerification.verify(.log(gate.folder["decisions.jsonl"])).problems.isEmpty)
    }
  }

  @Test func itIsTriedOnceASecond() async throws {
    try await with { gate, _ async throws in
      disk.failSynchronising(EIO)
      #expect(try await Self.create(gate, 1) == 503)
      let attempts = disk.attempts
      for second in 1...3 {
        for _ in 0..<20 { #expect(try await Self.ready(gate) == Self.hasFailed) }
        #expect(disk.attempts == attempts + second)
        gate.time.advance(0.5)
        #expect(try await Self.ready(gate) == Self.hasFailed)
        #expect(disk.attempts == attempts + second)
        gate.time.advance(0.5)
      }
    }
  }

  @Test func whoAsksWhileItIsTriedIsToldWhatIsKnown() async throws {
    try await with { gate, _ async throws in
      disk.failSynchronising(EIO, times: 1)
      #expect(try await Self.create(gate, 1) == 503)
      let attempts = disk.attempts
      disk.hang(true)
      let first = Task { [gate] in try await Self.ready(gate) }
      while disk.attempts == attempts { try await Task.sleep(for: .milliseconds(1)) }
      gate.time.advance(10)
      for _ in 0..<5 { #expect(try await Self.ready(gate) == Self.hasFailed) }
      disk.hang(false)
      #expect(try await first.value == Self.isReady)
      #expect(disk.attempts == attempts + 1)
    }
  }

  /// A call that comes meanwhile waits for the same turn of the disk, or the next.
  @Test func callsAndQuestionsAtOneTimeLoseNothing() async throws {
    try await with { gate, _ async throws in
      disk.failSynchronising(EIO, times: 1)
      #expect(try await Self.create(gate, 0) == 503)
      let codes = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 1...20 {
          group.addTask { [gate] in try await Self.create(gate, number) }
          group.addTask { [gate] in try await Self.ready(gate).hasPrefix("200") ? 200 : 503 }
        }
        return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
      }
      #expect(codes[201] == 20)
      #expect(try await Self.ready(gate) == Self.isReady)
      #expect(gate.lines.count { $0["kind"] as? String == "interruption" } == 1)
      #expect(gate.lines.count { $0["kind"] as? String == "outcome" } == 20)
      #expect(try LogVerification.verify(.log(gate.folder["decisions.jsonl"])).isIntact)
    }
  }

  @Test func aGatewayThatEndsTriesNothing() async throws {
    try await with { gate, paths async throws in
      disk.failSynchronising(EIO)
      #expect(try await Self.create(gate, 1) == 503)
      let attempts = disk.attempts
      paths.drain()
      #expect(try await Self.ready(gate) == "503 draining\n")
      #expect(disk.attempts == attempts)
    }
  }

  /// Nothing was refused, and no line says so.
  @Test func aLogThatCannotBeOpenedAnewKeepsItFromBeingReady() async throws {
    let (folder, time) = (try ScratchFolder(), FixedTime())
    let path = folder["decisions.jsonl"]
    let log = try DecisionLog(path: path, time: time)
    try FileManager.default.moveItem(atPath: path, toPath: folder["away"])
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(throws: DecisionLogError.self) { try log.reopen() }
    for _ in 0..<2 {
      #expect(await log.resume()?.reason == "it is a directory")
      time.advance(1)
    }
    try FileManager.default.removeItem(atPath: path)
    #expect(await log.resume() == nil)
    #expect(log.interruption == nil)
    #expect(try DecisionSample.lines(path).isEmpty)
  }

  /// The system may hold up a write for as long as it wants to, and another process with the file's lock.
  @Test func whoAsksWaitsForNoWrite() throws {
    let folder = try ScratchFolder()
    let log = try DecisionLog(path: folder["decisions.jsonl"])
    let other = open(folder["decisions.jsonl"], O_RDWR)
    #expect(flock(other, LOCK_EX) == 0)
    let (written, asked) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    Thread.detachNewThread {
      try? log.append(DecisionSample.record("1"))
      written.signal()
    }
    #expect(written.wait(timeout: .now() + .milliseconds(200)) == .timedOut)
    Thread.detachNewThread {
      _ = log.interruption
      asked.signal()
    }
    #expect(asked.wait(timeout: .now() + 5) == .success)
    close(other)
    #expect(written.wait(timeout: .now() + 30) == .success)
  }

  @Test func thePaceIsThatOfOneAtATime() {
    var pace = RetryPace(every: .seconds(1))
    let isFirst = pace.begin(at: .seconds(10))
    let isSecond = pace.begin(at: .seconds(20))
    pace.end(at: .seconds(30))
    let isEarly = pace.begin(at: .milliseconds(30_999))
    let isNext = pace.begin(at: .seconds(31))
    #expect([isFirst, isSecond, isEarly, isNext] == [true, false, false, true])
  }
}
