import Foundation
import Testing

@testable import Copylint

@Suite struct SARIFReporterTests {
  private static func run(_ report: Report, limits: SARIFLimits = .codeScanning) throws -> [String: Any] {
    var reporter = SARIFReporter(header: report.header, limits: limits)
    var output = ReportOutput()
    for request in report.requests { reporter.add(request, to: &output) }
    reporter.finish(errors: report.errors, to: &output)
    return try ReportParser.sarifRun(String(decoding: output.standardOutput, as: UTF8.self))
  }

  private static func results(_ run: [String: Any]) throws -> [[String: Any]] {
    try #require(run["results"] as? [[String: Any]])
  }

  private static func notifications(_ run: [String: Any]) throws -> [String] {
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    let all = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    return all.compactMap { ($0["message"] as? [String: Any])?["text"] as? String }
  }

  private static func rules(_ run: [String: Any]) throws -> [[String: Any]] {
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    return try #require(driver?["rules"] as? [[String: Any]])
  }

  @Test func everyRuleHasHelpAndAPageAndEveryResultItsRule() throws {
    let run = try Self.run(SampleReport.report)
    let rules = try Self.rules(run)
    for rule in rules {
      #expect((rule["help"] as? [String: Any])?["text"] as? String != "")
      #expect((rule["helpUri"] as? String)?.hasPrefix("https://") == true)
    }
    for result in try Self.results(run) {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    #expect(run["columnKind"] as? String == "unicodeCodePoints")
  }

  @Test func whatSomebodyAnswersForIsSuppressedAndNothingElse() throws {
    let results = try Self.results(try Self.run(SampleReport.report))
    for result in results {
      let status = (result["properties"] as? [String: Any])?["status"] as? String
      let suppressions = try #require(result["suppressions"] as? [[String: Any]])
      #expect(suppressions.isEmpty == (status == "open"))
    }
    let waived = try #require(results.first { $0["ruleId"] as? String == "acme-finance/tags" })
    let suppression = try #require((waived["suppressions"] as? [[String: Any]])?.first)
    #expect(suppression["justification"] as? String == "the bill needs it")
    #expect((suppression["properties"] as? [String: String])?["expires"] == "2026-12-31")
  }

  @Test func fingerprintsAreOursAndUnique() throws {
    let fingerprints = try Self.results(try Self.run(SampleReport.report)).compactMap {
      ($0["partialFingerprints"] as? [String: String])?["copylint/v1"]
    }
    let findings = SampleReport.report.requests.flatMap(\.findings)
    #expect(Set(fingerprints) == Set(findings.map(\.fingerprint)))
    #expect(Set(fingerprints).count == findings.count)
  }

  @Test func aFixReplacesItsRegion() throws {
    let results = try Self.results(try Self.run(SampleReport.report))
    let result = try #require(results.first { $0["ruleId"] as? String == "acme-finance/model-name" })
    let fix = try #require((result["fixes"] as? [[String: Any]])?.first)
    let change = try #require((fix["artifactChanges"] as? [[String: Any]])?.first)
    let replacement = try #require((change["replacements"] as? [[String: Any]])?.first)
    #expect(
      replacement["deletedRegion"] as? [String: Int]
        == ["startLine": 3, "startColumn": 22, "endLine": 3, "endColumn": 32])
    #expect(replacement["insertedContent"] as? [String: String] == ["text": "\"fin-fraud3\""])
  }

  @Test func columnsAreCodePointsAndPathsPercentEncoded() throws {
    let report = TextReport.report(path: ByteString(Array("a b/é#".utf8) + [0xFF]), "{\"é😀\": 1}", marked: "1")
    let result = try #require(try Self.results(try Self.run(report)).first)
    let location = try #require((result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    #expect((location["region"] as? [String: Int])?["startColumn"] == 8)
    #expect(
      location["artifactLocation"] as? [String: String]
        == ["uri": "a%20b/%C3%A9%23%FF", "uriBaseId": "%SRCROOT%"])
  }

  @Test(arguments: [
    ("/etc/a b", ["uri": "file:///etc/a%20b"]), ("<stdin>", ["uri": "%3Cstdin%3E"]),
    ("x:y", ["uri": "x%3Ay", "uriBaseId": "%SRCROOT%"]),
  ])
  func whatIsOutsideTheRepositoryIsNotBelowItsRoot(_ path: String, _ expected: [String: String]) throws {
    let result = try #require(
      try Self.results(try Self.run(TextReport.report(path: ByteString(path), "{}", marked: "{"))).first)
    let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
    #expect(location?["artifactLocation"] as? [String: String] == expected)
  }

  @Test func ofTooManyResultsTheSeverestAreKeptAndTheCutIsSaid() throws {
    #expect(SARIFLimits.codeScanning.results == 25_000)
    #expect(SARIFLimits.codeScanning.rules == 25_000)
    var limits = SARIFLimits.codeScanning
    (limits.results, limits.shownResults, limits.notifications) = (2, 1, 3)
    let run = try Self.run(SampleReport.report, limits: limits)
    let results = try Self.results(run)
    #expect(results.map { $0["level"] as? String } == ["error", "error"])
    #expect(results.allSatisfy { ($0["suppressions"] as? [Any])?.isEmpty == true })
    let notifications = try Self.notifications(run)
    #expect(notifications.first?.hasPrefix("4 of 6 results are left out: 2 is what code scanning takes") == true)
    #expect(notifications[1] == "code scanning shows 1 of the 2 results, the severest first")
    #expect(notifications.contains("2 more notifications are left out"))
  }

  @Test func ofTooManyRulesThoseWithFindingsAreDescribed() throws {
    var limits = SARIFLimits.codeScanning
    limits.rules = 3
    let run = try Self.run(SampleReport.report, limits: limits)
    let rules = try Self.rules(run).map { $0["id"] as? String }
    #expect(rules == ["acme-finance/ownership-tags", "acme-finance/model-name", "acme-finance/finance-keys"])
    for result in try Self.results(run) {
      let index = result["ruleIndex"] as? Int
      #expect(index.map { rules[$0] == result["ruleId"] as? String } ?? !rules.contains(result["ruleId"] as? String))
    }
  }

  @Test(arguments: [
    ("plain {text} [a-z]", "plain {text} [a-z]"), ("{0} and {12}", "{{0}} and {{12}}"), ("{0", "{0"), ("{}", "{}"),
    ("[a](http://b)", #"\[a\](http://b)"#), (#"\[a\](b)"#, #"\\\[a\\\](b)"#), ("]", "]"), ("", ""),
  ])
  func textIsNoPlaceholderAndNoLink(_ text: String, _ expected: String) { #expect(SARIFText.text(text) == expected) }

  @Test(arguments: [
    ("https://a.example/x?y=1#z", true), ("http://a", true), ("javascript:alert(1)", false), ("https://", false),
    ("https:///x", false), ("https://a b", false), ("https://a/\"><b>", false), ("HTTPS://a", false), ("", false),
  ])
  func onlyPagesAreLinked(_ text: String, _ isPage: Bool) { #expect((URIText.page(text) != nil) == isPage) }
}

/// A report with one finding in a text.
enum TextReport {
  static func report(path: ByteString, _ text: String, marked: String, count: Int = 1) -> Report {
    let file = SourceFile(path: path, bytes: Array(text.utf8))
    let start = file.bytes.indices.first { file.bytes[$0...].starts(with: marked.utf8) } ?? 0
    let findings = (0..<count).map { index in
      Finding(
        rule: "p/r", kind: "assert", severity: .error, verdict: .fail, status: .open, message: "m", help: nil,
        pointer: JSONPointer(), place: Place(file: file, range: start..<start + marked.utf8.count),
        identity: .sample(rule: "p/r", subject: ByteString("\(index)")), controls: [], policy: nil)
    }
    let request = Report.Request(path: path, verdict: .denied, results: [.fail: ["p/r"]], findings: findings)
    return Report(
      header: Report.Header(tool: "copylint 1", today: "2026-11-24", packs: []), requests: [request], errors: [])
  }
}
