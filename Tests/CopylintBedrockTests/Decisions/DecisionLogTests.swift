import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// Lines that are whole, on disk, chained, and free of what could harm a reader.
@Suite struct DecisionLogTests {
  private let folder: ScratchFolder
  private var path: String { folder["decisions.jsonl"] }

  init() throws { folder = try ScratchFolder() }

  @Test func everyLineHasTheDigestOfTheOneBefore() throws {
    let log = try DecisionLog(path: path)
    try log.append(DecisionSample.record("1"))
    try log.append(OutcomeRecord(id: "1", outcome: .unknown, token: "t", error: "no"))
    try log.append(DecisionSample.record("2"))
    let texts = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let lines = try DecisionSample.lines(path)
    #expect(lines.map { $0["n"] as? Int } == [1, 2, 3])
    #expect(lines[0]["previous"] as? String == String(repeating: "0", count: 64))
    #expect(lines[1]["previous"] as? String == SHA256Digest.hexadecimal(Array(texts[0].utf8)))
    #expect(lines[2]["previous"] as? String == SHA256Digest.hexadecimal(Array(texts[1].utf8)))
    #expect(Set(lines.map { $0["chain"] as? String }).count == 1)
  }

  @Test func noControlByteStandsInALine() throws {
    try DecisionLog(path: path).append(DecisionSample.record("1"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(!bytes.dropLast().contains { $0 < 0x20 || $0 == 0x7F })
  }

  @Test func aLineThatWasCutOffDoesNotSpoilTheNext() throws {
    try Data("{\"cut\":".utf8).write(to: URL(fileURLWithPath: path))
    #expect(chmod(path, 0o600) == 0)
    try DecisionLog(path: path).append(DecisionSample.record("1"))
    let texts = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(texts.count == 2 && texts[1].hasPrefix("{\"chain\""))
  }

  @Test func itIsPrivateAndThroughNoLink() throws {
    try DecisionLog(path: path).append(DecisionSample.record("1"))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    try FileManager.default.createSymbolicLink(atPath: folder["link"], withDestinationPath: path)
    #expect(mkfifo(folder["pipe"], 0o600) == 0)
    for name in ["link", "pipe", "none/log"] {
      #expect(throws: DecisionLogError.self) { try DecisionLog(path: folder[name]) }
    }
    #expect(throws: DecisionLogError.self) { try DecisionLog(path: "/dev/full") }
  }
}
