import Foundation
import Testing

@testable import Copylint

/// One report through every format, against committed files.
@Suite struct ReporterTests {
  struct Variant: CustomTestStringConvertible, Sendable {
    var format: OutputFormat
    var name: String
    var options: ReportOptions

    var testDescription: String { "\(format.rawValue) \(name)" }
  }

  static let variants =
    OutputFormat.allCases.map { Variant(format: $0, name: "plain", options: ReportOptions()) }
    + [OutputFormat.text, .json].map { Variant(format: $0, name: "verbose", options: ReportOptions(verbose: true)) }
    + [OutputFormat.text, .jsonl].map { Variant(format: $0, name: "quiet", options: ReportOptions(quiet: true)) }

  @Test("the sample report is as committed; COPYLINT_UPDATE_EXPECTED=1 refreshes the files", arguments: variants)
  func rendersAsExpected(_ variant: Variant) throws {
    let output = SampleReport.report.rendered(as: variant.format, options: variant.options)
    try compare(output.standardOutput, with: "\(variant.format.rawValue)-\(variant.name).stdout")
    try compare(output.standardError, with: "\(variant.format.rawValue)-\(variant.name).stderr")
  }

  @Test(arguments: OutputFormat.allCases)
  func colorOnlyAddsSequences(_ format: OutputFormat) {
    let plain = SampleReport.report.rendered(as: format, options: ReportOptions(verbose: true))
    let colored = SampleReport.report.rendered(as: format, options: ReportOptions(color: true, verbose: true))
    let text = String(decoding: colored.standardOutput, as: UTF8.self)
    #expect(text.contains("\u{1B}[1;31merror\u{1B}[0m") == (format == .text || format == .concise))
    #expect(withoutSGR(colored.standardOutput) == plain.standardOutput)
    #expect(withoutSGR(colored.standardError) == plain.standardError)
  }

  @Test(arguments: [OutputFormat.text, .concise, .jsonl])
  func requestsStream(_ format: OutputFormat) {
    var reporter = makeReporter(format, header: SampleReport.report.header, options: ReportOptions())
    var output = ReportOutput()
    reporter.add(SampleReport.report.requests[0], to: &output)
    #expect(!output.standardOutput.isEmpty)
  }

  @Test(arguments: [OutputFormat.text, .concise, .jsonl])
  func quietSaysNothingOfACleanRun(_ format: OutputFormat) {
    let clean = Report(header: SampleReport.report.header, requests: [SampleReport.report.requests[1]], errors: [])
    let output = clean.rendered(as: format, options: ReportOptions(verbose: true, quiet: true))
    #expect(output.standardError.isEmpty)
    #expect(format == .jsonl || output.standardOutput.isEmpty)
  }

  @Test func summaryCountsOnesAndNones() {
    var summary = Summary()
    summary.add(Report.Request(path: "a.json", verdict: .compliant, results: [.pass: ["a/b"]]))
    #expect(
      summary.text == """
        1 request: 1 compliant, 0 denied, 0 undetermined, 0 unreadable; 0 errors, 0 warnings
        rules: 1 pass, 0 fail, 0 not applicable, 0 unknown

        """)
  }

  @Test func formatsAreTheirReporters() {
    for format in OutputFormat.allCases { #expect(format.reporter.format == format) }
  }

  private func compare(_ actual: [UInt8], with name: String) throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Expected/\(name)")
    if ProcessInfo.processInfo.environment["COPYLINT_UPDATE_EXPECTED"] == "1" { try Data(actual).write(to: url) }
    let expected = try Data(contentsOf: url)
    #expect(
      String(decoding: actual, as: UTF8.self) == String(decoding: expected, as: UTF8.self),
      "COPYLINT_UPDATE_EXPECTED=1 swift test --filter ReporterTests refreshes \(name)")
  }
}

/// The bytes without ANSI colour sequences, and without any other thing.
func withoutSGR(_ bytes: [UInt8]) -> [UInt8] {
  var output: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == 0x1B, index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "[") {
      var end = index + 2
      while end < bytes.count, (0x30...0x3B).contains(bytes[end]) { end += 1 }
      if end < bytes.count, bytes[end] == UInt8(ascii: "m") {
        index = end + 1
        continue
      }
    }
    output.append(bytes[index])
    index += 1
  }
  return output
}
