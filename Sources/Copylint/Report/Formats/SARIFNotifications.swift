/// What SARIF says of the run itself: inputs and packs that could not be read, and what the report leaves out.
struct SARIFNotifications {
  /// The notifications there are.
  enum Kind: String, CaseIterable {
    case unreadableInput = "unreadable-input"
    case unusable = "unusable"
    case incompleteReport = "incomplete-report"

    var summary: String {
      switch self {
      case .unreadableInput: "an input that could not be read as a request"
      case .unusable: "a pack, a configuration or an argument that could not be used"
      case .incompleteReport: "something that is left out of this report"
      }
    }
  }

  private let paths: RepositoryPaths
  private let limit: Int
  private var written: [[UInt8]] = []
  private var notes: [[UInt8]] = []
  private var omitted = 0

  init(paths: RepositoryPaths, limit: Int) { (self.paths, self.limit) = (paths, limit) }

  /// Adds what went wrong; beyond the limit it is counted only.
  mutating func add(_ error: Diagnostic, _ kind: Kind, in request: Report.Request? = nil) {
    guard written.count < limit else { return omitted += 1 }
    let text = error.message + (error.help.map { "\nhelp: \($0)" } ?? "")
    let path = paths.path(of: error, in: request)
    let place = error.place.map { Region(start: $0.start, end: $0.end) }
    let line = request.map { SourcePosition(line: $0.line, column: 1) }
    let region = place ?? line.map { Region(start: $0, end: $0) }
    written.append(json(text, kind, level: "error", at: path, region))
  }

  /// Adds what the report leaves out.
  mutating func note(_ text: String) { notes.append(json(text, .incompleteReport, level: "warning", at: nil, nil)) }

  /// All of them, what is left out first.
  var all: [[UInt8]] {
    guard omitted > 0 else { return notes + written }
    let more = "\(omitted) more notifications are left out"
    return notes + [json(more, .incompleteReport, level: "error", at: nil, nil)] + written
  }

  private func json(_ text: String, _ kind: Kind, level: String, at path: ByteString?, _ region: Region?) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("descriptor") { $0.member("id", kind.rawValue) }
      writer.member("level", level)
      writer.member("message") { $0.member("text", SARIFText.text(text)) }
      guard let path else { return }
      writer.key("locations")
      writer.array { $0.object { SARIFLocation(path).write(region, to: &$0) } }
    }
    return writer.bytes
  }
}
