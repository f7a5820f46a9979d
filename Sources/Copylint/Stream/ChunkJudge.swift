/// What came of one chunk.
struct JudgedChunk: Sendable {
  /// In the order of the lines. Without findings asked for, only those that the counts do not say all of.
  var requests: [Report.Request] = []
  /// The counts of the others.
  var counts: RequestCounts
}

/// Judges the lines of chunks; used by one thread.
struct ChunkJudge {
  private let judge: RequestJudge
  /// Only counts are asked for.
  private let countsOnly: Bool

  init(_ stream: RequestStream, countsOnly: Bool) {
    self.countsOnly = countsOnly
    judge = RequestJudge(
      stream.linter, stream.input, stream.rules, limits: stream.limits, PlanWorkspace(warmUp: 0))
  }

  /// Judges a chunk. `inTurn` runs its argument after it ran for every chunk before, and before any later one.
  func judge(_ chunk: LineChunk, inTurn: (() -> Void) -> Void) -> JudgedChunk {
    var tally = StreamTally(path: judge.input.path)
    let drafts = drafts(of: chunk, &tally)
    var ordinals: [Int] = []
    inTurn { ordinals = drafts.map { $0.identity.map { judge.linter.ordinal(of: $0) } ?? 0 } }
    let requests = zip(drafts, ordinals).map { judge.finish($0, ordinal: $1) }
    return JudgedChunk(requests: requests, counts: tally.counts)
  }

  private func drafts(of chunk: LineChunk, _ tally: inout StreamTally) -> [RequestJudge.Draft] {
    var drafts: [RequestJudge.Draft] = []
    chunk.forEachLine(of: judge.limits.maxBytes) { number, line in
      guard let line else { return drafts.append(tooLong(number)) }
      if countsOnly, judge.count(line, into: &tally) { return }
      drafts.append(
        judge.draft(line, at: JSONPointer(), line: number) {
          JSONText(SourceFile(path: judge.input.path, bytes: Array(line), firstLine: number))
        })
    }
    return drafts
  }

  private func tooLong(_ number: Int) -> RequestJudge.Draft {
    var request = Report.Request.tooLong(line: number, judge.limits, path: judge.input.path)
    request.repositoryPath = judge.input.policyPath
    return RequestJudge.Draft(state: .finished(request), identity: nil)
  }
}
