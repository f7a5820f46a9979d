import Foundation
import Testing

/// A TAP stream, read strictly: a line that TAP 14 does not have is a failure.
struct TAPDocument {
  struct Point {
    var isGood: Bool
    var description: String
    var directive: String?
    var findings: [[String: Any]] = []
  }

  private(set) var points: [Point] = []

  init(_ text: String) throws {
    var lines = ReportParser.lines(text)[...]
    #expect(lines.first == "TAP version 14")
    let plan = try #require(lines.last)
    lines = lines.dropFirst().dropLast()
    while let line = lines.popFirst() {
      let parts = try #require(ReportParser.groups(#"(not )?ok (\d+) - (.*)"#, line), "\(line)")
      #expect(Int(parts[1]) == points.count + 1)
      let (description, directive) = Self.split(parts[2])
      var point = Point(isGood: parts[0].isEmpty, description: description, directive: directive)
      if lines.first == "  ---" { point.findings = try Self.block(&lines) }
      points.append(point)
    }
    #expect(plan == (points.isEmpty ? "1..0 # SKIP no request" : "1..\(points.count)"))
  }

  /// Every finding of a point, and what could not be read as one without a rule.
  var entries: [ReportEntry] {
    points.flatMap(\.findings).map {
      ReportEntry(
        rule: $0["rule"] as? String, path: $0["file"] as? String, line: $0["line"] as? Int,
        text: $0["message"] as? String ?? "")
    }
  }

  /// A `#` without a backslash before it begins the directive.
  private static func split(_ text: String) -> (String, String?) {
    var description = ""
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "#" { return (description, String(String.UnicodeScalarView(scalars))) }
      description.unicodeScalars.append(scalar == "\\" ? scalars.popFirst() ?? scalar : scalar)
    }
    return (description, nil)
  }

  private static func block(_ lines: inout ArraySlice<String>) throws -> [[String: Any]] {
    #expect(lines.starts(with: ["  ---", "  findings:"]))
    lines = lines.dropFirst(2)
    var findings: [[String: Any]] = []
    while let line = lines.popFirst(), line != "  ..." {
      #expect(line.hasPrefix("  - {"))
      findings.append(try #require(try ReportParser.parsed(String(line.dropFirst(4))) as? [String: Any]))
    }
    return findings
  }
}
