import Foundation
import Testing

@testable import Copylint

/// Every mistake in a pack has its place and says what to do: `Mistakes/NAME.json` gives `Mistakes/NAME.txt`.
///
/// `COPYLINT_UPDATE_EXPECTED=1 swift test --filter PackMistakeTests` writes the expected files anew.
@Suite struct PackMistakeTests {
  static let folder = Judging.folder().appendingPathComponent("Mistakes")
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".json") }.sorted()

  @Test(arguments: names) func everyMistakeIsReported(_ name: String) throws {
    let pack = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    let problems = Judging.ruleSet(pack).problems
    #expect(!problems.isEmpty)
    #expect(problems.allSatisfy { $0.place != nil })
    let text = Judging.rendered(problems)
    let expected = Self.folder.appendingPathComponent(name.replacingOccurrences(of: ".json", with: ".txt"))
    if ProcessInfo.processInfo.environment["COPYLINT_UPDATE_EXPECTED"] != nil {
      try text.write(to: expected, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: expected, encoding: .utf8)))
  }

  @Test func thereAreMistakes() { #expect(Self.names.count >= 15) }
}
