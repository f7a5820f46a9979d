import Foundation
import Testing

@testable import Copylint

/// Every mistake in a waiver file has its place and says what to do: `Mistakes/NAME.json` gives `Mistakes/NAME.txt`.
///
/// `COPYLINT_UPDATE_EXPECTED=1 swift test --filter WaiverMistakeTests` writes the expected files anew.
@Suite struct WaiverMistakeTests {
  static let folder = Judging.folder(of: #filePath).appendingPathComponent("Mistakes")
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".json") }.sorted()

  @Test(arguments: names) func everyMistakeIsReported(_ name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    let shown = try Self.report(of: text)
    #expect(!shown.isEmpty)
    let expected = Self.folder.appendingPathComponent(name.replacingOccurrences(of: ".json", with: ".txt"))
    if ProcessInfo.processInfo.environment["COPYLINT_UPDATE_EXPECTED"] != nil {
      try shown.write(to: expected, atomically: true, encoding: .utf8)
    }
    #expect(shown == (try String(contentsOf: expected, encoding: .utf8)))
  }

  @Test func thereAreMistakes() { #expect(Self.names.count >= 8) }

  /// No entry with a mistake covers anything.
  @Test(arguments: names) func noMistakeFailsOpen(_ name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    guard let waivers = try? Waiving.waivers(text) else { return }
    #expect(waivers.accepted.count <= (name == "duplicates.json" ? 2 : 0))
    #expect(!waivers.refused.isEmpty)
  }

  /// The file as a whole, or its entries, as the terminal shows them.
  private static func report(of text: String) throws -> String {
    do {
      let review = WaiverReview(
        waivers: try Waiving.waivers(text), today: try Judging.date(Judging.today), warningDays: 14)
      return review.reports(used: nil, at: .file).map(Judging.rendered).joined(separator: "\n")
    } catch let error as PolicyErrors {
      return Judging.rendered(error.diagnostics)
    }
  }
}
