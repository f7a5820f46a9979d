/// What came of one chunk.
struct JudgedChunk: Sendable {
  /// A part of what is to be reported.
  enum Part: Sendable {
    case request(Report.Request)
    /// Requests of which the counts hold everything else: a stretch of the chunk's `output`.
    case lines(Range<Int>)
  }

  /// In the order of the lines.
  var parts: [Part] = []
  /// The counts of requests that are no part of their own.
  var counts: RequestCounts
}

/// Judges the lines of chunks, one chunk after another; used by one thread.
final class ChunkJudge {
  private let judge: RequestJudge
  private let form: StreamForm
  private let lines: LineWriter
  private var told = ToldFindings()
  private var counts = RequestCounts()
  /// Requests of the chunk that were not just counted, with what each is known by; nil for what is no request.
  private var entries: [Entry] = []
  private var identities: [RequestOrdinals.Identity?] = []
  /// How many requests were like each of them before.
  private var ordinals: [Int] = []
  private var drafts: [RequestJudge.Draft] = []

  /// A request of which everything is known but how many before it were alike.
  private enum Entry {
    /// By position in `drafts`.
    case draft(Int)
    /// Written up to an offset of the output.
    case line(OpenFingerprints.Request, end: Int)
    case counted
  }

  init(_ stream: RequestStream, _ form: StreamForm) {
    self.form = form
    judge = RequestJudge(
      stream.linter, stream.input, stream.rules, limits: stream.limits, PlanWorkspace(warmUp: 0))
    lines = judge.makeLineWriter()
  }

  /// Judges a chunk on its own.
  func judge(_ chunk: LineChunk) -> JudgedChunk {
    if begin(chunk) { takeTurn() }
    return end(chunk)
  }

  /// Does what does not depend on other chunks. Returns whether `takeTurn` must come before `end`.
  func begin(_ chunk: LineChunk) -> Bool {
    chunk.output.cut()
    told.fingerprints.removeAll()
    entries.removeAll(keepingCapacity: true)
    identities.removeAll(keepingCapacity: true)
    ordinals.removeAll(keepingCapacity: true)
    var tally = StreamTally(path: judge.input.path)
    chunk.forEachLine(of: judge.limits.maxBytes) { number, line in
      guard let line else { return add(tooLong(number)) }
      add(line, number, &chunk.output, &tally)
    }
    counts = tally.counts
    return !entries.isEmpty
  }

  /// After the turn of every chunk before, and before that of any later one.
  func takeTurn() { judge.linter.addOrdinals(of: identities, to: &ordinals) }

  /// What came of it.
  func end(_ chunk: LineChunk) -> JudgedChunk {
    defer { drafts.removeAll() }
    return JudgedChunk(parts: parts(&chunk.output), counts: counts)
  }

  private func add(_ draft: RequestJudge.Draft) {
    entries.append(.draft(drafts.count))
    identities.append(draft.identity)
    drafts.append(draft)
  }

  private func add(_ line: Span, _ number: Int, _ output: inout ByteBuffer, _ tally: inout StreamTally) {
    switch form {
    case .requests: break
    case .counts: if judge.count(line, into: &tally) { return }
    case .findings:
      if let identity = judge.countCompliant(line, into: &tally) {
        entries.append(.counted)
        identities.append(identity)
        return
      }
    case .lines:
      if let written = judge.write(line, number, lines, to: &output, &told, &tally) {
        entries.append(.line(written.fingerprints, end: output.count))
        identities.append(written.identity)
        return
      }
    }
    add(
      judge.draft(line, at: JSONPointer(), line: number) {
        JSONText(SourceFile(path: judge.input.path, bytes: Array(line), firstLine: number))
      })
  }

  private func tooLong(_ number: Int) -> RequestJudge.Draft {
    var request = Report.Request.tooLong(line: number, judge.limits, path: judge.input.path)
    request.repositoryPath = judge.input.policyPath
    return RequestJudge.Draft(state: .finished(request), identity: nil)
  }

  private func parts(_ output: inout ByteBuffer) -> [JudgedChunk.Part] {
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
        parts.append(.request(judge.finish(drafts[draft], ordinal: ordinals[index])))
      }
    }
    if end > start { parts.append(.lines(start..<end)) }
    return parts
  }
}
