import Foundation
import Testing

@testable import Copylint

/// One thing that a report says: a finding, or without a rule something that could not be read or used.
struct ReportEntry: Hashable, CustomStringConvertible {
  var rule: String?
  var path: String?
  var line: Int?
  /// The message, with what the format puts after it.
  var text: String

  var description: String { "\(path ?? "-"):\(line ?? 0): \(text) [\(rule ?? "-")]" }

  /// Everything that a report has to say.
  static func all(of report: Report) -> [ReportEntry] {
    let paths = RepositoryPaths(report.header)
    var entries: [ReportEntry] = []
    for request in report.requests {
      if let error = request.error {
        entries.append(
          ReportEntry(
            path: paths.path(of: request).displayString, line: error.place?.start.line ?? request.line,
            text: error.message))
      }
      entries += request.findings.map {
        ReportEntry(
          rule: $0.rule, path: paths.path(of: $0.place, in: request).displayString, line: $0.place.start.line,
          text: $0.message)
      }
    }
    return entries
      + report.errors.map {
        ReportEntry(path: paths.path(of: $0)?.displayString, line: $0.place?.start.line, text: $0.message)
      }
  }

  /// Whether this, as a format has it, is that finding or error. What a format does not tell is not compared.
  func tells(_ expected: ReportEntry) -> Bool {
    rule == expected.rule && text.hasPrefix(expected.text)
      && (path == nil || path == expected.path || (path == "." && expected.path == nil))
      && (line == nil || expected.line == nil || line == expected.line)
  }
}
