import Foundation
import Testing

@testable import Copylint

/// Every format says the same, and nothing in a report makes one say more.
@Suite struct SameFindingsTests {
  @Test(arguments: OutputFormat.allCases)
  func everyFormatHasEveryFinding(_ format: OutputFormat) throws {
    let report = SampleReport.report
    var left = try ReportParser.entries(report.rendered(as: format), format)
    for expected in said(of: report, by: format) {
      let index = try #require(left.firstIndex { $0.tells(expected) }, "\(expected) among \(left)")
      left.remove(at: index)
    }
    #expect(left.isEmpty)
  }

  @Test func theSampleHasEverythingAFindingCanHave() {
    let findings = SampleReport.report.requests.flatMap(\.findings)
    #expect(Set(findings.map(\.status)) == [.open, .waived, .known])
    #expect(Set(findings.map(\.severity)) == Set(Severity.allCases))
    #expect(Set(findings.map(\.verdict)) == [.fail, .unknown])
    #expect(findings.contains { $0.waiver != nil } && findings.contains { $0.fix != nil })
    #expect(findings.filter { $0.fix != nil }.contains { $0.status == .open })
  }

  @Test(arguments: OutputFormat.allCases.filter { !$0.isForPeople && $0 != .jsonl && $0 != .junit && $0 != .markdown })
  func hostileTextAddsAndHidesNothing(_ format: OutputFormat) throws {
    var random = RandomSource(seed: 17)
    for _ in 0..<20 {
      let report = HostileReport.make(&random)
      let entries = try ReportParser.entries(report.rendered(as: format), format)
      #expect(entries.count == said(of: report, by: format).count)
    }
  }

  /// A format that counts findings names none.
  private func said(of report: Report, by format: OutputFormat) -> [ReportEntry] {
    ReportEntry.all(of: report).filter { format.reporter.streamForm(ReportOptions()) != .counts || $0.rule == nil }
  }

  @Test func hostileTextAddsNoTestCase() throws {
    var random = RandomSource(seed: 19)
    for _ in 0..<20 {
      let report = HostileReport.make(&random)
      let text = String(decoding: report.rendered(as: .junit).standardOutput, as: UTF8.self)
      _ = try ReportParser.entries(report.rendered(as: .junit), .junit)
      let cases = report.requests.reduce(0) { $0 + RuleCase.cases(of: $1).count + 1 } + report.errors.count
      #expect(try XMLTree(text).elements("testcase").count == cases)
    }
  }

  @Test func hostileTextAddsNoLineOfMarkdown() {
    var random = RandomSource(seed: 23)
    for _ in 0..<20 {
      let report = HostileReport.make(&random)
      let text = String(decoding: report.rendered(as: .markdown).standardOutput, as: UTF8.self)
      let own = ["copylint: ", "---", "requests: 3, ", "- **", "  <br>help: ", "<details>", "</details>", "Packs: "]
      for line in ReportParser.lines(text) { #expect(own.contains { line.hasPrefix($0) }, "\(line)") }
      #expect(ReportParser.lines(text).filter { $0.hasPrefix("- **") }.count == ReportEntry.all(of: report).count)
    }
  }
}
