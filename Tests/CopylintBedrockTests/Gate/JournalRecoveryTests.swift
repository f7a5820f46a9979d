import BedrockClient
import Foundation
import Testing

@testable import CopylintBedrock

/// A machine stops while a gate runs: what the disk did not get of the journal comes back from the decision log.
@Suite struct JournalRecoveryTests {
  /// A gate that forwarded one call, and what of its journal has reached the disk then.
  private static func with(
    options: DecisionLogOptions? = nil, calls: LogFileCalls = .system,
    _ body: (inout GateUnderTest, Disk) async throws -> Void
  ) async throws {
    try await GateUnderTest.with(.inProcess, calls: calls) {
      guard let options else { return }
      $0.log = try DecisionLog(path: $0.log.path, options: options, time: $0.time)
    } _: { gate async throws in
      #expect(try await gate.create(Self.call(0)).status == 201)
      let disk = Disk(gate.folder)
      try disk.take()
      try await body(&gate, disk)
    }
  }

  /// What is on the disk of the machine.
  private struct Disk {
    let folder: ScratchFolder
    var path: String { folder["disk/journal.sqlite"] }

    init(_ folder: ScratchFolder) { self.folder = folder }

    func take() throws {
      try FileManager.default.createDirectory(atPath: folder["disk"], withIntermediateDirectories: true)
      for name in ["journal.sqlite", "journal.sqlite-wal"] {
        try FileManager.default.copyItem(atPath: folder[name], toPath: folder["disk/\(name)"])
      }
    }

    func open(boot: String? = "another boot") throws -> Journal { try Journal(path: path, boot: boot) }
  }

  private static func call(_ number: Int) -> [String: Any] {
    GateUnderTest.members(["clientRequestToken": "token-\(number)", "targetModelName": "fraud-\(number)"])
  }

  /// The logs that a journal relies on.
  private static func logs(_ journal: Journal) throws -> [RecoveryLog] {
    try journal.use { try JournalGates.interrupted($0, boot: nil) }
  }

  @Test func whatTheMachineLostComesBackFromTheLog() async throws {
    try await Self.with { gate, disk async throws in
      #expect(try await gate.create(Self.call(1)).status == 201)
      gate.upstream.answer(.failure(UpstreamError(effect: .unknown, message: "the connection was closed")))
      #expect(try await gate.create(Self.call(2)).status >= 500)
      #expect(try await gate.create(GateUnderTest.members(["targetModelTags": nil])).status == 403)
      let written = try gate.journal.entries()
      #expect(written.map(\.state) == [.accepted, .accepted, .unresolved])
      let recovered = try disk.open()
      #expect(try recovered.entries() == written)
      #expect(try Self.logs(recovered).isEmpty)
      // It is done once.
      try FileManager.default.removeItem(atPath: gate.folder["decisions.jsonl"])
      #expect(try disk.open(boot: "a third boot").entries() == written)
    }
  }

  /// Whether the journal was told that it has the intent.
  @Test(arguments: [1, 3])
  func anOutcomeThatIsKnownToTheLogAloneIsWrittenToTheEntry(_ lines: Int) async throws {
    try await Self.with { gate, _ async throws in
      gate.upstream.hold()
      let call = Task { [gate] in try await gate.create(Self.call(1), finishes: false).status }
      while gate.upstream.creates < 2 { try await Task.sleep(for: .milliseconds(1)) }
      let disk = Disk(gate.folder)
      try FileManager.default.removeItem(atPath: gate.folder["disk"])
      try disk.take()
      #expect(try Journal(path: disk.path).entries().map(\.state) == [.accepted, .unresolved])
      gate.time.advance(5)
      gate.upstream.release()
      #expect(try await call.value == 201)
      await gate.finish()
      try disk.open(boot: MachineBoot.id).use { try $0.execute("UPDATE gates SET lines = \(lines)") }
      let entries = try disk.open().entries()
      #expect(try entries == gate.journal.entries())
      #expect(entries.last.map { $0.updatedAt - $0.createdAt } == 5)
    }
  }

  @Test func aCallThatWasRejectedIsNoIntent() async throws {
    try await Self.with { gate, disk async throws in
      gate.upstream.answer(.failure(UpstreamError(effect: .none, message: "the host has no address")))
      #expect(try await gate.create(Self.call(1)).status >= 500)
      #expect(try gate.journal.entries().map(\.state) == [.accepted, .rejected])
      #expect(try disk.open().entries().map(\.token) == ["token-0"])
    }
  }

  @Test func theEndOfAProcessTakesNothing() async throws {
    try await Self.with { gate, disk async throws in
      #expect(try Self.logs(disk.open(boot: MachineBoot.id)).count == 1)
      try FileManager.default.removeItem(atPath: gate.folder["decisions.jsonl"])
      #expect(try disk.open(boot: MachineBoot.id).entries().count == 1)
    }
  }

  @Test func withoutTheLogNobodyKnowsWhatWasSent() async throws {
    try await Self.with { gate, disk async throws in
      #expect(try await gate.create(Self.call(1)).status == 201)
      let log = gate.folder["decisions.jsonl"]
      try FileManager.default.moveItem(atPath: log, toPath: log + ".away")
      let absent = #expect(throws: JournalError.self) { try disk.open() }
      #expect(absent == .unrecovered(path: disk.path, log: log, reason: "there is no such file"))
      try Data().write(to: URL(fileURLWithPath: log))
      let empty = #expect(throws: JournalError.self) { try disk.open() }
      #expect(empty?.description.contains("it lacks line 1 of the chain `") == true)
      try FileManager.default.removeItem(atPath: log)
      try FileManager.default.moveItem(atPath: log + ".away", toPath: log)
      #expect(try disk.open().entries().count == 2)
    }
  }

  @Test func aLineWithoutWhatWasSentStopsIt() async throws {
    try await Self.with { gate, disk async throws in
      #expect(try await gate.create(Self.call(1)).status == 201)
      let log = URL(fileURLWithPath: gate.folder["decisions.jsonl"])
      let text = try String(contentsOf: log, encoding: .utf8)
      try Data(text.replacing(#""token":"token-1""#, with: #""other":"token-1""#).utf8).write(to: log)
      let error = #expect(throws: JournalError.self) { try disk.open() }
      #expect(error?.description.contains("does not say what was sent") == true)
    }
  }

  @Test func aLineThatTheCrashCutSaysNothing() async throws {
    try await Self.with { gate, disk async throws in
      #expect(try await gate.create(Self.call(1), finishes: false).status == 201)
      await gate.finish()
      let log = URL(fileURLWithPath: gate.folder["decisions.jsonl"])
      let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 4)
      try Data((lines[..<2].joined(separator: "\n") + "\n" + lines[2].dropLast(40)).utf8).write(to: log)
      #expect(try disk.open().entries().map(\.token) == ["token-0"])
    }
  }

  @Test func partsThatWereSetAsideAreReadToo() async throws {
    try await Self.with(options: DecisionLogOptions(maxBytes: 2000)) { gate, disk async throws in
      for number in 1...5 { #expect(try await gate.create(Self.call(number)).status == 201) }
      #expect(try LogParts.names(of: gate.folder["decisions.jsonl"]).count > 2)
      #expect(try disk.open().entries() == gate.journal.entries())
    }
  }

  /// Each part has two lines, and the journal was told of the first one.
  @Test(arguments: [(0, 2), (1, 3), (4, 9)])
  func aPartThatIsNotThereStopsIt(_ part: Int, _ line: Int) async throws {
    try await Self.with(options: DecisionLogOptions(maxBytes: 2000)) { gate, disk async throws in
      for number in 1...5 { #expect(try await gate.create(Self.call(number)).status == 201) }
      let log = gate.folder["decisions.jsonl"]
      let told = try Self.logs(disk.open(boot: MachineBoot.id)).map(\.lines)
      try FileManager.default.removeItem(atPath: LogParts.names(of: log)[part])
      // The outcome's line may have been on the disk already when the journal was told.
      guard told.allSatisfy({ $0 < line }) else {
        #expect(try disk.open().entries() == gate.journal.entries())
        return
      }
      let error = #expect(throws: JournalError.self) { try disk.open() }
      #expect(error?.description.contains("`\(log)`: it lacks line \(line) of the chain `") == true)
    }
  }

  @Test func aLineThatIsMissingStopsIt() async throws {
    try await Self.with { gate, disk async throws in
      #expect(try await gate.create(Self.call(1)).status == 201)
      let log = URL(fileURLWithPath: gate.folder["decisions.jsonl"])
      let lines = try DecisionSample.texts(log.path)
      for line: Substring in ["", lines[2].dropLast(40)] {
        try Data([lines[0], lines[1], line, lines[3]].joined(separator: "\n").utf8).write(to: log)
        let error = #expect(throws: JournalError.self) { try disk.open() }
        #expect(error?.description.contains("it lacks line 3 of the chain `") == true)
      }
    }
  }

  /// A failed fsync whose lines could not be taken back: the gate goes on as another chain.
  @Test func theChainThatAGateGoesOnWithIsReadToo() async throws {
    let failing = FailingDisk()
    try await Self.with(calls: failing.calls) { gate, disk async throws in
      for number in [1, 3] {
        failing.failTruncating(true)
        failing.failSynchronising(EIO, times: 1)
        #expect(try await gate.create(Self.call(number)).status == 503)
        failing.failTruncating(false)
        #expect(try await gate.create(Self.call(number + 1)).status == 201)
      }
      #expect(Set(gate.lines.compactMap { $0["chain"] as? String }).count == 3)
      let recovered = try disk.open().entries()
      for token in ["token-2", "token-4"] {
        #expect(recovered.filter { $0.token == token }.map(\.state) == [.accepted])
      }
    }
  }

  @Test func aGateThatHadToBeginAnewBeforeItsFirstCallNamesTheChainThatItHas() async throws {
    let failing = FailingDisk()
    failing.failTruncating(true)
    failing.failSynchronising(EIO, times: 1)
    try await GateUnderTest.with(.inProcess, calls: failing.calls) { gate async throws in
      #expect(try await gate.create(Self.call(0)).status == 503)
      #expect(try await gate.create(Self.call(1)).status == 201)
      let disk = Disk(gate.folder)
      try disk.take()
      #expect(try await gate.create(Self.call(2)).status == 201)
      #expect(try disk.open().entries().filter { $0.state == .accepted }.map(\.token) == ["token-1", "token-2"])
    }
  }

  /// The journal is told of the log again: what was set aside before may be moved away then.
  @Test func linesThatTheJournalHasAreNotNeeded() throws {
    let folder = try ScratchFolder()
    let journal = try Journal(path: folder["journal.sqlite"])
    let log = try DecisionLog(path: folder["decisions.jsonl"])
    let queue = DispatchQueue(label: "test")
    let reliance = JournalReliance(of: journal, on: log, writingOn: queue)
    for number in 1...3 { try log.append(DecisionSample.record("\(number)")) }
    reliance.begin(on: queue) {}
    queue.sync {}
    #expect(try Self.logs(journal).map(\.lines) == [3])
    try FileManager.default.moveItem(atPath: log.path, toPath: log.path + ".1")
    try log.append(DecisionSample.record("4"))
    queue.sync { reliance.renew {} }
    let named = try Self.logs(journal)
    #expect(named.map(\.lines) == [4])
    var calls = LoggedCalls(named)
    try calls.read(log.path) { _ in }
    for lines in [2, 5] {
      var others = LoggedCalls(named.map { RecoveryLog(path: $0.path, chain: $0.chain, lines: lines) })
      #expect(throws: DecisionLogError.self) { try others.read(log.path) { _ in } }
    }
    queue.sync { reliance.end() }
    #expect(try Self.logs(journal).isEmpty)
    // What comes after the end changes nothing.
    queue.sync { reliance.renew {} }
    reliance.begin(on: queue) {}
    queue.sync {}
    #expect(try Self.logs(journal).isEmpty)
  }

  @Test func aGateThatEndsBeforeItRelies() throws {
    let folder = try ScratchFolder()
    let journal = try Journal(path: folder["journal.sqlite"])
    let log = try DecisionLog(path: folder["decisions.jsonl"])
    let queue = DispatchQueue(label: "test")
    let reliance = JournalReliance(of: journal, on: log, writingOn: queue)
    try log.append(DecisionSample.record("1"))
    queue.suspend()
    queue.async { reliance.end() }
    reliance.begin(on: queue) {}
    queue.resume()
    queue.sync {}
    #expect(try Self.logs(journal).isEmpty)
    #expect(try journal.use { try $0.integer("PRAGMA synchronous") } == 2)
  }

  /// Who does not know the boot may open the journal beside a gate that runs.
  @Test func whereTheBootIsNotKnownTheLogStaysNamed() async throws {
    try await Self.with { gate, disk async throws in
      #expect(try await gate.create(Self.call(1)).status == 201)
      for _ in 0..<2 { #expect(try disk.open(boot: nil).entries() == gate.journal.entries()) }
      #expect(try Self.logs(disk.open()).isEmpty)
    }
  }

  @Test func aLogWhosePathIsNoTextIsNotReliedOn() throws {
    let folder = try ScratchFolder()
    let name = Array(folder["caf"].utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
    #expect(mkdir(name, 0o700) == 0)
    #expect(symlink(name, folder["link"]) == 0)
    let log = try DecisionLog(path: folder["link/decisions.jsonl"])
    try log.append(DecisionSample.record("1"))
    #expect(log.recovery == nil)
  }

  @Test func aGateThatEndsLeavesAJournalThatNeedsNoLog() async throws {
    try await Self.with { gate, _ async throws in
      #expect(try Self.logs(gate.journal).count == 1)
      await gate.close()
      #expect(try Self.logs(gate.journal).isEmpty)
      #expect(try gate.journal.use { try $0.integer("PRAGMA synchronous") } == 2)
    }
  }

  /// Of a journal that is in a write-ahead log of 2: FULL, of 1: NORMAL.
  @Test(arguments: [(MaskedField.token, 2), (.jobArn, 2), (.findingValues, 1)])
  func whereAMaskHidesWhatIsNeededEachTransactionWaitsForTheDisk(_ field: MaskedField, _ level: Int) async throws {
    try await Self.with(options: DecisionLogOptions(masks: [field])) { gate, _ async throws in
      #expect(try await gate.create(Self.call(1)).status == 201)
      #expect(try gate.journal.use { try $0.integer("PRAGMA synchronous") } == Int64(level))
      #expect(try Self.logs(gate.journal).isEmpty == (level == 2))
    }
  }

  @Test func aJournalOfTheFirstVersionIsTakenOver() throws {
    let folder = try ScratchFolder()
    let path = folder["journal.sqlite"]
    let copy = LogicalCopy(region: "eu-west-1", account: nil, digest: "d")
    let details = Journal.Details(committedToken: "t", targetModelName: "m", sourceModelArn: "arn", now: 1000)
    _ = try Journal(path: path).begin(copy, details) { "t" }
    try Journal(path: path).use { try $0.execute("DROP TABLE gates; PRAGMA user_version = 1") }
    let journal = try Journal(path: path)
    #expect(try journal.entries().map(\.token) == ["t"])
    #expect(try journal.use { try $0.integer("PRAGMA user_version") } == 3)
    #expect(try Self.logs(journal).isEmpty)
  }
}
