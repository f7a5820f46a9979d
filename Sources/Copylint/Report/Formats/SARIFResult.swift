/// One finding as a SARIF result.
struct SARIFResult {
  let paths: RepositoryPaths
  private var locator = Locator()

  init(paths: RepositoryPaths) { self.paths = paths }

  /// The level is the finding's severity, and the kind `fail` for an undetermined one too: SARIF's `open` would force
  /// the level `none`, and a gate that goes by levels would let pass what copylint denies. `verdict` tells them apart.
  mutating func json(_ finding: Finding, ruleIndex: Int?, in request: Report.Request) -> [UInt8] {
    let location = SARIFLocation(paths.path(of: finding.place, in: request))
    let region = locator.region(of: finding.place)
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("ruleId", finding.rule)
      if let ruleIndex { writer.member("ruleIndex", ruleIndex) }
      writer.member("kind", "fail")
      writer.member("level", SARIFText.level(finding.severity))
      writer.member("message") { $0.member("text", Self.message(finding)) }
      writer.key("locations")
      writer.array {
        $0.object { writer in
          location.write(region, to: &writer)
          writer.key("logicalLocations")
          writer.array { $0.object { $0.member("fullyQualifiedName", finding.pointer.description) } }
        }
      }
      writer.member("partialFingerprints") { $0.member("copylint/v1", finding.fingerprint) }
      Self.writeSuppressions(of: finding, to: &writer)
      if let fix = finding.fix { Self.write(fix, in: finding.place.file, location, to: &writer) }
      Self.writeProperties(of: finding, to: &writer)
    }
    return writer.bytes
  }

  private static func message(_ finding: Finding) -> String {
    let verdict = finding.verdict == .unknown ? " (undetermined)" : ""
    return SARIFText.text(finding.message + verdict + (finding.help.map { "\nhelp: \($0)" } ?? ""))
  }

  /// Either every result of a run has the list, or none has (SARIF 3.27.23), so an open one has an empty one.
  ///
  /// A finding that stands in the baseline is suppressed too, rather than `unchanged` by `baselineState`: that compares
  /// with the results of an earlier run, while our baseline is a list of what a team has agreed to live with.
  private static func writeSuppressions(of finding: Finding, to writer: inout JSONWriter) {
    writer.key("suppressions")
    writer.array { writer in
      guard finding.status != .open else { return }
      writer.object { writer in
        writer.member("kind", "external")
        writer.member("status", "accepted")
        writer.member("justification", finding.waiver?.reason.displayString ?? finding.answer ?? "")
        guard let waiver = finding.waiver else { return }
        writer.member("properties") { writer in
          writer.member("owner", waiver.owner)
          writer.member("ticket", waiver.ticket)
          writer.member("expires", waiver.expires.description)
        }
      }
    }
  }

  private static func write(_ fix: Fix, in file: SourceFile, _ location: SARIFLocation, to writer: inout JSONWriter) {
    writer.key("fixes")
    writer.array {
      $0.object { writer in
        writer.member("description") { $0.member("text", SARIFText.text(fix.summary)) }
        writer.key("artifactChanges")
        writer.array {
          $0.object { writer in
            writer.member("artifactLocation") { location.writeArtifact(to: &$0) }
            writer.key("replacements")
            writer.array(fix.edits) { write($1, in: file, to: &$0) }
          }
        }
        writer.member("properties") { $0.member("safety", fix.safety.rawValue) }
      }
    }
  }

  private static func write(_ edit: Fix.Edit, in file: SourceFile, to writer: inout JSONWriter) {
    let place = Place(file: file, range: edit.range)
    writer.object { writer in
      writer.member("deletedRegion") { SARIFLocation.write(Region(start: place.start, end: place.end), to: &$0) }
      writer.member("insertedContent") { $0.member("text", ByteString(edit.replacement)) }
    }
  }

  private static func writeProperties(of finding: Finding, to writer: inout JSONWriter) {
    writer.member("properties") { writer in
      writer.member("verdict", finding.verdict.rawValue)
      writer.member("status", finding.status.rawValue)
      writer.member("message", finding.message)
      writer.member("help", ifPresent: finding.help)
      writer.member("policy", ifPresent: finding.policy)
    }
  }
}

/// Results up to a number; of more, the most important are kept, and among equals the first.
struct SARIFResultList {
  private let limit: Int
  private var ranked = [[[UInt8]]](repeating: [], count: Finding.Rank.allCases.count)
  private(set) var count = 0
  private(set) var omitted = 0

  init(limit: Int) { self.limit = limit }

  /// Whether there is room for another, also by leaving out what is less important. What is not admitted is counted.
  mutating func admits(_ rank: Finding.Rank) -> Bool {
    if count < limit || ranked[(rank.rawValue + 1)...].contains(where: { !$0.isEmpty }) { return true }
    omitted += 1
    return false
  }

  /// Adds a result that was admitted.
  mutating func append(_ json: [UInt8], _ rank: Finding.Rank) {
    if count == limit, let last = ranked.lastIndex(where: { !$0.isEmpty }) {
      ranked[last].removeLast()
      omitted += 1
      count -= 1
    }
    ranked[rank.rawValue].append(json)
    count += 1
  }

  /// The most important first.
  var all: some Sequence<[UInt8]> { ranked.lazy.joined() }
}
