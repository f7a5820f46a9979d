import Foundation
import Testing

@testable import Copylint

/// What the formats of single platforms have of their own.
@Suite struct PlatformReporterTests {
  private func lines(_ report: Report, _ format: OutputFormat) -> [String] {
    ReportParser.lines(String(decoding: report.rendered(as: format).standardOutput, as: UTF8.self))
  }

  @Test func gitHubsEscapes() {
    var report = TextReport.report(path: "a:b,c%.json", "{}", marked: "{")
    report.requests[0].findings[0].message = "50% of a: b, c; d\r\n::error::x"
    report.requests[0].findings[0].rule = "p/a:b,c"
    #expect(
      lines(report, .github) == [
        "::error file=a%3Ab%2Cc%25.json,line=1,endLine=1,col=1,endColumn=2,title=p/a%3Ab%2Cc::"
          + #"50%25 of a: b, c; d\r\n::error::x"#
      ])
  }

  @Test func azuresEscapes() {
    var report = TextReport.report(path: "a;b]%.json", "{}", marked: "{")
    report.requests[0].findings[0].message = "50% ; ] ##vso[task.x]"
    #expect(
      lines(report, .azure) == [
        "##vso[task.logissue type=error;sourcepath=a%3Bb%5D%AZP25.json;linenumber=1;columnnumber=1;code=p/r;]"
          + #"50%AZP25 ; ] #\x23vso[task.x]"#
      ])
  }

  @Test(arguments: [OutputFormat.github, .azure], [9, 10, 11, 40])
  func tenOfALevelAndALineForTheRest(_ format: OutputFormat, _ count: Int) {
    let lines = lines(TextReport.report(path: "a", "{}", marked: "{", count: count), format)
    #expect(lines.count == min(count, 11))
    let more = "copylint: \(count - 10) more of severity error: the platform shows 10 of each, the report has all"
    #expect((lines.last == more) == (count > 10))
  }

  @Test func openFindingsComeBeforeAnsweredOnes() {
    var report = TextReport.report(path: "a", "{}", marked: "{", count: 20)
    for index in 0..<20 {
      report.requests[0].findings[index].severity = .info
      report.requests[0].findings[index].status = index < 15 ? .known : .open
    }
    let lines = lines(report, .github)
    #expect(lines.prefix(5).allSatisfy { $0.hasPrefix("::notice ") && !$0.contains("known") })
    #expect(lines.count == 11)
  }

  @Test func columnsOfReviewdogAreBytes() throws {
    let report = TextReport.report(path: "a", "{\n\"é😀\": 1}", marked: "1")
    let text = String(decoding: report.rendered(as: .rdjson).standardOutput, as: UTF8.self)
    let root = try #require(try ReportParser.parsed(text) as? [String: Any])
    let diagnostic = try #require((root["diagnostics"] as? [[String: Any]])?.first)
    let range = (diagnostic["location"] as? [String: Any])?["range"] as? [String: [String: Int]]
    #expect(range == ["start": ["line": 2, "column": 11], "end": ["line": 2, "column": 12]])
  }

  @Test func severalEditsAreOneSuggestion() throws {
    var report = TextReport.report(path: "a", "abcdef", marked: "a")
    let edits = [
      Fix.Edit(range: 1..<2, replacement: Array("XX".utf8)), Fix.Edit(range: 4..<4, replacement: Array("-".utf8)),
    ]
    report.requests[0].findings[0].fix = Fix(safety: .safe, summary: "s", edits: edits)
    let text = String(decoding: report.rendered(as: .rdjson).standardOutput, as: UTF8.self)
    let root = try #require(try ReportParser.parsed(text) as? [String: Any])
    let suggestions = (root["diagnostics"] as? [[String: Any]])?.first?["suggestions"] as? [[String: Any]]
    #expect(suggestions?.count == 1)
    #expect(suggestions?.first?["text"] as? String == "XXcd-")
    #expect((suggestions?.first?["range"] as? [String: [String: Int]])?["end"] == ["line": 1, "column": 5])
  }

  @Test func everyIssueOfGitLabHasItsOwnFingerprint() throws {
    var report = SampleReport.report
    report.errors += [Diagnostic("nothing to check"), Diagnostic("nothing to check")]
    var again = report.requests[4]
    again.line += 1
    report.requests.append(again)
    let text = String(decoding: report.rendered(as: .gitlab).standardOutput, as: UTF8.self)
    let issues = try #require(try ReportParser.parsed(text) as? [[String: Any]])
    #expect(issues.count == ReportEntry.all(of: report).count)
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == issues.count)
    let severities = Set(issues.compactMap { $0["severity"] as? String })
    #expect(severities.isSubset(of: ["info", "minor", "major", "critical", "blocker"]))
  }

  @Test func jUnitCountsWhatItHolds() throws {
    let output = SampleReport.report.rendered(as: .junit).standardOutput
    let tree = try XMLTree(String(decoding: output, as: UTF8.self))
    for suite in tree.elements("testsuite") {
      let cases = tree.elements("testcase").filter { $0.parent === suite }
      #expect(suite.attributes["tests"] == String(cases.count))
      for (count, name) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
        let found = tree.elements(name).filter { $0.parent?.parent === suite }
        #expect(suite.attributes[count] == String(found.count), "\(count)")
      }
    }
    let undetermined = tree.elements("failure").filter { $0.attributes["type"] == "undetermined" }
    #expect(undetermined.map { $0.parent?.attributes["name"] } == ["request/target-undeclared"])
    #expect(tree.elements("error").count == 5)
  }

  @Test func onlyAnOpenErrorFailsATestPoint() throws {
    let text = String(decoding: SampleReport.report.rendered(as: .tap).standardOutput, as: UTF8.self)
    let points = try TAPDocument(text).points
    let failed = points.filter { !$0.isGood && $0.directive == nil }
    #expect(failed.filter { $0.findings.first?["rule"] != nil }.count == 3)
    #expect(failed.count == 3 + 5)
    #expect(points.filter { $0.directive?.hasPrefix(" TODO ") == true }.count == 2)
  }

  @Test(arguments: OutputFormat.allCases)
  func aRunOfNothingIsAReportToo(_ format: OutputFormat) throws {
    let empty = Report(header: SampleReport.report.header, requests: [], errors: [])
    #expect(try ReportParser.entries(empty.rendered(as: format), format).isEmpty)
  }

  @Test func aSummaryIsNoLongerThanAPageTakes() {
    let report = TextReport.report(path: "a", "{}", marked: "{", count: 20_000)
    let output = report.rendered(as: .markdown).standardOutput
    #expect(output.count < MarkdownReporter.maxBytes)
    let text = String(decoding: output, as: UTF8.self)
    let shown = ReportParser.lines(text).filter { $0.hasPrefix("- **") }.count
    #expect(text.contains("**\(20_000 - shown) more are not shown here; the report has all.**"))
  }

  @Test(arguments: [
    ("key `a` is wrong", "key `a` is wrong"), ("<b> & *x* [a](b) | c", #"\<b\> \& \*x\* \[a\](b) \| c"#),
    ("see http://x.example", "`see http://x.example`"), ("mail me@x.example", "`mail me@x.example`"),
    ("a ` b <i>", #"a  b \<i\>"#), ("`a|b`", "`a|b`"), ("##x", #"`#\x23x`"#),
  ])
  func messagesAreNoMarkup(_ text: String, _ expected: String) { #expect(MarkdownText.message(text) == expected) }

  @Test(arguments: [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``a", "``` ``a ```"), ("", "` `")])
  func codeEndsWhereItShould(_ text: String, _ expected: String) { #expect(MarkdownText.code(text) == expected) }
}
