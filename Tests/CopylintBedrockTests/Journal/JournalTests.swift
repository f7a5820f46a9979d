import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// What the journal says of a copy, whatever happened to it or to its file before.
@Suite struct JournalTests {
  private let folder: ScratchFolder
  private var path: String { folder["state/copylint/journal.sqlite"] }

  init() throws { folder = try ScratchFolder() }

  private static func copy(
    _ name: String = "m", region: String = "eu-west-1", account: String? = nil, tags: [CopyValues.Tag]? = nil
  ) -> LogicalCopy { LogicalCopy(CopyValues.sample(name, tags: tags), region: region, account: account) }

  private static func details(_ token: String? = nil, again: Bool = false) -> Journal.Details {
    Journal.Details(
      committedToken: token, targetModelName: "m", sourceModelArn: CopyValues.sampleArn, now: 1000, again: again)
  }

  private func journal() throws -> Journal { try Journal(path: path) }

  private func sent(_ beginning: Journal.Beginning) throws -> JournalEntry {
    guard case .send(let entry) = beginning else {
      Issue.record("\(beginning)")
      throw JournalError.unusable(path: "", reason: "not to be sent")
    }
    return entry
  }

  @Test func anIntentIsResumedWithItsTokenUntilItIsResolved() throws {
    let entry = try sent(try journal().begin(Self.copy(), Self.details()) { "first" })
    #expect(entry.token == "first")
    #expect(try journal().begin(Self.copy(), Self.details()) { "second" } == .resume(entry))
    try journal().accept(entry, jobArn: CopyValues.sampleJob, now: 1001)
    guard case .accepted(let made) = try journal().begin(Self.copy(), Self.details(), newToken: { "third" }) else {
      Issue.record("not accepted")
      return
    }
    #expect(made.jobArn == CopyValues.sampleJob)
    #expect(made.account == "111122223333")
  }

  @Test func aRejectedIntentIsOver() throws {
    let entry = try sent(try journal().begin(Self.copy(), Self.details()) { "first" })
    try journal().reject(entry, now: 1001)
    #expect(try sent(try journal().begin(Self.copy(), Self.details()) { "second" }).token == "second")
  }

  @Test func anAcceptanceIsFinal() throws {
    let entry = try sent(try journal().begin(Self.copy(), Self.details()) { "first" })
    try journal().accept(entry, jobArn: CopyValues.sampleJob, now: 1001)
    try journal().reject(entry, now: 1002)
    #expect(try journal().entries().map(\.state) == [.accepted])
  }

  @Test func anOutcomeFollowsWhatAnotherProcessWroteMeanwhile() throws {
    let (journal, other) = (try journal(), try journal())
    let entry = try sent(try journal.begin(Self.copy(), Self.details()) { "t-1" })
    try other.reject(entry, now: 1001)
    try journal.accept(entry, jobArn: "arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/j1", now: 1002)
    #expect(try journal.entries().map(\.state) == [.accepted])
    #expect(try journal.entries().map(\.account) == ["111122223333"])
    try other.reject(entry, now: 1003)
    // What was written is whole: opening it looks at every checksum.
    #expect(try Journal(path: path).entries().map(\.updatedAt) == [1002])
  }

  @Test func againDrawsANewTokenButNotForACommittedOne() throws {
    let entry = try sent(try journal().begin(Self.copy(), Self.details("committed")) { "unused" })
    #expect(entry.token == "committed")
    try journal().accept(entry, jobArn: CopyValues.sampleJob, now: 1001)
    #expect(throws: JournalError.self) {
      try self.journal().begin(Self.copy(), Self.details("committed", again: true)) { "x" }
    }
    let again = try sent(try journal().begin(Self.copy(), Self.details(again: true)) { "second" })
    #expect(again.token == "second")
  }

  @Test func aTokenIsOfOneCopy() throws {
    _ = try journal().begin(Self.copy("a"), Self.details("t")) { "x" }
    #expect {
      try self.journal().begin(Self.copy("b"), Self.details("t")) { "x" }
    } throws: { error in
      if case .tokenOfAnotherCopy("t", _)? = error as? JournalError { true } else { false }
    }
    #expect(try sent(try journal().begin(Self.copy("b", region: "us-east-1"), Self.details("t")) { "x" }).token == "t")
  }

  @Test func whatMakesACopyAnother() throws {
    let tags = [CopyValues.Tag(key: "a", value: "b")]
    let all = [
      Self.copy(), Self.copy("n"), Self.copy(tags: []), Self.copy(tags: tags),
      Self.copy(tags: [CopyValues.Tag(key: "ab", value: "")]),
    ]
    #expect(Set(all.map(\.digest)).count == all.count)
    #expect(Self.copy().digest == Self.copy(region: "us-east-1").digest)
  }

  /// Journals and logs of every version hold it: by `sha256sum` of `73:arn:…1:m--` and of `73:arn:…1:m-1*1:a1:b`.
  @Test func aDigestStaysWhatItIs() {
    #expect(Self.copy().digest == "73ce75c59bc21a17975cdfd17f78af220dda9fedb971fec138a187c9f90e8fef")
    let tagged = Self.copy(tags: [CopyValues.Tag(key: "a", value: "b")])
    #expect(tagged.digest == "84393981aa442f37f0dc56785ba73d3a73444cd3d861eb06d28c4023f288aa64")
  }

  @Test func anUnknownAccountMayBeAny() throws {
    let entry = try sent(try journal().begin(Self.copy(account: "111122223333"), Self.details()) { "first" })
    #expect(try journal().begin(Self.copy(), Self.details()) { "x" } == .resume(entry))
    #expect(
      try sent(try journal().begin(Self.copy(account: "444455556666"), Self.details()) { "other" }).token == "other")
  }

  @Test func itIsPrivate() throws {
    _ = try journal()
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(chmod(path, 0o644) == 0)
    #expect(throws: JournalError.self) { try self.journal() }
  }

  @Test func aLinkIsNotFollowed() throws {
    _ = try journal()
    let link = folder["link.sqlite"]
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(throws: JournalError.self) { try Journal(path: link) }
  }

  /// Cut off anywhere, even to nothing, it is refused or says the same as before: never a new token.
  @Test func aTruncatedJournalNeverForgets() throws {
    for number in 0..<40 {
      let entry = try sent(try journal().begin(Self.copy("m\(number)"), Self.details()) { "t\(number)" })
      if number % 2 == 0 { try journal().accept(entry, jobArn: CopyValues.sampleJob, now: 1001) }
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for size in stride(from: 0, to: whole.count, by: 997) { try expectNothingForgotten(whole.prefix(size)) }
  }

  @Test func aFlippedByteNeverForgets() throws {
    for number in 0..<8 { _ = try journal().begin(Self.copy("m\(number)"), Self.details()) { "t\(number)" } }
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for offset in stride(from: 0, to: whole.count, by: 211) {
      var damaged = whole
      damaged[offset] ^= 0x20
      try expectNothingForgotten(damaged)
    }
  }

  private func expectNothingForgotten(_ content: Data) throws {
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    try content.write(to: URL(fileURLWithPath: path))
    #expect(chmod(path, 0o600) == 0)
    do {
      let beginning = try journal().begin(Self.copy("m1"), Self.details()) { "new" }
      if case .send = beginning { Issue.record("a new token after \(content.count) bytes") }
    } catch is JournalError {}
  }

  @Test func twoProcessesAtOnceMakeOneIntent() async throws {
    _ = try journal()
    let tokens = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<16 {
        group.addTask { [path] in
          switch try Journal(path: path).begin(Self.copy(), Self.details(), newToken: { "t\(number)" }) {
          case .send(let entry), .resume(let entry), .accepted(let entry): return entry.token
          }
        }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(tokens.count == 1)
    #expect(try journal().entries().count == 1)
  }
}

extension CopyValues {
  static let sampleArn = "arn:aws:bedrock:us-east-1:111122223333:custom-model/imported/abcdefghijkl"
  static let sampleJob = "arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/abcdefghijkl"

  static func sample(_ name: String = "m", tags: [Tag]? = nil, token: ByteString? = nil) -> CopyValues {
    CopyValues(
      sourceModelArn: ByteString(sampleArn), targetModelName: ByteString(name), targetModelTags: tags,
      clientRequestToken: token)
  }
}
