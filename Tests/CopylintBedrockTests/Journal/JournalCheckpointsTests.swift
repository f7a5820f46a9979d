import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// What calls of a gate wrote gets into the journal's own file, and none of them waits for it.
@Suite struct JournalCheckpointsTests {
  private let folder: ScratchFolder
  private var path: String { folder["journal.sqlite"] }

  init() throws { folder = try ScratchFolder() }

  private static func request(_ number: Int) -> Journal.CallRequest {
    let copy = LogicalCopy(CopyValues.sample("m\(number)", tags: nil), region: "eu-west-1", account: nil)
    return .admit(
      copy,
      Journal.Details(
        committedToken: "token-\(number)", targetModelName: "m\(number)", sourceModelArn: CopyValues.sampleArn,
        now: 1000))
  }

  private func admit(_ numbers: Range<Int>, in journal: Journal) throws {
    for number in numbers {
      for result in journal.perform([Self.request(number)]) { _ = try result.get() }
    }
  }

  /// The entries that stand in the journal's own file, without its write-ahead log.
  private func entriesOfTheFile() throws -> Int {
    let copy = folder["copy-\(UUID().uuidString).sqlite"]
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    return try Journal(path: copy).entries().count
  }

  private var logSize: Int {
    get throws { try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int ?? 0 }
  }

  @Test func noCommitCopiesWhatItWrote() throws {
    let journal = try Journal(path: path)
    // SQLite by itself would copy after a thousand pages.
    try admit(0..<400, in: journal)
    #expect(try logSize > 1000 * 1024)
    #expect(try entriesOfTheFile() == 0)
    #expect(try Journal(path: path).entries().count == 400)
  }

  @Test func whatIsCopiedLeavesTheLogToBeginAnew() throws {
    let journal = try Journal(path: path)
    try admit(0..<100, in: journal)
    #expect(try journal.checkpoints.copy() > 100)
    #expect(try entriesOfTheFile() == 100)
    let before = try logSize
    try admit(100..<150, in: journal)
    #expect(try logSize == before)
    #expect(try journal.entries().count == 150)
  }

  @Test func whoReadsHoldsUpNoWriter() async throws {
    let (journal, checkpoints) = (try Journal(path: path), try Journal(path: path).checkpoints)
    let copying = Task.detached {
      for _ in 0..<50 { _ = try checkpoints.copy() }
    }
    try admit(0..<200, in: journal)
    try await copying.value
    _ = try checkpoints.copy()
    #expect(try entriesOfTheFile() == 200)
  }
}
