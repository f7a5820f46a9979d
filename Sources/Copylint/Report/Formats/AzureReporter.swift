/// `azure`: logging commands of Azure Pipelines, which list findings as issues of the step.
///
/// Azure knows errors and warnings only, so what is less is a warning that says what it is. The escaping is that of
/// Azure's task library (`node/taskcommand.ts`).
struct AzureReporter: Reporter {
  static let format = OutputFormat.azure

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
    var properties = "type=\(annotation.level == .error ? "error" : "warning");"
    if let path = annotation.path { properties += "sourcepath=\(property(Escaping.visible(path.bytes)));" }
    if let start = annotation.region?.start {
      properties += "linenumber=\(start.line);columnnumber=\(start.column);"
    }
    let level = annotation.level == .info ? "info: " : ""
    let help = annotation.help.map { "; help: \($0)" } ?? ""
    let message = data(level + annotation.message + help)
    return "##vso[task.logissue \(properties)code=\(property(annotation.rule));]\(message)"
  }

  /// A message. No CR or LF is left once the text is made visible.
  private static func data(_ text: String) -> String { escaped(text) { _ in nil } }

  private static func property(_ text: String) -> String {
    escaped(text) { scalar in
      switch scalar {
      case ";": "%3B"
      case "]": "%5D"
      default: nil
      }
    }
  }

  private static func escaped(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
    var output = ""
    for scalar in ShownText.text(text).unicodeScalars {
      output += scalar == "%" ? "%AZP25" : replacement(scalar) ?? String(scalar)
    }
    return output
  }
}
