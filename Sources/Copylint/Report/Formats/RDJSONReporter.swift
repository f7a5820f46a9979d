/// `rdjson`: reviewdog's Diagnostic Format, one object. Columns are UTF-8 bytes.
struct RDJSONReporter: Reporter {
  static let format = OutputFormat.rdjson
  static let showsFixes = true
  static let needsRules = true

  private let paths: RepositoryPaths
  private let pages: [ByteString: String]
  private var list = JSONList()
  private var hasStarted = false

  init(header: Report.Header, options: ReportOptions) {
    paths = RepositoryPaths(header)
    let named = header.rules.map { (ByteString($0.name), $0.url.flatMap { URIText.page($0) }) }
    pages = Dictionary(named.compactMap { name, page in page.map { (name, $0) } }) { first, _ in first }
  }

  mutating func add(_ request: Report.Request, to output: inout ReportOutput) {
    start(&output)
    if let error = request.error {
      output.standardOutput += list.element(json(error, "unreadable", in: request))
    }
    for finding in request.findings { output.standardOutput += list.element(json(finding, in: request)) }
  }

  mutating func finish(errors: [Diagnostic], to output: inout ReportOutput) {
    start(&output)
    for error in errors { output.standardOutput += list.element(json(error, "copylint", in: nil)) }
    output.standardOutput += list.end + Array("}\n".utf8)
  }

  private mutating func start(_ output: inout ReportOutput) {
    if !hasStarted { output.standardOutput += "{\"source\":{\"name\":\"copylint\"},\"diagnostics\":".utf8 }
    hasStarted = true
  }

  private func json(_ finding: Finding, in request: Report.Request) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("message", finding.remarkedMessage + (finding.help.map { "\nhelp: \($0)" } ?? ""))
      writer.member("location") { writer in
        writer.member("path", paths.path(of: finding.place, in: request))
        Self.write(finding.place, to: &writer)
      }
      writer.member("severity", finding.loudness.rawValue.uppercased())
      writer.member("code") { writer in
        writer.member("value", finding.rule)
        writer.member("url", ifPresent: pages[ByteString(finding.rule)])
      }
      guard let fix = finding.fix, let edit = fix.spanning(finding.place.file) else { return }
      writer.key("suggestions")
      writer.array([edit]) { writer, edit in
        writer.object { writer in
          Self.write(Place(file: finding.place.file, range: edit.range), to: &writer)
          writer.member("text", ByteString(edit.replacement))
        }
      }
    }
    return writer.bytes
  }

  private func json(_ error: Diagnostic, _ code: String, in request: Report.Request?) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("message", error.message + (error.help.map { "\nhelp: \($0)" } ?? ""))
      writer.member("location") { writer in
        writer.member("path", paths.path(of: error, in: request) ?? ".")
        if let place = error.place {
          Self.write(place, to: &writer)
        } else if let request {
          writer.member("range") { $0.member("start") { $0.member("line", request.line) } }
        }
      }
      writer.member("severity", "ERROR")
      writer.member("code") { $0.member("value", code) }
    }
    return writer.bytes
  }

  private static func write(_ place: Place, to writer: inout JSONWriter) {
    writer.member("range") { writer in
      for (name, offset) in [("start", place.range.lowerBound), ("end", place.range.upperBound)] {
        let offset = min(max(offset, 0), place.file.bytes.count)
        let line = place.file.position(ofByte: offset).line
        writer.member(name) { writer in
          writer.member("line", line)
          writer.member("column", offset - place.file.line(line).startIndex + 1)
        }
      }
    }
  }
}

extension Fix {
  /// The edits as one, for formats where each edit would be a proposal of its own; nil when an edit is not within the
  /// file.
  fileprivate func spanning(_ file: SourceFile) -> Edit? {
    guard let first = edits.first, let last = edits.last, first.range.lowerBound >= 0,
      last.range.upperBound <= file.bytes.count
    else { return nil }
    var text: [UInt8] = []
    var at = first.range.lowerBound
    for edit in edits {
      guard edit.range.lowerBound >= at else { return nil }
      text += file.bytes[at..<edit.range.lowerBound] + edit.replacement
      at = edit.range.upperBound
    }
    return Edit(range: first.range.lowerBound..<last.range.upperBound, replacement: text)
  }
}
