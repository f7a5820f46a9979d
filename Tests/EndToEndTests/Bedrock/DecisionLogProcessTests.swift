import Foundation
import Testing

/// Several processes and one log: what one of them was told is on disk is there, whatever becomes of the others.
@Suite struct DecisionLogProcessTests {
  private let scratch: Scratch
  private var log: String { scratch.folder.appendingPathComponent("log").path }

  init() throws { scratch = try Scratch() }

  /// The ids of all decisions, and how many files they stand in.
  private func written() throws -> (ids: [String], files: [String]) {
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).filter { $0.hasPrefix("log") }
    let ids = try files.flatMap { file in
      try String(contentsOf: scratch.folder.appendingPathComponent(file), encoding: .utf8).split(separator: "\n")
        .compactMap { $0.firstMatch(of: /"id":"([0-9-]+)"/).map { String($0.1) } }
    }
    return (ids, files)
  }

  private func verify(_ files: [String] = ["log"]) throws -> Program.Result {
    try Program.run(["log", "verify"] + files, in: scratch.folder)
  }

  @Test func severalShareALogThatIsRotated() throws {
    let processes = try (0..<3).map { _ in try AppendingProcess(log, lines: 480, fileBytes: 100_000) }
    for process in processes { #expect(process.end() == 0) }
    let (ids, files) = try written()
    #expect(ids.count == 3 * 480)
    #expect(Set(ids).count == 480)
    #expect(files.count > 5)
    let result = try verify()
    #expect(result.code == 0)
    #expect(result.output == "1440 lines of 3 chains in \(files.count) files: intact\n")
  }

  @Test func whatWasConfirmedSurvivesAKill() throws {
    let victim = try AppendingProcess(log, lines: 1_000_000, fileBytes: 200_000)
    let survivor = try AppendingProcess(log, lines: 800, fileBytes: 200_000)
    victim.wait(for: 300)
    victim.kill()
    #expect(victim.end() == SIGKILL)
    #expect(survivor.end() == 0)
    let ids = try written().ids
    let counts = Dictionary(ids.map { ($0, 1) }, uniquingKeysWith: +)
    let told = Dictionary((victim.confirmed + survivor.confirmed).map { (String($0), 1) }, uniquingKeysWith: +)
    #expect(victim.confirmed.count >= 300)
    #expect(survivor.confirmed.count == 800)
    for (id, count) in told { #expect(counts[id, default: 0] >= count, "\(id)") }
    let result = try verify()
    #expect(result.code == 0, "\(result.output)")
    #expect(result.output.hasSuffix(": intact\n"))
  }

  @Test func aFileThatIsRenamedUnderLoadLosesNothing() throws {
    let process = try AppendingProcess(log, lines: 3200)
    for part in 1...3 {
      process.wait(for: part * 600)
      #expect(rename(log, "\(log).\(part)") == 0)
    }
    #expect(process.end() == 0)
    #expect(try written().ids.count == 3200)
    let result = try verify(["log.1", "log.2", "log.3", "log"])
    #expect(result.output == "3200 lines of 1 chain in 4 files: intact\n")
    let other = try verify(["log.2", "log.1", "log.3", "log"])
    #expect(other.code == 1)
    #expect(other.output.contains("error: reordered: "))
    #expect(try verify(["log.1", "log.3", "log"]).code == 1)
  }

  @Test func aLogThatMayNotGrowConfirmsNothingMore() throws {
    let process = try AppendingProcess(log, lines: 10_000, limit: 256)
    #expect(process.end() != 0)
    let (ids, _) = try written()
    let size = try #require(try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
    #expect(size <= 256 << 10)
    #expect(!process.confirmed.isEmpty)
    #expect(Set(process.confirmed.map { String($0) }).isSubset(of: ids))
    let result = try verify()
    #expect(result.code == 0)
    // A smaller write may fit where a larger one did not; the log says what it lacks then.
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    let interruptions = lines.filter { $0.contains(#""kind":"interruption""#) }
    #expect(ids.count + interruptions.count == lines.count)
    #expect(result.output == "\(lines.count) lines of 1 chain in 1 file: intact\n")
  }
}
