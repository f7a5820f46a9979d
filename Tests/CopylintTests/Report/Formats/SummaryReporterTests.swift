import Foundation
import Testing

@testable import Copylint

/// What the formats that count say of findings.
@Suite struct SummaryReporterTests {
  private func object(_ report: Report) throws -> [String: Any] {
    let bytes = report.rendered(as: .jsonSummary).standardOutput
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test func itsFiguresAreThoseOfJSON() throws {
    let whole = try JSONSerialization.jsonObject(with: Data(SampleReport.report.rendered(as: .json).standardOutput))
    let expected = try #require((whole as? [String: Any])?["summary"] as? NSDictionary)
    #expect(try object(SampleReport.report)["summary"] as? NSDictionary == expected)
  }

  @Test func openFindingsAreCountedByRule() throws {
    var counted: [String: Int] = [:]
    for finding in SampleReport.report.requests.flatMap(\.findings) where finding.status == .open {
      counted["\(finding.rule) \(finding.severity.rawValue)", default: 0] += 1
    }
    let rules = try #require(try object(SampleReport.report)["rules"] as? [[String: Any]])
    var found: [String: Int] = [:]
    for rule in rules { found["\(rule["rule"] ?? "") \(rule["severity"] ?? "")"] = rule["findings"] as? Int }
    #expect(found == counted)
    #expect(!counted.isEmpty)
  }

  @Test func aRequestCountsOnceForARule() {
    var counts = FindingCounts()
    let request = SampleReport.report.requests[0]
    var twice = request
    twice.findings += request.findings
    counts.add(twice)
    #expect(counts.sorted.allSatisfy { $0.requests == 1 && $0.findings >= 2 })
    counts.add(request)
    #expect(counts.sorted.allSatisfy { $0.requests == 2 && $0.findings >= 3 })
  }

  @Test func theMostFindingsComeFirst() {
    var counts = FindingCounts()
    for (rule, count) in [("p/b", 1), ("p/c", 7), ("p/a", 1)] {
      counts.add(FindingCounts.Entry(rule: rule, severity: .error, findings: count, requests: 1))
    }
    #expect(counts.sorted.map(\.rule) == ["p/c", "p/a", "p/b"])
  }

  @Test func addedCountsAreWhatTheRequestsAre() {
    for format in [OutputFormat.summary, .jsonSummary] {
      var counts = RequestCounts()
      for request in SampleReport.report.requests where request.error == nil { counts.add(request) }
      var reporter = makeReporter(format, header: SampleReport.report.header, options: ReportOptions())
      var output = ReportOutput()
      reporter.add(counts: counts)
      for request in SampleReport.report.requests where request.error != nil { reporter.add(request, to: &output) }
      reporter.finish(errors: SampleReport.report.errors, to: &output)
      #expect(output.standardOutput == SampleReport.report.rendered(as: format).standardOutput)
    }
  }
}
