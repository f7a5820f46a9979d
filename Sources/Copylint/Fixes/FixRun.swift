/// Mends the files of a run before they are judged and reported.
struct FixRun {
  /// One input, with what it takes to judge it.
  struct Work {
    var input: FileSelection.Input
    var known: Linter.Input
    var rules: RuleSet
  }

  /// What became of it.
  struct Result {
    /// Open findings that are gone, or would be.
    var mended = 0
    /// Files with such findings.
    var files = 0
    /// Files that could not be fixed.
    var problems: [Diagnostic] = []
    /// The diff, or the fixed standard input; nil where standard output is the report's.
    var output: [UInt8]?
    /// Files whose diff is not one that can be applied.
    var inexact: [ByteString] = []
  }

  private let options: FixOptions
  private let reader: RequestReader
  /// Has judged every request of the run once it is over.
  private(set) var linter: Linter
  private(set) var result = Result()

  /// `linter` has judged nothing yet. What its waivers and baseline answer for is left alone.
  init(_ options: FixOptions, _ reader: RequestReader, _ linter: Linter) {
    (self.options, self.reader, self.linter) = (options, reader, linter)
  }

  /// Fixes what can be fixed. Every request of the run is judged first, so that no fix gives a copy the name of
  /// another. Where an input was standard input, its content is put into the work: it can be read once.
  mutating func run(_ works: inout [Work]) {
    if options.destination == .diff { result.output = [] }
    var fixable: [Int] = []
    for index in works.indices where hasFixes(&works[index]) { fixable.append(index) }
    for index in fixable { fix(&works[index]) }
    for case let content? in works.filter({ $0.input.file == nil }).map(\.input.content)
    where options.destination == .file { result.output = content }
  }

  /// Takes requests that are not judged for some of the run.
  func remember(_ input: FileSelection.Input, _ known: Linter.Input) {
    reader.forEachRequest(of: input) { entry in
      if case .text(let text) = entry { _ = linter.remember(text, known, limits: reader.limits) }
    }
  }

  // MARK: Looking for fixes

  private mutating func hasFixes(_ work: inout Work) -> Bool {
    if work.input.file == nil, work.input.content == nil {
      readStandardInput(&work)
    }
    var hasFixes = false
    reader.forEachRequest(of: work.input) { entry in
      guard case .text(let text) = entry else { return }
      let request = linter.judge(text, work.known, work.rules, limits: reader.limits)
      hasFixes = hasFixes || request.findings.contains { isApplicable($0) }
    }
    return hasFixes
  }

  private mutating func readStandardInput(_ work: inout Work) {
    work.input.content = []
    do throws(Diagnostic) {
      work.input.content = try FileReader.readStandardInput(maxBytes: RequestReader.maxFileBytes)
    } catch {
      result.problems.append(error)
    }
  }

  private func isApplicable(_ finding: Finding) -> Bool {
    guard finding.status == .open, let fix = finding.fix else { return false }
    return fix.safety == .safe || options.isUnsafeAllowed
  }

  // MARK: Fixing

  private mutating func fix(_ work: inout Work) {
    do throws(Diagnostic) {
      if let content = work.input.content {
        let (edits, mended) = try edits(content, work)
        note(edits, mended, of: content, work)
        if options.destination == .file { work.input.content = Fix.applying(edits, to: content) }
      } else if let path = work.input.file {
        let file = try EditedFile(reading: path, maxBytes: RequestReader.maxFileBytes)
        let (edits, mended) = try edits(file.bytes, work)
        guard !edits.isEmpty else { return }
        if options.destination == .file { try file.replace(with: Fix.applying(edits, to: file.bytes)) }
        note(edits, mended, of: file.bytes, work)
      }
    } catch {
      result.problems.append(Diagnostic(error.message, help: error.help, path: work.input.shown))
    }
  }

  /// Each edit is a whole request.
  private mutating func edits(
    _ bytes: [UInt8], _ work: Work
  ) throws(Diagnostic) -> (edits: [Fix.Edit], mended: Int) {
    var edits: [Fix.Edit] = []
    var mended = 0
    for text in try reader.texts(SourceFile(path: work.input.shown, bytes: bytes)) {
      guard let fixed = fixer(text, work).fix(text) else { continue }
      edits.append(Fix.Edit(range: text.range, replacement: fixed.text.file.bytes))
      mended += fixed.mended
      _ = linter.judge(fixed.text, work.known, work.rules, limits: reader.limits)
    }
    return (edits, mended)
  }

  private func fixer(_ text: JSONText, _ work: Work) -> RequestFixer {
    let name = (try? Document(text, limits: reader.limits)).flatMap { try? ProposedCopy($0) }?.request.targetModelName
      .value
    return RequestFixer(isUnsafeAllowed: options.isUnsafeAllowed) { [linter, reader] edited in
      linter.trial(of: edited, inPlaceOf: name, work.known, work.rules, limits: reader.limits)
    }
  }

  private mutating func note(_ edits: [Fix.Edit], _ mended: Int, of bytes: [UInt8], _ work: Work) {
    guard !edits.isEmpty else { return }
    result.mended += mended
    result.files += 1
    guard options.destination == .diff else { return }
    let diff = UnifiedDiff(path: work.input.shown, old: bytes, edits: edits)
    result.output = (result.output ?? []) + diff.bytes
    if !diff.isExact { result.inexact.append(work.input.shown) }
  }
}

extension FixRun.Result {
  /// What was done, in lines for standard error, of which the last is not ended. `open` is how many open findings the report has.
  func summary(_ destination: FixOptions.Destination, open: Int) -> String {
    let findings = "\(mended) finding\(mended == 1 ? "" : "s") in \(files) file\(files == 1 ? "" : "s")"
    let notes = inexact.map {
      "the diff of \(Escaping.quoted($0)) has characters that are shown escaped: it cannot be applied as a patch\n"
    }
    switch destination {
    case .file: return "fixed \(findings); \(open) remain\(open == 1 ? "s" : "")"
    case .diff: return notes.joined() + "would fix \(findings); \(open - mended) would remain"
    }
  }
}

extension RequestReader {
  /// The requests of a content, each with where it stands in it. Throws where one of them cannot be read: a file that is
  /// no JSON is not edited.
  func texts(_ file: SourceFile) throws(Diagnostic) -> [JSONText] {
    let whole = JSONText(file)
    if isLines { return try lines(whole) }
    guard ArraySplitter.isArray(whole) else { return [try readable(whole)] }
    var texts: [JSONText] = []
    try ArraySplitter.forEachElement(of: whole) { element throws(Diagnostic) in
      switch element {
      case .text(let text): texts.append(try readable(text))
      case .unreadable: throw unreadable(file)
      }
    }
    return texts
  }

  private func lines(_ whole: JSONText) throws(Diagnostic) -> [JSONText] {
    var texts: [JSONText] = []
    for line in whole.file.bytes.split(separator: 0x0A) where !line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) {
      texts.append(try readable(JSONText(file: whole.file, range: line.indices, pointer: JSONPointer())))
    }
    return texts
  }

  private func readable(_ text: JSONText) throws(Diagnostic) -> JSONText {
    guard let document = try? Document(text, limits: limits), (try? ProposedCopy(document)) != nil else {
      throw unreadable(text.file)
    }
    return text
  }

  private func unreadable(_ file: SourceFile) -> Diagnostic {
    Diagnostic(
      "is not fixed: a part of it cannot be read", help: "mend what cannot be read first", path: file.path)
  }
}
