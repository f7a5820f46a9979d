/// Judges chunks of lines or batches of files, one after another; used by one thread.
final class ChunkJudge {
  private let judge: RequestJudge
  private let form: StreamForm
  private let lines: LineWriter
  /// Whether every file has the rules and the declarations of the first.
  private let isUniform: Bool
  private let content = FileBuffer()
  private var told = ToldFindings()
  private var counts = RequestCounts()
  /// Requests of the chunk that were not just counted, with what each is known by; nil for what is no request.
  private var entries: [Entry] = []
  private var identities: [RequestOrdinals.Identity?] = []
  /// How many requests were like each of them before.
  private var ordinals: [Int] = []
  /// With the position of the file in its batch.
  private var drafts: [(draft: RequestJudge.Draft, file: Int)] = []
  /// Whether an input was turned to.
  private var hasBegun = false

  /// A request of which everything is known but how many before it were alike.
  private enum Entry {
    /// By position in `drafts`.
    case draft(Int)
    /// Written up to an offset of the output.
    case line(OpenFingerprints.Request, end: Int)
    case counted
    /// By position in the batch.
    case file(Int)
  }

  /// For lines of one input; for files `input` is that of none.
  init(
    _ linter: Linter, _ limits: JSONLimits, _ form: StreamForm, _ input: (Linter.Input, RuleSet)? = nil,
    isUniform: Bool = false
  ) {
    (self.form, self.isUniform) = (form, isUniform)
    let (known, rules) = input ?? (Linter.Input(path: "", declarations: []), RuleSet(rules: [], packs: []))
    judge = RequestJudge(linter, known, rules, limits: limits, PlanWorkspace(warmUp: 0))
    lines = LineWriter(linter)
    if input != nil { lines.turn(to: known, declaredBy: judge.declaredBy) }
  }

  /// Judges a chunk on its own.
  func judge(_ chunk: Chunk) -> JudgedChunk {
    if begin(chunk) { takeTurn() }
    return end(chunk)
  }

  /// Does what does not depend on other chunks. Returns whether `takeTurn` must come before `end`.
  func begin(_ chunk: Chunk) -> Bool {
    chunk.output.cut()
    told.fingerprints.removeAll()
    entries.removeAll(keepingCapacity: true)
    identities.removeAll(keepingCapacity: true)
    ordinals.removeAll(keepingCapacity: true)
    if let chunk = chunk as? LineChunk { begin(chunk) } else if let batch = chunk as? FileBatch { begin(batch) }
    return !entries.isEmpty
  }

  /// After the turn of every chunk before, and before that of any later one.
  func takeTurn() { judge.linter.addOrdinals(of: identities, to: &ordinals) }

  /// What came of it.
  func end(_ chunk: Chunk) -> JudgedChunk {
    defer { drafts.removeAll() }
    return JudgedChunk(parts: parts(chunk as? FileBatch, &chunk.output), counts: counts)
  }

  // MARK: Lines

  private func begin(_ chunk: LineChunk) {
    var tally = StreamTally(path: judge.input.path)
    chunk.forEachLine(of: judge.limits.maxBytes) { number, line in
      guard let line else { return add(tooLong(number)) }
      if addAtOnce(line, number, &chunk.output, &tally) { return }
      add(
        judge.draft(line, at: JSONPointer(), line: number) {
          JSONText(SourceFile(path: judge.input.path, bytes: Array(line), firstLine: number))
        })
    }
    counts = tally.counts
  }

  private func tooLong(_ number: Int) -> RequestJudge.Draft {
    RequestJudge.Draft(
      state: .finished(.tooLong(line: number, judge.limits, path: judge.input.path)), identity: nil)
  }

  // MARK: Files

  private func begin(_ batch: FileBatch) {
    var tally = StreamTally()
    for (number, item) in batch.items.enumerated() {
      turn(to: item)
      tally.turn(to: item.known.path)
      add(item.input, number, &batch.output, &tally)
    }
    counts = tally.counts
  }

  private func turn(to item: FileBatch.Item) {
    if isUniform, hasBegun { judge.turn(to: item.known) } else { judge.turn(to: item.known, item.rules) }
    hasBegun = true
    if form == .lines { lines.turn(to: item.known, declaredBy: judge.declaredBy) }
  }

  private func add(
    _ input: FileSelection.Input, _ number: Int, _ output: inout ByteBuffer, _ tally: inout StreamTally
  ) {
    guard let file = input.file, content.read(file, maxBytes: FileBatch.largestFile),
      !ArraySplitter.isArray(content.content)
    else {
      entries.append(.file(number))
      identities.append(nil)
      return
    }
    if addAtOnce(content.content, 1, &output, &tally) { return }
    add(judge.draft(JSONText(SourceFile(path: judge.input.path, bytes: Array(content.content)))), number)
  }

  // MARK: Both

  private func add(_ draft: RequestJudge.Draft, _ file: Int = 0) {
    entries.append(.draft(drafts.count))
    identities.append(draft.identity)
    drafts.append((draft, file))
  }

  /// Judges a request that starts on a line, as far as the form asks; false where that takes a draft.
  private func addAtOnce(
    _ text: Span, _ line: Int, _ output: inout ByteBuffer, _ tally: inout StreamTally
  ) -> Bool {
    switch form {
    case .requests: return false
    case .counts: return judge.count(text, into: &tally)
    case .findings:
      guard let identity = judge.countCompliant(text, into: &tally) else { return false }
      entries.append(.counted)
      identities.append(identity)
    case .lines:
      guard let written = judge.write(text, line, lines, to: &output, &told, &tally) else { return false }
      entries.append(.line(written.fingerprints, end: output.count))
      identities.append(written.identity)
    }
    return true
  }

  private func parts(_ batch: FileBatch?, _ output: inout ByteBuffer) -> [JudgedChunk.Part] {
    var parts: [JudgedChunk.Part] = []
    var (start, end) = (0, 0)
    for index in entries.indices {
      switch entries[index] {
      case .counted: continue
      case .line(let fingerprints, let lineEnd):
        told.fingerprints.fill(fingerprints, ordinal: ordinals[index], in: &output)
        end = lineEnd
      case .draft(let draft):
        if end > start { parts.append(.lines(start..<end)) }
        start = end
        if let batch { turn(to: batch.items[drafts[draft].file]) }
        var request = judge.finish(drafts[draft].draft, ordinal: ordinals[index])
        request.repositoryPath = judge.input.policyPath
        parts.append(.request(request))
      case .file(let number):
        if end > start { parts.append(.lines(start..<end)) }
        start = end
        parts.append(.file(number))
      }
    }
    if end > start { parts.append(.lines(start..<end)) }
    return parts
  }
}
