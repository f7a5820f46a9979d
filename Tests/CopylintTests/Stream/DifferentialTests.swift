import Foundation
import Testing

@testable import Copylint

/// The planned path and the reference say the same of every text, valid or not: verdicts, findings, places,
/// fingerprints and counts.
///
/// `COPYLINT_FUZZ_ROUNDS=100000 swift test --filter Differential` looks longer.
@Suite struct DifferentialTests {
  private static let rounds = Int(ProcessInfo.processInfo.environment["COPYLINT_FUZZ_ROUNDS"] ?? "") ?? 120

  /// One of two linters that judge the same texts, and its report.
  private struct Side {
    let linter: Linter
    let judge: (Linter, JSONText) -> Report.Request
    private var reporter: JSONLinesReporter

    init(_ judge: @escaping (Linter, JSONText) -> Report.Request) throws {
      var linter = Linter(today: try Judging.date(Judging.today))
      linter.remembersRequests = false
      self.linter = linter
      self.judge = judge
      let header = Report.Header(tool: "copylint", today: Judging.today, packs: [])
      reporter = JSONLinesReporter(header: header, options: ReportOptions(verbose: true))
    }

    /// As `jsonl` has it, every rule with its verdict.
    mutating func report(_ text: JSONText) -> String {
      var output = ReportOutput()
      reporter.add(judge(linter, text), to: &output)
      return String(decoding: output.standardOutput, as: UTF8.self)
    }
  }

  static let inputs: [Linter.Input] = [
    Linter.Input(path: "copies.ndjson", policyPath: "copies.ndjson", declarations: []),
    Linter.Input(
      path: "<stdin>", policyPath: nil,
      declarations: [TargetDeclaration(source: .option, region: "eu-west-1", account: "111122223333")]),
    Linter.Input(
      path: "a", policyPath: "a",
      declarations: [
        TargetDeclaration(source: .path, region: "eu-west-1"), TargetDeclaration(source: .option, region: "us-east-1"),
      ]),
  ]

  private func rules(_ pack: String) -> RuleSet {
    let (rules, problems) = Judging.ruleSet(pack)
    #expect(problems.isEmpty, "\(Judging.rendered(problems))")
    return rules
  }

  private func compare(_ rules: RuleSet, _ input: Linter.Input, _ texts: [[UInt8]]) throws {
    let limits = JSONLimits(maxBytes: 20_000)
    let workspace = PlanWorkspace(warmUp: 0)
    var planned = try Side { linter, text in RequestJudge(linter, input, rules, limits: limits, workspace).judge(text) }
    var reference = try Side { linter, text in
      var linter = linter
      return linter.judge(text, input, rules, limits: limits)
    }
    for bytes in texts {
      let text = JSONText(SourceFile(path: input.path, bytes: bytes, firstLine: 7))
      let (found, wanted) = (planned.report(text), reference.report(text))
      #expect(found == wanted, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
  }

  @Test(arguments: PlanPacks.all, 0..<3)
  func bothPathsAgreeOnRandomTexts(_ pack: String, _ input: Int) throws {
    var random = RandomRequests(seed: UInt64(input) + 1)
    let texts = (0..<Self.rounds).map { _ in random.text() }
    try compare(rules(pack), Self.inputs[input], texts)
  }

  @Test(arguments: PlanPacks.all)
  func countsAgreeWithReports(_ pack: String) throws {
    let rules = rules(pack)
    var random = RandomRequests(seed: 99)
    var linter = Linter(today: try Judging.date(Judging.today))
    linter.remembersRequests = false
    let judge = RequestJudge(linter, Self.inputs[1], rules, limits: JSONLimits(), PlanWorkspace(warmUp: 0))
    for _ in 0..<Self.rounds {
      let bytes = random.text()
      var tally = StreamTally(path: Self.inputs[1].path)
      guard bytes.withUnsafeBufferPointer({ judge.count($0, into: &tally) }) else { continue }
      var counts = RequestCounts()
      let text = JSONText(SourceFile(path: "a", bytes: bytes))
      let request = linter.judge(text, Self.inputs[1], rules, limits: JSONLimits())
      counts.add(request)
      #expect(tally.counts == counts, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
  }

  /// A path that never takes the short way would agree too.
  @Test func mostOrdinaryRequestsAreDecidedByThePlan() throws {
    var random = RandomRequests(seed: 5)
    var linter = Linter(today: try Judging.date(Judging.today))
    linter.remembersRequests = false
    let judge = RequestJudge(
      linter, Self.inputs[1], rules(PlanPacks.lists), limits: JSONLimits(), PlanWorkspace(warmUp: 0))
    var decided = 0
    for _ in 0..<400 {
      var tally = StreamTally(path: Self.inputs[1].path)
      if random.text().withUnsafeBufferPointer({ judge.count($0, into: &tally) }) { decided += 1 }
    }
    #expect(decided > 30)
  }

  /// Every fixture of every kind.
  @Test func bothPathsAgreeOnTheFixturesOfKinds() throws {
    let folder = Judging.testsFolder.appendingPathComponent("CopylintTests/Kinds/Fixtures")
    let manager = FileManager.default
    var count = 0
    for kind in try manager.contentsOfDirectory(atPath: folder.path) {
      let kindFolder = folder.appendingPathComponent(kind)
      for name in try manager.contentsOfDirectory(atPath: kindFolder.path) {
        let pack = try String(contentsOf: kindFolder.appendingPathComponent("\(name)/pack.json"), encoding: .utf8)
        let input = try Data(contentsOf: kindFolder.appendingPathComponent("\(name)/input.json"))
        try compare(Judging.ruleSet(pack).rules, Self.inputs[0], [Array(input), Array(input)])
        count += 1
      }
    }
    #expect(count > 40)
  }
}
