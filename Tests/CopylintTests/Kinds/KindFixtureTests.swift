import Foundation
import Testing

@testable import Copylint

/// Runs every fixture of every kind: a folder with `pack.json`, `input.json` and `expected.txt`, and `fixed.json` where
/// something can be fixed.
///
/// `COPYLINT_UPDATE_EXPECTED=1 swift test --filter KindFixtureTests` writes the expected files anew.
@Suite struct KindFixtureTests {
  private static let folder = Judging.folder().appendingPathComponent("Fixtures")

  private static func children(_ folder: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { !$0.lastPathComponent.hasPrefix(".") }.sorted { $0.path < $1.path }
  }

  @Test func everyKindHasAFolderAndEveryFolderAKind() throws {
    let folders = try Self.children(Self.folder).map { ByteString($0.lastPathComponent) }
    #expect(folders == Registry.names.sorted())
  }

  @Test func theRegistryIsSorted() { #expect(Registry.names == Registry.names.sorted()) }

  @Test(arguments: Registry.names.map(\.displayString))
  func everyFixtureIsAsExpected(_ kind: String) throws {
    var verdicts: Set<RuleVerdict> = []
    for fixture in try Self.children(Self.folder.appendingPathComponent(kind)) {
      let outcome = try run(fixture, kind)
      verdicts.formUnion(outcome.verdicts)
      let expected = fixture.appendingPathComponent("expected.txt")
      if ProcessInfo.processInfo.environment["COPYLINT_UPDATE_EXPECTED"] != nil {
        try outcome.text.write(to: expected, atomically: true, encoding: .utf8)
      }
      let text = try String(contentsOf: expected, encoding: .utf8)
      #expect(outcome.text == text, "\(kind)/\(fixture.lastPathComponent)")
    }
    #expect(verdicts == Set(RuleVerdict.allCases), "\(kind) lacks a case")
  }

  /// What can be fixed is fixed as expected, converges, still parses, and clears its findings.
  @Test(arguments: Registry.names.map(\.displayString))
  func everyFixIsAsExpected(_ kind: String) throws {
    for fixture in try Self.children(Self.folder.appendingPathComponent(kind)) {
      let pack = try String(contentsOf: fixture.appendingPathComponent("pack.json"), encoding: .utf8)
      let fixing = Fixing(Judging.ruleSet(pack).rules)
      let bytes = try Array(Data(contentsOf: fixture.appendingPathComponent("input.json")))
      let fixed = try fixing.fix(bytes)
      let expected = fixture.appendingPathComponent("fixed.json")
      let name = "\(kind)/\(fixture.lastPathComponent)"
      guard fixed.bytes != bytes else {
        #expect(!FileManager.default.fileExists(atPath: expected.path), "\(name): nothing is fixed")
        continue
      }
      if ProcessInfo.processInfo.environment["COPYLINT_UPDATE_EXPECTED"] != nil {
        try Data(fixed.bytes).write(to: expected)
      }
      #expect(fixed.bytes == (try Array(Data(contentsOf: expected))), "\(name)")
      #expect(try fixing.fix(fixed.bytes).bytes == fixed.bytes, "\(name): fixing does not converge")
      #expect(fixed.mended > 0, "\(name)")
      #expect(try fixing.findings(fixed.bytes) == fixing.findings(bytes) - fixed.mended, "\(name)")
    }
  }

  /// Every example of the reference is a rule that can be used.
  @Test(arguments: Registry.names.map(\.displayString))
  func theExampleIsARule(_ kind: String) throws {
    let type = try #require(Registry.kind(named: ByteString(kind)))
    let pack = "{\"format\": 1, \"name\": \"example\", \"version\": \"1\", \"rules\": [\(type.example)]}"
    let (rules, problems) = Judging.ruleSet(pack)
    #expect(Judging.rendered(problems) == "")
    #expect(rules.rules.contains { $0.kindName == kind && $0.pack.name == "example" })
  }

  /// What the rule under test said of each request, and what the terminal shows of it.
  private func run(_ fixture: URL, _ kind: String) throws -> (verdicts: Set<RuleVerdict>, text: String) {
    let pack = try String(contentsOf: fixture.appendingPathComponent("pack.json"), encoding: .utf8)
    let (rules, problems) = Judging.ruleSet(pack)
    #expect(Judging.rendered(problems) == "", "\(kind)/\(fixture.lastPathComponent)")
    let bytes = try Array(Data(contentsOf: fixture.appendingPathComponent("input.json")))
    let text = JSONText(SourceFile(path: "input.json", bytes: bytes))
    var texts = [text]
    if ArraySplitter.isArray(text) {
      texts = []
      ArraySplitter.forEachElement(of: text) { if case .text(let element) = $0 { texts.append(element) } }
    }
    var linter = Linter(today: try Judging.date(Judging.today))
    var verdicts: Set<RuleVerdict> = []
    var output = ""
    for text in texts {
      let input = Linter.Input(path: "input.json", policyPath: "input.json", declarations: [])
      let report = linter.judge(text, input, rules, limits: JSONLimits())
      let verdict = try #require(RuleVerdict.allCases.first { report.results[$0].contains("fixture/\(kind)") })
      verdicts.insert(verdict)
      output += "\(report.verdict.rawValue), rule: \(verdict.words)\n\n\(Judging.rendered(report))"
    }
    return (verdicts, output)
  }
}
