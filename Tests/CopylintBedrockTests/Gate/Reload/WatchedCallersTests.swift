import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// Callers in a file that changes.
@Suite(.timeLimit(.minutes(2))) struct WatchedCallersTests {
  private let folder: ScratchFolder
  private let events: AsyncStream<String>
  private let tell: AsyncStream<String>.Continuation
  private var path: String { folder["callers.json"] }

  private static let first = "AKIDCALLEREXAMPLE1"
  private static let second = "AKIDCALLEREXAMPLE2"

  init() throws {
    folder = try ScratchFolder()
    (events, tell) = AsyncStream.makeStream()
    try write([Self.first: "one"])
  }

  /// As who rotates keys does: another file takes the place.
  private func write(_ secrets: [String: String], mode: mode_t = 0o600) throws {
    let callers = secrets.sorted { $0.key < $1.key }.map { key, secret in
      #"{"name": "\#(key.suffix(1))", "accessKeyId": "\#(key)", "secretAccessKey": "\#(Self.secret(secret))"}"#
    }
    try write(text: #"{"format": 1, "callers": [\#(callers.joined(separator: ", "))]}"#, mode: mode)
  }

  private func write(text: String, mode: mode_t = 0o600) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path + ".new"))
    #expect(chmod(path + ".new", mode) == 0 && rename(path + ".new", path) == 0)
  }

  private static func secret(_ word: String) -> String { "caller/secret/EXAMPLE/0123456789/" + word }

  private func watch() throws -> WatchedCallers {
    try WatchedCallers(path: ByteString(path)) { [tell] event in
      switch event {
      case .loaded(let snapshot): tell.yield("loaded \(snapshot.value.names)")
      case .unchanged: tell.yield("unchanged")
      case .failed(let diagnostics): tell.yield("failed: \(diagnostics[0].message)")
      case .unwatched(let diagnostic): tell.yield("unwatched: \(diagnostic.message)")
      }
    }
  }

  private static func secrets(_ callers: WatchedCallers, _ key: String) -> [String] {
    callers.credentials(of: key).map(\.secretAccessKey)
  }

  @Test func whoIsAddedMayCallAndWhoIsTakenOutMayNot() async throws {
    let callers = try watch()
    var events = events.makeAsyncIterator()
    #expect(Self.secrets(callers, Self.first) == [Self.secret("one")])
    #expect(Self.secrets(callers, Self.second).isEmpty)
    try write([Self.first: "one", Self.second: "two"])
    #expect(await events.next() == #"loaded ["1", "2"]"#)
    #expect(Self.secrets(callers, Self.second) == [Self.secret("two")])
    try write([Self.first: "another", Self.second: "two"])
    #expect(await events.next() == #"loaded ["1", "2"]"#)
    #expect(Self.secrets(callers, Self.first) == [Self.secret("another")])
    try write([Self.second: "two"])
    #expect(await events.next() == #"loaded ["2"]"#)
    #expect(Self.secrets(callers, Self.first).isEmpty)
  }

  @Test(
    arguments: [
      (#"{"format": 1,"#, 0o600, "failed: line 1: the text ends too early"),
      (#"{"format": 1, "callers": []}"#, 0o644, "failed: others than the file's owner can read its secrets"),
    ] as [(String, mode_t, String)])
  func aFileThatCannotBeUsedLeavesThoseBefore(_ text: String, _ mode: mode_t, _ words: String) async throws {
    let callers = try watch()
    var events = events.makeAsyncIterator()
    try write(text: text, mode: mode)
    #expect(await events.next()?.hasPrefix(words) == true)
    #expect(Self.secrets(callers, Self.first) == [Self.secret("one")])
    try FileManager.default.removeItem(atPath: path)
    #expect(await events.next()?.hasPrefix("failed: ") == true)
    #expect(Self.secrets(callers, Self.first) == [Self.secret("one")])
    try write([Self.first: "one"])
    #expect(await events.next() == "unchanged")
  }

  @Test func itIsReadWhenThatIsAskedFor() async throws {
    let callers = try watch()
    var events = events.makeAsyncIterator()
    callers.stop()
    try write([Self.second: "two"])
    #expect(Self.secrets(callers, Self.second).isEmpty)
    await callers.reload()
    #expect(await events.next() == #"loaded ["2"]"#)
    #expect(Self.secrets(callers, Self.second) == [Self.secret("two")])
  }

  @Test func aFirstFileThatCannotBeUsedIsRefused() throws {
    try write(text: "{}")
    let errors = #expect(throws: PolicyErrors.self) { try watch() }
    #expect(errors?.diagnostics.isEmpty == false)
  }
}
