import BedrockClient
import Foundation
import Testing

@testable import CopylintBedrock

/// A machine stops while a gate runs: what the disk did not get of the journal comes back from the decision log.
@Suite struct JournalRecoveryTests {
  /// A gate that forwarded one call, and what of its journal has reached the disk then.
  private static func with(
    options: DecisionLogOptions? = nil, _ body: (inout GateUnderTest, Disk) async throws -> Void
  ) async throws {
    try await GateUnderTest.with(.inProcess) {
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

  @Test func anOutcomeThatIsKnownToTheLogAloneIsWrittenToTheEntry() async throws {
    try await Self.with { gate, _ async throws in
      gate.upstream.hold()
      let call = Task { [gate] in try await gate.create(Self.call(1), finishes: false).status }
      while gate.upstream.creates < 2 { try await Task.sleep(for: .milliseconds(1)) }
      let disk = Disk(gate.folder)
      try FileManager.default.removeItem(atPath: gate.folder["disk"])
      try disk.take()
      #expect(try Journal(path: disk.path).entries().map(\.state) == [.accepted, .unresolved])
      gate.upstream.release()
      #expect(try await call.value == 201)
      await gate.finish()
      #expect(try disk.open().entries() == gate.journal.entries())
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
      #expect(empty?.description.contains("it has no line of the chain `") == true)
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
    #expect(try journal.use { try $0.integer("PRAGMA user_version") } == 2)
    #expect(try Self.logs(journal).isEmpty)
  }
}
