import Foundation
import Testing

@testable import Copylint

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads a rendered report back, strictly: a line, an element or a member that the format does not have is a failure.
enum ReportParser {
  static func entries(_ output: ReportOutput, _ format: OutputFormat) throws -> [ReportEntry] {
    let text = String(decoding: output.standardOutput, as: UTF8.self)
    let errors = String(decoding: output.standardError, as: UTF8.self)
    switch format {
    case .text, .concise: return lines(text + errors).compactMap { headline($0) }
    case .json: return try json(text)
    case .jsonl: return try jsonLines(text) + lines(errors).compactMap { headline($0) }
    // Neither says anything of a finding alone.
    case .summary: return lines(errors).compactMap { headline($0) }
    case .jsonSummary: return try summaryErrors(text) + lines(errors).compactMap { headline($0) }
    case .sarif: return try sarif(text)
    case .junit: return try junit(text)
    case .github: return try lines(text).map { try github($0) }
    case .markdown: return markdown(text)
    case .gitlab: return try gitlab(text)
    case .azure: return try lines(text).map { try azure($0) }
    case .rdjson: return try rdjson(text)
    case .checkstyle: return try checkstyle(text)
    case .tap: return try TAPDocument(text).entries
    }
  }

  static func lines(_ text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n").map { String(String.UnicodeScalarView($0)) }
  }

  static func parsed(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }

  /// The groups of a regular expression that takes the whole line; nil where it does not match.
  static func groups(_ pattern: String, _ line: String) -> [String]? {
    let whole = NSRange(line.startIndex..., in: line)
    guard let expression = try? NSRegularExpression(pattern: "^(?:\(pattern))$"),
      let match = expression.firstMatch(in: line, range: whole), match.range == whole
    else { return nil }
    return (1..<match.numberOfRanges).map { index in
      Range(match.range(at: index), in: line).map { String(line[$0]) } ?? ""
    }
  }

  /// `path:line:col: severity: message [rule]`
  static func headline(_ line: String) -> ReportEntry? {
    if let parts = groups(#"(.*?):(\d+):(\d+): (?:error|warning|info): (.*) \[([^\[\],]+)(?:, .*)?\]"#, line) {
      return ReportEntry(rule: parts[4], path: parts[0], line: Int(parts[1]), text: parts[3])
    }
    guard let parts = groups(#"(?:([^ ].*?)(?::(\d+))?(?::\d+)?: )?error: (.*)"#, line) else { return nil }
    return ReportEntry(path: parts[0].isEmpty ? nil : parts[0], line: Int(parts[1]), text: parts[2])
  }

  private static func summaryErrors(_ text: String) throws -> [ReportEntry] {
    let root = try #require(try parsed(text) as? [String: Any])
    #expect(Set(root.keys) == ["version", "tool", "today", "packs", "summary", "rules", "errors"])
    return try #require(root["errors"] as? [[String: Any]]).map { try error($0) }
  }

  private static func json(_ text: String) throws -> [ReportEntry] {
    let root = try #require(try parsed(text) as? [String: Any])
    let requests = try #require(root["requests"] as? [[String: Any]])
    let errors = try #require(root["errors"] as? [[String: Any]])
    return try requests.flatMap { try request($0) } + errors.map { try error($0) }
  }

  private static func error(_ object: [String: Any]) throws -> ReportEntry {
    ReportEntry(
      path: object["path"] as? String, line: object["line"] as? Int,
      text: try #require(object["message"] as? String))
  }

  private static func jsonLines(_ text: String) throws -> [ReportEntry] {
    try lines(text).flatMap { try request(try #require(try parsed($0) as? [String: Any])) }
  }

  private static func request(_ object: [String: Any]) throws -> [ReportEntry] {
    let path = try #require(object["path"] as? String)
    let findings = try #require(object["findings"] as? [[String: Any]])
    let error = (object["error"] as? [String: Any]).map {
      ReportEntry(path: path, text: $0["message"] as? String ?? "")
    }
    return [error].compactMap { $0 }
      + findings.map {
        ReportEntry(
          rule: $0["rule"] as? String, path: path, line: ($0["region"] as? [String: Int])?["startLine"],
          text: $0["message"] as? String ?? "")
      }
  }

  static func sarifRun(_ text: String) throws -> [String: Any] {
    let root = try #require(try parsed(text) as? [String: Any])
    #expect(root["version"] as? String == "2.1.0")
    return try #require((root["runs"] as? [[String: Any]])?.first)
  }

  private static func sarif(_ text: String) throws -> [ReportEntry] {
    let run = try sarifRun(text)
    let results = try #require(run["results"] as? [[String: Any]])
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    let notifications = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    return try (results + notifications).map { object in
      let location = (object["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
      let uri = (location?["artifactLocation"] as? [String: Any])?["uri"] as? String
      let message = try #require((object["message"] as? [String: Any])?["text"] as? String)
      return ReportEntry(
        rule: object["ruleId"] as? String, path: uri?.removingPercentEncoding,
        line: (location?["region"] as? [String: Int])?["startLine"], text: message)
    }
  }

  private static func junit(_ text: String) throws -> [ReportEntry] {
    let document = try XMLTree(text)
    try document.expect([
      "testsuites": ["name"], "testsuite": ["name", "tests", "failures", "errors", "skipped", "file"],
      "testcase": ["classname", "name"], "failure": ["type", "message"], "error": ["type", "message"],
      "skipped": ["message"], "system-out": [],
    ])
    return document.elements("failure", "system-out", "error").flatMap { element in
      if element.name == "error" {
        let line = lines(element.text).first.flatMap { headline($0) }
        return [ReportEntry(path: line?.path, line: line?.line, text: element.attributes["message"] ?? "")]
      }
      return lines(element.text).filter { !$0.hasPrefix("  ") }.compactMap { headline($0) }
    }
  }

  private static func github(_ line: String) throws -> ReportEntry {
    let place = #"file=([^:,]*),)?(?:line=(\d+),endLine=\d+,(?:col=\d+,endColumn=\d+,)?)?"#
    let parts = try #require(groups("::(?:error|warning|notice) (?:\(place)title=([^:,]*)::(.*)", line), "\(line)")
    return ReportEntry(
      rule: rule(parts[2].removingPercentEncoding),
      path: parts[0].removingPercentEncoding.flatMap { $0.isEmpty ? nil : $0 },
      line: Int(parts[1]), text: parts[3].removingPercentEncoding ?? "")
  }

  private static func azure(_ line: String) throws -> ReportEntry {
    let place = #"(?:sourcepath=([^;\]]*);)?(?:linenumber=(\d+);columnnumber=\d+;)?"#
    let pattern = #"##vso\[task\.logissue type=(?:error|warning);\#(place)code=([^;\]]*);\](?:info: )?(.*)"#
    let parts = try #require(groups(pattern, line), "\(line)")
    return ReportEntry(
      rule: rule(parts[2]), path: parts[0].isEmpty ? nil : parts[0], line: Int(parts[1]),
      text: parts[3].replacingOccurrences(of: "%AZP25", with: "%"))
  }

  private static func markdown(_ text: String) -> [ReportEntry] {
    lines(text).filter { $0.hasPrefix("- ") }.compactMap { line in
      let plain = line.replacingOccurrences(of: #"\\(.)"#, with: "$1", options: .regularExpression)
      let place = #"- \*\*(?:error|warning|info)\*\* (?:`([^`]*?)(?::(\d+))?(?::\d+)?` )?"#
      guard let parts = groups(place + "(.*?)(?: — `([^`]*)`)?", plain) else { return nil }
      return ReportEntry(
        rule: parts[3].isEmpty ? nil : parts[3], path: parts[0].isEmpty ? nil : parts[0], line: Int(parts[1]),
        text: parts[2])
    }
  }

  private static func gitlab(_ text: String) throws -> [ReportEntry] {
    try #require(try parsed(text) as? [[String: Any]]).map { issue in
      #expect(Set(issue.keys) == ["description", "check_name", "fingerprint", "severity", "location"])
      let location = try #require(issue["location"] as? [String: Any])
      return ReportEntry(
        rule: rule(issue["check_name"] as? String), path: try #require(location["path"] as? String),
        line: try #require((location["lines"] as? [String: Int])?["begin"]),
        text: try #require(issue["description"] as? String))
    }
  }

  private static func rdjson(_ text: String) throws -> [ReportEntry] {
    let root = try #require(try parsed(text) as? [String: Any])
    return try #require(root["diagnostics"] as? [[String: Any]]).map { diagnostic in
      let location = try #require(diagnostic["location"] as? [String: Any])
      let start = (location["range"] as? [String: Any])?["start"] as? [String: Int]
      return ReportEntry(
        rule: rule((diagnostic["code"] as? [String: Any])?["value"] as? String),
        path: try #require(location["path"] as? String), line: start?["line"],
        text: try #require(diagnostic["message"] as? String))
    }
  }

  private static func checkstyle(_ text: String) throws -> [ReportEntry] {
    let document = try XMLTree(text)
    try document.expect([
      "checkstyle": ["version"], "file": ["name"], "error": ["line", "column", "severity", "message", "source"],
    ])
    return document.elements("error").map { element in
      ReportEntry(
        rule: rule(element.attributes["source"]), path: element.parent?.attributes["name"],
        line: element.attributes["line"].flatMap { Int($0) }, text: element.attributes["message"] ?? "")
    }
  }

  /// A rule has a pack; the other names are those of what could not be read or used.
  private static func rule(_ name: String?) -> String? { name == "unreadable" || name == "copylint" ? nil : name }
}
