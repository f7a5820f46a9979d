/// `github`: workflow commands of GitHub Actions, which put findings beside the code.
///
/// At most ten of a level, as the platform takes no more from a step, and one line that says how many more there are.
/// The escaping is that of GitHub's toolkit (`packages/core/src/command.ts`).
struct GitHubReporter: Reporter {
  static let format = OutputFormat.github

  private var selection: AnnotationSelection

  init(header: Report.Header, options: ReportOptions) { selection = AnnotationSelection(header) }

  static func streamForm(_ options: ReportOptions) -> StreamForm { .findings }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) { selection.add(request) }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    for error in errors { selection.add(error, "copylint") }
    for annotation in selection.annotations { output.standardOutput += (Self.command(annotation) + "\n").utf8 }
    if let rest = selection.rest { output.standardOutput += "copylint: \(rest)\n".utf8 }
  }

  private static func command(_ annotation: AnnotationSelection.Annotation) -> String {
    var properties: [String] = []
    if let path = annotation.path { properties.append("file=\(property(Escaping.visible(path.bytes)))") }
    if let region = annotation.region { properties.append(place(region)) }
    properties.append("title=\(property(annotation.rule))")
    let text = ([annotation.message] + [annotation.help].compactMap { $0.map { "help: \($0)" } })
      .map { data($0) }.joined(separator: "%0A")
    return "::\(name(annotation.level)) \(properties.joined(separator: ","))::\(text)"
  }

  private static func name(_ level: Severity) -> String {
    switch level {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  }

  /// Columns only within one line: the platform refuses an annotation that has them over several.
  private static func place(_ region: Region) -> String {
    let lines = "line=\(region.start.line),endLine=\(region.end.line)"
    guard region.start.line == region.end.line else { return lines }
    return lines + ",col=\(region.start.column),endColumn=\(region.end.column)"
  }

  /// A message. No CR or LF is left once the text is made visible.
  private static func data(_ text: String) -> String { escaped(ShownText.text(text)) { $0 == "%" } }

  private static func property(_ text: String) -> String {
    escaped(ShownText.text(text)) { $0 == "%" || $0 == ":" || $0 == "," }
  }

  private static func escaped(_ text: String, _ isSpecial: (Unicode.Scalar) -> Bool) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      if isSpecial(scalar) {
        output += "%" + String(scalar.value, radix: 16, uppercase: true)
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
