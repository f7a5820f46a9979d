/// Judges chunks of lines or batches of files; used by one thread.
final class ChunkJudge {
  private let judge: RequestJudge
  private let form: StreamForm
  private let lines: LineWriter
  private let content = FileBuffer()
  /// That of the last file.
  private var basis: FileBatch.Basis?

  /// For lines of one input; for files `input` is that of none.
  init(
    _ linter: Linter, _ limits: JSONLimits, _ form: StreamForm, _ input: (Linter.Input, RuleSet)? = nil
  ) {
    self.form = form
    let (known, rules) = input ?? (Linter.Input(path: "", declarations: []), RuleSet(rules: [], packs: []))
    judge = RequestJudge(linter, known, rules, limits: limits, PlanWorkspace(warmUp: 0))
    lines = LineWriter(linter)
    if input != nil { lines.turn(to: known, declaredBy: judge.declaredBy) }
  }

  /// Judges a chunk on its own.
  func judge(_ chunk: Chunk) -> JudgedChunk {
    begin(chunk)
    takeTurn(chunk)
    return end(chunk)
  }

  /// Does what does not depend on other chunks.
  func begin(_ chunk: Chunk) {
    chunk.output.cut()
    chunk.draft.removeAll()
    if let lines = chunk as? LineChunk {
      begin(lines, &chunk.draft, &chunk.output)
    } else if let batch = chunk as? FileBatch {
      begin(batch, &chunk.draft, &chunk.output)
    }
  }

  /// After the turn of every chunk before, and before that of any later one.
  func takeTurn(_ chunk: Chunk) { judge.linter.addOrdinals(of: chunk.draft.identities, to: &chunk.draft.ordinals) }

  /// What came of a chunk, whoever began it.
  func end(_ chunk: Chunk) -> JudgedChunk {
    JudgedChunk(parts: parts(chunk as? FileBatch, &chunk.draft, &chunk.output), counts: chunk.draft.counts)
  }

  // MARK: Lines

  private func begin(_ chunk: LineChunk, _ draft: inout ChunkDraft, _ output: inout ByteBuffer) {
    var tally = StreamTally(path: judge.input.path)
    chunk.forEachLine(of: judge.limits.maxBytes) { number, line in
      guard let line else { return draft.add(tooLong(number)) }
      if !addAtOnce(line, number, &draft, &output, &tally) { add(line, number, &draft, &tally) }
    }
    draft.counts = tally.counts
  }

  private func tooLong(_ number: Int) -> RequestJudge.Draft {
    RequestJudge.Draft(
      state: .finished(.tooLong(line: number, judge.limits, path: judge.input.path)), identity: nil)
  }

  // MARK: Files

  private func begin(_ batch: FileBatch, _ draft: inout ChunkDraft, _ output: inout ByteBuffer) {
    var tally = StreamTally()
    for (number, input) in batch.inputs.enumerated() {
      turn(to: input, batch.bases[number])
      tally.turn(to: input.shown)
      add(input, number, &draft, &output, &tally)
    }
    draft.counts = tally.counts
  }

  private func turn(to input: FileSelection.Input, _ basis: FileBatch.Basis) {
    if basis !== self.basis {
      judge.turn(to: basis.declarations, basis.rules)
      self.basis = basis
    }
    judge.turn(to: input.shown, input.policyPath)
    if form == .lines { lines.turn(to: judge.input, declaredBy: judge.declaredBy) }
  }

  private func add(
    _ input: FileSelection.Input, _ number: Int, _ draft: inout ChunkDraft, _ output: inout ByteBuffer,
    _ tally: inout StreamTally
  ) {
    guard let file = input.file, content.read(file, maxBytes: FileBatch.largestFile),
      !ArraySplitter.isArray(content.content)
    else { return draft.add(.file(number), nil) }
    if !addAtOnce(content.content, 1, &draft, &output, &tally) { add(content.content, 1, file: number, &draft, &tally) }
  }

  // MARK: Both

  /// Judges a request that starts on a line, without a draft; false where the form or the request takes one.
  private func addAtOnce(
    _ text: Span, _ line: Int, _ draft: inout ChunkDraft, _ output: inout ByteBuffer, _ tally: inout StreamTally
  ) -> Bool {
    switch form {
    case .requests, .findings: return false
    case .counts: return judge.count(text, into: &tally)
    case .lines:
      guard let written = judge.write(text, line, lines, to: &output, &draft.told, &tally) else { return false }
      draft.add(.line(written.fingerprints, end: output.count), written.identity)
    }
    return true
  }

  /// Begins to judge a request that starts on a line.
  private func add(
    _ bytes: Span, _ line: Int, file: Int = 0, _ draft: inout ChunkDraft, _ tally: inout StreamTally
  ) {
    let text = { JSONText(SourceFile(path: self.judge.input.path, bytes: Array(bytes), firstLine: line)) }
    guard form == .findings else {
      return draft.add(judge.draft(bytes, at: JSONPointer(), line: line, text), file: file)
    }
    switch judge.tell(bytes, into: &tally, text) {
    case .nothing(let identity): draft.add(.counted, identity)
    case .draft(let made): draft.add(made, file: file)
    }
  }

  private func parts(
    _ batch: FileBatch?, _ draft: inout ChunkDraft, _ output: inout ByteBuffer
  ) -> [JudgedChunk.Part] {
    defer { draft.removeDrafts() }
    var parts: [JudgedChunk.Part] = []
    var (start, end) = (0, 0)
    for index in draft.entries.indices {
      switch draft.entries[index] {
      case .counted: continue
      case .line(let fingerprints, let lineEnd):
        draft.told.fingerprints.fill(fingerprints, ordinal: draft.ordinals[index], in: &output)
        end = lineEnd
      case .draft(let position):
        if end > start { parts.append(.lines(start..<end)) }
        start = end
        let (opened, file) = draft.drafts[position]
        if let batch { turn(to: batch.input(at: file), batch.bases[file]) }
        var request = judge.finish(opened, ordinal: draft.ordinals[index])
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
