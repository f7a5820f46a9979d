import Foundation
import Testing

@testable import CopylintBedrock

/// What a gate leaves in the journal that was killed: its log is needed until another process opens the journal, and no
/// longer.
@Suite struct KilledGateTests {
  private let folder: ScratchFolder
  private var path: String { folder["journal.sqlite"] }
  private var locks: String { path + "-gates" }

  init() throws { folder = try ScratchFolder() }

  /// A gate that relies on a log for the intent of one call, until nothing refers to it any more: as for one that is killed,
  /// nobody tells the journal then.
  private struct RunningGate {
    let journal: Journal
    let log: DecisionLog

    init(_ path: String, _ log: String, _ number: Int = 1) throws {
      journal = try Journal(path: path)
      self.log = try DecisionLog(path: log)
      try self.log.append(DecisionSample.record("\(number)"))
      let recovery = try #require(self.log.recovery)
      try journal.rely(on: recovery, boot: try #require(MachineBoot.id))
      _ = journal.perform([.admit(KilledGateTests.copy(number), KilledGateTests.details(number))])
    }
  }

  private static func copy(_ number: Int) -> LogicalCopy {
    LogicalCopy(region: "eu-west-1", account: nil, digest: "digest-\(number)")
  }

  private static func details(_ number: Int) -> Journal.Details {
    Journal.Details(committedToken: "token-\(number)", targetModelName: "m", sourceModelArn: "arn", now: 1000)
  }

  private func gate(_ number: Int = 1) throws -> RunningGate {
    try RunningGate(path, folder["decisions-\(number).jsonl"], number)
  }

  private func open(boot: String? = MachineBoot.id) throws -> Journal { try Journal(path: path, boot: boot) }

  /// The logs that are needed.
  private static func logs(_ journal: Journal) throws -> [String] {
    try journal.use { try JournalGates.interrupted($0, boot: nil) }.map { String($0.path.suffix(17)) }
  }

  @Test func whoOpensTheJournalAfterItNeedsItsLogNoMore() throws {
    _ = try gate()
    let journal = try open()
    #expect(try Self.logs(journal).isEmpty)
    #expect(try journal.use { try $0.integer("PRAGMA synchronous") } == 2)
    try FileManager.default.removeItem(atPath: folder["decisions-1.jsonl"])
    #expect(try open(boot: "another boot").entries().map(\.token) == ["token-1"])
  }

  /// What nobody brought to the disk before the machine stopped is in the log alone.
  @Test func whereNobodyOpenedItTheNextBootNeedsTheLog() throws {
    _ = try gate()
    try FileManager.default.removeItem(atPath: folder["decisions-1.jsonl"])
    #expect(throws: JournalError.self) { try open(boot: "another boot") }
  }

  @Test func aGateThatLivesIsNotForgotten() throws {
    let gate = try gate()
    for _ in 0..<2 { #expect(try Self.logs(open()) == ["decisions-1.jsonl"]) }
    // Beside it, and after a stop of the machine.
    try FileManager.default.moveItem(atPath: gate.log.path, toPath: gate.log.path + ".away")
    #expect(throws: JournalError.self) { try open(boot: "another boot") }
  }

  @Test func ofTwoGatesTheOneThatWasKilledIsForgotten() throws {
    let first = try gate(1)
    var second: RunningGate? = try gate(2)
    #expect(try Self.logs(open()) == ["decisions-1.jsonl", "decisions-2.jsonl"])
    second = nil
    #expect(second == nil)
    #expect(try Self.logs(open()) == ["decisions-1.jsonl"])
    let third = try gate(3)
    #expect(try Self.logs(open()) == ["decisions-1.jsonl", "decisions-3.jsonl"])
    for gate in [first, third] { try gate.journal.stopRelying(on: try #require(gate.log.recovery)) }
    #expect(try Self.logs(open()).isEmpty)
  }

  /// Its row has another chain then, and the same lock.
  @Test func aGateThatGoesOnAsAnotherChainLives() throws {
    let gate = try gate()
    let recovery = try #require(gate.log.recovery)
    let next = RecoveryLog(path: recovery.path, chain: "next", lines: 1)
    try gate.journal.rely(on: next, inPlaceOf: recovery, boot: try #require(MachineBoot.id))
    #expect(try open().use { try JournalGates.interrupted($0, boot: nil) } == [next])
    try gate.journal.stopRelying(on: next)
    #expect(try Self.logs(open()).isEmpty)
  }

  @Test func manyThatOpenItAtOnceAllCan() async throws {
    for number in 1...5 { _ = try gate(number) }
    let living = try gate(6)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask { [path] in try Journal(path: path).entries().count }
      }
      for try await count in group { #expect(count == 6) }
    }
    #expect(try Self.logs(living.journal) == ["decisions-6.jsonl"])
  }

  /// What it reads keeps a checkpoint from copying all there is.
  @Test(.timeLimit(.minutes(1))) func nobodyWaitsForOneThatReads() throws {
    _ = try gate(1)
    let reader = try SQLiteConnection(path: path, busyTimeout: 0)
    try reader.execute("BEGIN")
    #expect(try reader.integer("SELECT count(*) FROM entries") == 1)
    let second = try gate(2)
    _ = try gate(3)
    let start = ContinuousClock.now
    let journal = try open()
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(try Self.logs(journal) == ["decisions-2.jsonl"])
    #expect(try journal.entries().count == 3)
    try second.journal.stopRelying(on: try #require(second.log.recovery))
  }

  // MARK: Doubt

  @Test func aGateWhoseLocksWereTakenAwayMayLive() throws {
    let gate = try gate()
    try FileManager.default.moveItem(atPath: locks, toPath: folder["away"])
    #expect(try Self.logs(open()) == ["decisions-1.jsonl"])
    // The file is there again, and is another one.
    let other = try self.gate(2)
    #expect(try Self.logs(open()).count == 2)
    try other.journal.stopRelying(on: try #require(other.log.recovery))
    #expect(try Self.logs(open()) == ["decisions-1.jsonl"])
    try FileManager.default.removeItem(atPath: locks)
    try FileManager.default.moveItem(atPath: folder["away"], toPath: locks)
    #expect(try Self.logs(open()) == ["decisions-1.jsonl"])
    try gate.journal.stopRelying(on: try #require(gate.log.recovery))
    #expect(try Self.logs(open()).isEmpty)
  }

  @Test(arguments: ["NULL", "''", "'1:2'", "'1:2:-3'", "'1:2:3:4'", "17", "'0:0:0'"])
  func aGateOfWhichNobodyKnowsTheLockMayLive(_ lock: String) throws {
    _ = try gate()
    try Journal(path: path, boot: nil).use { try $0.execute("UPDATE gates SET lock = \(lock)") }
    #expect(try Self.logs(open()) == ["decisions-1.jsonl"])
  }

  @Test func whereTheBootIsNotKnownNothingIsForgotten() throws {
    _ = try gate()
    #expect(try Self.logs(open(boot: nil)) == ["decisions-1.jsonl"])
  }

  /// A gate whose end nobody would see does not rely on its log: its journal waits for the disk.
  @Test(arguments: ["folder", "link", "readable by others", "pipe"])
  func withoutALockNoLogIsReliedOn(_ what: String) async throws {
    try await GateUnderTest.with { gate async throws in
      let locks = gate.folder["journal.sqlite-gates"]
      switch what {
      case "folder": try FileManager.default.createDirectory(atPath: locks, withIntermediateDirectories: false)
      case "link": #expect(symlink(gate.folder["elsewhere"], locks) == 0)
      case "pipe": #expect(mkfifo(locks, 0o600) == 0)
      default: #expect(creat(locks, 0o600) >= 0 && chmod(locks, 0o644) == 0)
      }
      #expect(try await gate.create(GateUnderTest.members()).status == 201)
      #expect(try gate.journal.use { try $0.integer("PRAGMA synchronous") } == 2)
      #expect(try Self.logs(gate.journal).isEmpty)
      #expect(!FileManager.default.fileExists(atPath: gate.folder["elsewhere"]))
      #expect(try Journal(path: gate.folder["journal.sqlite"]).entries().count == 1)
    }
  }

  /// Where others look, a link is none of the gates' files either.
  @Test func aLinkToTheLocksIsNotFollowed() throws {
    _ = try gate()
    try FileManager.default.moveItem(atPath: locks, toPath: folder["away"])
    #expect(symlink(folder["away"], locks) == 0)
    #expect(try Self.logs(open()) == ["decisions-1.jsonl"])
  }

  // MARK: The lock

  @Test func theLocksAreAnEmptyFileOfThisUserAloneThatNoCommandInherits() throws {
    let gate = try gate()
    let attributes = try FileManager.default.attributesOfItem(atPath: locks)
    #expect(attributes[.posixPermissions] as? Int == 0o600 && attributes[.size] as? Int == 0)
    let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
    let real = try #require(realpath(locks, nil).map { String(cString: $0) })
    let held = descriptors.filter {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == real
    }
    #expect(held.count == 1)
    #expect(held.allSatisfy { fcntl($0, F_GETFD) & FD_CLOEXEC != 0 })
    try gate.journal.stopRelying(on: try #require(gate.log.recovery))
    #expect(FileManager.default.fileExists(atPath: locks))
  }

  @Test func aNameOfALockIsReadAsItWasWritten() throws {
    let lock = try GateLocks(of: path).take()
    #expect(GateLock.Name(lock.name.description) == lock.name)
    #expect(!GateLocks(of: path).isFree(lock.name))
    let other = GateLock.Name(device: lock.name.device, file: lock.name.file, byte: lock.name.byte ^ 1)
    #expect(GateLocks(of: path).isFree(other))
  }

  @Test func aJournalOfTheSecondVersionIsTakenOver() throws {
    let gate = try gate()
    try gate.journal.use { try $0.execute("ALTER TABLE gates DROP COLUMN lock; PRAGMA user_version = 2") }
    let journal = try open()
    #expect(try journal.use { try $0.integer("PRAGMA user_version") } == 3)
    #expect(try Self.logs(journal) == ["decisions-1.jsonl"])
  }
}
