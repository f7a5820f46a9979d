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

/// Judges the lines of chunks; used by one thread.
final class ChunkJudge {
  private let judge: RequestJudge
  private let form: StreamForm
  private let lines: LineWriter
  private var fingerprints = OpenFingerprints()

  /// A request of which everything is known but how many before it were alike.
  private enum Entry {
    case draft(RequestJudge.Draft)
    /// Written up to an offset of the output.
    case line(OpenFingerprints.Request, end: Int)
    case counted(RequestOrdinals.Identity)

    var identity: RequestOrdinals.Identity? {
      switch self {
      case .draft(let draft): draft.identity
      case .line(let request, _): request.identity
      case .counted(let identity): identity
      }
    }
  }

  init(_ stream: RequestStream, _ form: StreamForm) {
    self.form = form
    judge = RequestJudge(
      stream.linter, stream.input, stream.rules, limits: stream.limits, PlanWorkspace(warmUp: 0))
    lines = LineWriter(stream.linter, stream.input)
  }

  /// Judges a chunk. `inTurn` runs its argument after it ran for every chunk before, and before any later one.
  func judge(_ chunk: LineChunk, inTurn: (() -> Void) -> Void) -> JudgedChunk {
    var tally = StreamTally(path: judge.input.path)
    chunk.output.cut()
    fingerprints.removeAll()
    let entries = entries(of: chunk, &tally)
    var ordinals: [Int] = []
    inTurn { ordinals = entries.map { $0.identity.map { judge.linter.ordinal(of: $0) } ?? 0 } }
    return JudgedChunk(parts: parts(entries, ordinals, &chunk.output), counts: tally.counts)
  }

  private func entries(of chunk: LineChunk, _ tally: inout StreamTally) -> [Entry] {
    var entries: [Entry] = []
    chunk.forEachLine(of: judge.limits.maxBytes) { number, line in
      guard let line else { return entries.append(.draft(tooLong(number))) }
      if let entry = entry(line, number, &chunk.output, &tally) { entries.append(entry) }
    }
    return entries
  }

  /// Nil for a request that was counted, where its identity does not matter.
  private func entry(
    _ line: Span, _ number: Int, _ output: inout ByteBuffer, _ tally: inout StreamTally
  ) -> Entry? {
    switch form {
    case .requests: break
    case .counts: if judge.count(line, into: &tally) { return nil }
    case .findings: if let identity = judge.countCompliant(line, into: &tally) { return .counted(identity) }
    case .lines:
      if let request = judge.write(line, number, lines, to: &output, &fingerprints, &tally) {
        return .line(request, end: output.count)
      }
    }
    return .draft(
      judge.draft(line, at: JSONPointer(), line: number) {
        JSONText(SourceFile(path: judge.input.path, bytes: Array(line), firstLine: number))
      })
  }

  private func tooLong(_ number: Int) -> RequestJudge.Draft {
    var request = Report.Request.tooLong(line: number, judge.limits, path: judge.input.path)
    request.repositoryPath = judge.input.policyPath
    return RequestJudge.Draft(state: .finished(request), identity: nil)
  }

  private func parts(_ entries: [Entry], _ ordinals: [Int], _ output: inout ByteBuffer) -> [JudgedChunk.Part] {
    var parts: [JudgedChunk.Part] = []
    var written = 0
    for (entry, ordinal) in zip(entries, ordinals) {
      switch entry {
      case .counted: continue
      case .draft(let draft): parts.append(.request(judge.finish(draft, ordinal: ordinal)))
      case .line(let request, let end):
        fingerprints.fill(request, ordinal: ordinal, in: &output)
        if case .lines(let range)? = parts.last {
          parts[parts.count - 1] = .lines(range.lowerBound..<end)
        } else {
          parts.append(.lines(written..<end))
        }
        written = end
      }
    }
    return parts
  }
}
