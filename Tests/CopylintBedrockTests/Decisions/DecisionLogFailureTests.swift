import BedrockClient
import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// A disk that fails: nothing counts that is not on it, nothing is forgotten, and what was confirmed stays whole.
@Suite struct DecisionLogFailureTests {
  private let folder: ScratchFolder
  private let disk = FailingDisk()
  private let log: DecisionLog
  private var path: String { folder["decisions.jsonl"] }

  init() throws {
    folder = try ScratchFolder()
    log = try DecisionLog(path: folder["decisions.jsonl"], id: "a", calls: disk.calls)
  }

  private func verify() throws -> LogVerification.Result { try LogVerification.verify(.log(path)) }

  /// What is named is the log, and why in words.
  @Test func aFolderThatCannotBeMadeIsTheLogsError() throws {
    try Data().write(to: URL(fileURLWithPath: folder["file"]))
    let paths = StatePaths(journal: folder["journal.sqlite"], decisionLog: folder["file/state/decisions.jsonl"])
    let reason = "the directory `\(folder["file/state/"])` cannot be made: its directory is not there"
    #expect(throws: DecisionLogError(path: paths.decisionLog, reason: reason)) { try paths.openLog() }
  }

  @Test(arguments: [(ENOSPC, "the disk is full"), (EIO, "the disk failed"), (EFBIG, "the file may not grow any more")])
  func aWriteThatStopsHalfWayLeavesNothing(_ code: Int32, _ reason: String) throws {
    try log.append(DecisionSample.record("1"))
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    disk.failWrites(code)
    for _ in 0..<3 {
      #expect(throws: DecisionLogError(path: path, reason: reason)) { try log.append(DecisionSample.record("2")) }
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(log.head?.count == 1)
    disk.failWrites(nil)
    try log.append(DecisionSample.record("3"))
    let lines = try DecisionSample.lines(path)
    #expect(lines.map { $0["kind"] as? String } == ["decision", "interruption", "decision"])
    #expect(lines[1]["lines"] as? Int == 3)
    #expect(lines[1]["reason"] as? String == reason)
    #expect(lines[1]["after"] == nil)
    #expect(lines[2]["id"] as? String == "3")
    #expect(try verify().isIntact)
  }

  @Test func aFailedFsyncIsNotForgotten() throws {
    try log.append(DecisionSample.record("1"))
    disk.failSynchronising(EIO)
    let failure = DecisionLogError(path: path, reason: "the disk failed")
    #expect(throws: failure) { try log.append(DecisionSample.record("2")) }
    // What was written and is not known to be on disk is gone from the file, too.
    #expect(try DecisionSample.lines(path).compactMap { $0["id"] as? String } == ["1"])
    disk.failSynchronising(nil)
    try log.append(DecisionSample.record("3"))
    #expect(try DecisionSample.lines(path).map { $0["kind"] as? String } == ["decision", "interruption", "decision"])
    #expect(try verify().isIntact)
    #expect(log.head?.count == 3)
  }

  @Test func whatCannotBeTakenBackContradictsNothing() throws {
    try log.append(DecisionSample.record("1"))
    let head = try #require(log.head)
    disk.failTruncating(true)
    disk.failSynchronising(EIO)
    #expect(throws: DecisionLogError.self) { try log.append(DecisionSample.record("2")) }
    disk.failSynchronising(nil)
    disk.failWrites(EIO)
    #expect(throws: DecisionLogError.self) { try log.append(DecisionSample.record("3")) }
    disk.failWrites(nil)
    try log.append(DecisionSample.record("4"))
    let result = try LogVerification.verify(.log(path), heads: [head])
    #expect(result.problems.map(\.message) == [])
    // The second failure left the note about the first, and half of the line after it.
    #expect(result.heads.map(\.count) == [2, 1, 2])
    #expect(result.halfLines.map(\.line) == [4])
    let last = try #require(try DecisionSample.texts(path).dropLast().last)
    #expect(last.contains(#""kind":"interruption","lines":2,"reason":"the disk failed","after":"\#(head)""#))
  }

  @Test func oneFailureIsThatOfAllWhoShareTheWrite() async throws {
    disk.failSynchronising(EIO)
    let failures = await withTaskGroup(of: DecisionLogError?.self) { group in
      for number in 0..<50 {
        group.addTask { [log] in
          do throws(DecisionLogError) {
            try await log.append(DecisionSample.record("\(number)"))
            return nil
          } catch {
            return error
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(failures == Array(repeating: DecisionLogError(path: path, reason: "the disk failed"), count: 50))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).isEmpty)
    disk.failSynchronising(nil)
    try await log.append(DecisionSample.record("x"))
    #expect(try DecisionSample.lines(path).first?["lines"] as? Int == 50)
  }

  @Test func aFileThatWasTakenAwayIsMadeAgainAndOneThatMayNotBeWrittenFails() throws {
    try log.append(DecisionSample.record("1"))
    #expect(unlink(path) == 0)
    try log.append(DecisionSample.record("2"))
    #expect(try DecisionSample.lines(path).map { $0["n"] as? Int } == [2])
    #expect(unlink(path) == 0)
    #expect(symlink("elsewhere", path) == 0)
    #expect(throws: DecisionLogError(path: path, reason: "it is a symbolic link")) {
      try log.append(DecisionSample.record("3"))
    }
  }

  @Test func aLineBeyondAllMeasureIsRefused() throws {
    var record = DecisionSample.record("1")
    record.path = ByteString(String(repeating: "x", count: LogWriter.maxObjectBytes))
    #expect(throws: DecisionLogError(path: path, reason: "a line is larger than 4194304 bytes")) {
      try log.append(record)
    }
    try log.append(DecisionSample.record("2"))
    #expect(try DecisionSample.lines(path).count == 1)
  }
}
