/// Findings and diagnostics as text. Everything that comes from a file is escaped here, once more where it already was:
/// escaping twice changes nothing.
struct TextLayout {
  let style: TextStyle

  func finding(_ finding: Finding) -> [String] {
    [headline(finding)] + excerpt(finding.place, finding.severity)
      + notes([("help", finding.help), ("policy", finding.policy)])
  }

  /// `path:line:column: error: message [rule]`
  func headline(_ finding: Finding) -> String {
    var rule = finding.rule
    if finding.verdict == .unknown { rule += ", undetermined" }
    if finding.status != .open { rule += ", \(finding.status.rawValue)" }
    return line(finding.place.file.path, finding.place.start, finding.severity, finding.message)
      + " [\(Escaping.visible(rule))]"
  }

  func diagnostic(_ diagnostic: Diagnostic, _ severity: Severity = .error) -> [String] {
    [headline(diagnostic, severity)] + (diagnostic.place.map { excerpt($0, severity) } ?? [])
      + notes([("help", diagnostic.help)])
  }

  func headline(_ diagnostic: Diagnostic, _ severity: Severity = .error) -> String {
    line(diagnostic.path, diagnostic.place?.start, severity, diagnostic.message)
  }

  private func line(_ path: ByteString?, _ at: SourcePosition?, _ severity: Severity, _ message: String) -> String {
    var place = path.map { Escaping.visible($0.bytes) + ":" } ?? ""
    if let at { place += "\(at.line):\(at.column):" }
    return (place.isEmpty ? "" : style.path(place) + " ") + style.severity(severity) + ": " + Escaping.visible(message)
  }

  private func excerpt(_ place: Place, _ severity: Severity) -> [String] {
    let lines = Excerpt.lines(place)
    guard let underline = lines.last, let caret = underline.firstIndex(of: "^") else { return lines }
    return lines.dropLast() + [underline[..<caret] + style.mark(String(underline[caret...]), severity)]
  }

  private func notes(_ notes: [(label: String, text: String?)]) -> [String] {
    notes.compactMap { label, text in
      text.map { "  = \(style.label(label + ":")) \(Escaping.visible($0))" }
    }
  }
}
