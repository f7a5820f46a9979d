/// The few findings that a platform shows beside the code: it takes so many of a level from a step, and passes over the
/// rest without a word.
struct AnnotationSelection {
  /// One line beside the code.
  struct Annotation {
    var level: Severity
    var rule: String
    var path: ByteString?
    var region: Region?
    var message: String
    var help: String?
  }

  /// 10 warnings and 10 errors of a step, says GitHub's toolkit (`docs/problem-matchers.md`), and its notices are counted
  /// alike; Azure's agent keeps 10 issues of a type of a step.
  static let perLevel = 10

  private let paths: RepositoryPaths
  private var locator = Locator()
  private var kept: [Finding.Rank: [Annotation]] = [:]
  private var counts: [Severity: Int] = [:]

  init(_ header: Report.Header) { paths = RepositoryPaths(header) }

  mutating func add(_ request: Report.Request) {
    if let error = request.error { add(error, "unreadable", in: request) }
    for finding in request.findings { add(finding, in: request) }
  }

  mutating func add(_ finding: Finding, in request: Report.Request) {
    let paths = paths
    keep(finding.rank, finding.loudness) {
      Annotation(
        level: finding.loudness, rule: finding.rule, path: paths.path(of: finding.place, in: request),
        region: $0.region(of: finding.place), message: finding.remarkedMessage, help: finding.help)
    }
  }

  mutating func add(_ diagnostic: Diagnostic, _ rule: String, in request: Report.Request? = nil) {
    let paths = paths
    keep(.error, .error) { _ in
      let start = diagnostic.place?.start ?? request.map { SourcePosition(line: $0.line, column: 1) }
      return Annotation(
        level: .error, rule: rule, path: paths.path(of: diagnostic, in: request),
        region: start.map { Region(start: $0, end: $0) }, message: diagnostic.message, help: diagnostic.help)
    }
  }

  /// What is shown: open findings of a level before those that somebody answers for.
  var annotations: [Annotation] {
    let ranked = Finding.Rank.allCases.flatMap { kept[$0] ?? [] }
    return Severity.allCases.reversed().flatMap { level in ranked.filter { $0.level == level }.prefix(Self.perLevel) }
  }

  /// What is not shown, in one line; nil when everything is.
  var rest: String? {
    let parts = Severity.allCases.reversed().compactMap { level -> String? in
      let more = (counts[level] ?? 0) - Self.perLevel
      return more > 0 ? "\(more) more of severity \(level.rawValue)" : nil
    }
    guard !parts.isEmpty else { return nil }
    return "\(parts.joined(separator: ", ")): the platform shows \(Self.perLevel) of each, the report has all"
  }

  private mutating func keep(_ rank: Finding.Rank, _ level: Severity, _ make: (inout Locator) -> Annotation) {
    counts[level, default: 0] += 1
    guard kept[rank, default: []].count < Self.perLevel else { return }
    let annotation = make(&locator)
    kept[rank, default: []].append(annotation)
  }
}
