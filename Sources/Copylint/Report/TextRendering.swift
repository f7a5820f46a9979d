/// What the text formats are made of: headings, excerpts and notes. Every line ends with LF.
struct TextRendering {
  let style: TextStyle
  private let rules: RuleNotes
  private var locator = Locator()

  init(color: Bool, rules: RuleNotes = .none) {
    style = TextStyle(color: color)
    self.rules = rules
  }

  /// `path:line:col: severity: message [rule]`.
  mutating func heading(_ finding: Finding) -> String {
    let verdict = finding.verdict == .unknown ? ", undetermined" : ""
    let status = verdict + (finding.status == .open ? "" : ", \(finding.status.rawValue)")
    let head = location(finding.place) + label(finding.severity) + ShownText.text(finding.message)
    let rule = style.link(ShownText.text(finding.rule), to: rules.link(of: finding.rule))
    return head + " [\(rule)\(status)]\n"
  }

  /// `path:line:col: error: message`, as far as the diagnostic has a place; an unreadable input's error has at least
  /// the input's own.
  mutating func heading(
    _ diagnostic: Diagnostic, of request: Report.Request? = nil, severity: Severity = .error
  ) -> String {
    location(diagnostic, of: request) + label(severity) + ShownText.text(diagnostic.message) + "\n"
  }

  /// A finding with its excerpt, help and policy.
  mutating func block(_ finding: Finding) -> String {
    let answers = [("policy", finding.policy), ("waiver", finding.waiver.map(Self.text))]
    let notes = [("help", finding.help), ("fix", finding.fixNote)] + rules.explanation(of: finding.rule) + answers
    return heading(finding) + body(finding.place, finding.severity, notes)
  }

  /// A diagnostic with its excerpt and help.
  mutating func block(
    _ diagnostic: Diagnostic, of request: Report.Request? = nil, severity: Severity = .error
  ) -> String {
    heading(diagnostic, of: request, severity: severity) + body(diagnostic.place, severity, [("help", diagnostic.help)])
  }

  private static func text(_ waiver: AppliedWaiver) -> String {
    let words = [waiver.reason, waiver.owner, waiver.ticket].map(\.displayString).joined(separator: ", ")
    return "\(words), until \(waiver.expires.description)"
  }

  private func label(_ severity: Severity) -> String { style.severity(severity, severity.rawValue) + ": " }

  private mutating func location(_ place: Place) -> String {
    let start = locator.region(of: place).start
    return style.path("\(ShownText.path(place.file.path)):\(start.line):\(start.column):") + " "
  }

  private mutating func location(_ diagnostic: Diagnostic, of request: Report.Request?) -> String {
    if let place = diagnostic.place { return location(place) }
    guard let path = diagnostic.path ?? request?.path else { return "" }
    // A line of a stream that was too long to keep has a number and no place.
    let line = request.flatMap { $0.line > 1 ? ":\($0.line)" : nil } ?? ""
    return style.path("\(ShownText.path(path))\(line):") + " "
  }

  private mutating func body(
    _ place: Place?, _ severity: Severity, _ notes: [(label: String, text: String?)]
  ) -> String {
    var gutter = " "
    var output = ""
    if let place {
      let number = locator.region(of: place).start.line
      let excerpt = Excerpt(of: place, onLine: number)
      gutter = String(repeating: " ", count: String(number).utf8.count)
      let carets = style.severity(severity, String(repeating: "^", count: excerpt.width))
      output += "\(gutter) |\n"
      output += excerpt.text.isEmpty ? "\(number) |\n" : "\(number) | \(excerpt.text)\n"
      output += "\(gutter) | \(String(repeating: " ", count: excerpt.indent))\(carets)\n"
    }
    for case (let label, let text?) in notes {
      output += "\(gutter) = \(style.helpLabel(label + ":")) \(ShownText.text(text))\n"
    }
    return output
  }
}
