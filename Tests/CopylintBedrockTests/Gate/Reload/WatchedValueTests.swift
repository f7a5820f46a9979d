import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// A policy in files that change.
@Suite(.timeLimit(.minutes(2))) struct WatchedValueTests {
  private let folder: ScratchFolder
  private let events: AsyncStream<String>
  private let tell: AsyncStream<String>.Continuation
  private var pack: String { folder["pack.json"] }

  init() throws {
    folder = try ScratchFolder()
    (events, tell) = AsyncStream.makeStream()
    try write(max: 1)
  }

  /// As editors do: another file takes the place.
  private func write(max: Int, name: String = "acme") throws {
    let text = """
      {"format": 1, "name": "\(name)", "version": "1", "rules": [{"id": "tags", "kind": "tag-count", "max": \(max)}]}
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: pack), options: .atomic)
  }

  /// Watches the pack; a policy is what it says of a request with two tags.
  private func watch() throws -> WatchedValue<RequestVerdict> {
    var options = CheckOptions(today: try #require(CalendarDate("2026-11-25")))
    options.configuration = .none
    options.packs = [pack]
    let tags = (1...2).map { #"{"key": "k\#($0)", "value": "v"}"# }.joined(separator: ",")
    let arn = "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456"
    let request = #"{"sourceModelArn": "\#(arn)", "targetModelName": "m", "targetModelTags": [\#(tags)]}"#
    return try WatchedValue(
      directories: { [options] in WatchedDirectories.ofPolicy(options) }, isSame: { $0 == $1 },
      onEvent: { [tell] event in
        switch event {
        case .loaded(let snapshot): tell.yield("loaded \(snapshot.value) as \(snapshot.generation)")
        case .unchanged: tell.yield("unchanged")
        case .failed(let diagnostics): tell.yield("failed: \(diagnostics[0].message)")
        case .unwatched(let diagnostic): tell.yield("unwatched: \(diagnostic.message)")
        }
      },
      load: { [pack] () throws(PolicyErrors) in
        var linter = try PolicyLinter(packs: [pack], today: CalendarDate("2026-11-25"))
        return linter.judge(Array(request.utf8), region: "eu-west-1").verdict
      })
  }

  @Test func aChangedPackIsInForceAndABrokenOneIsNot() async throws {
    let watch = try watch()
    var events = events.makeAsyncIterator()
    #expect(watch.current.value == .denied)
    try write(max: 2)
    #expect(await events.next() == "loaded compliant as 2")
    #expect(watch.current.value == .compliant)
    try Data("{\"format\": 1,".utf8).write(to: URL(fileURLWithPath: pack), options: .atomic)
    #expect(await events.next()?.hasPrefix("failed: the text ends too early") == true)
    #expect(watch.current.value == .compliant)
    #expect(watch.current.generation == 2)
    try write(max: 1)
    #expect(await events.next() == "loaded denied as 3")
    try FileManager.default.removeItem(atPath: pack)
    #expect(await events.next()?.hasPrefix("failed: ") == true)
    try write(max: 1)
    #expect(await events.next() == "unchanged")
    #expect(watch.current.generation == 3)
  }

  /// A log beside the pack that tells of every event would otherwise be told of without an end.
  @Test func anotherFileInTheDirectoryIsNoEvent() async throws {
    let watch = try WatchedValue<Data?>(
      directories: { [pack] in WatchedDirectories.ofFile(ByteString(pack)) }, isSame: { $0 == $1 },
      onEvent: { [tell] event in
        if case .loaded = event { tell.yield("loaded") } else { tell.yield("another event") }
      },
      load: { [pack, tell] () throws(PolicyErrors) in
        tell.yield("read")
        return FileManager.default.contents(atPath: pack)
      })
    var events = events.makeAsyncIterator()
    #expect(await events.next() == "read")
    try Data("a line".utf8).write(to: URL(fileURLWithPath: folder["log"]))
    #expect(await events.next() == "read")
    try write(max: 2)
    var told = await events.next()
    while told == "read" { told = await events.next() }
    #expect(told == "loaded")
    await watch.reload()
    while told != "another event" { told = await events.next() }
  }

  @Test func aRequestLoadsItToo() async throws {
    let watch = try watch()
    var events = events.makeAsyncIterator()
    watch.stop()
    try write(max: 2)
    #expect(watch.current.generation == 1)
    await watch.reload()
    #expect(await events.next() == "loaded compliant as 2")
  }

  @Test func aFileWrittenInPlaceCountsWhenItIsWhole() async throws {
    let watch = try watch()
    var events = events.makeAsyncIterator()
    let whole = try Data(contentsOf: URL(fileURLWithPath: pack))
    let text = String(decoding: whole, as: UTF8.self).replacingOccurrences(of: "\"max\": 1", with: "\"max\": 2")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: pack))
    for byte in text.utf8 { try file.write(contentsOf: Data([byte])) }
    try file.close()
    #expect(await events.next() == "loaded compliant as 2")
    #expect(watch.current.value == .compliant)
  }

  @Test func aBrokenFirstPolicyIsRefused() throws {
    try Data("{}".utf8).write(to: URL(fileURLWithPath: pack))
    #expect(throws: PolicyErrors.self) { try watch() }
  }
}
