/// A stream of requests, one a line, judged chunk by chunk: on every core that the process may use, in input order, in
/// memory that does not grow with the stream.
struct RequestStream: Sendable {
  let linter: Linter
  let input: Linter.Input
  let rules: RuleSet
  let limits: JSONLimits

  /// How far a run has come.
  struct Progress {
    /// Bytes taken from the file, packed where it is packed.
    var bytes: Int
    /// The file's size; 0 where unknown.
    var size: Int
  }

  /// Chunks on their way at a time, for each thread: one that is judged, and two that wait while another is held up.
  private static let chunksPerThread = 3
  /// Bytes on their way, where lines are long: what is found wrong with a long line takes many times its memory.
  private static let mostBytes = 1 << 18

  /// Judges everything. `deliver` gets each chunk in order, with the text that its lines stand in, and holds the reader
  /// up until it returns. Throws where the
  /// stream cannot be read on; what came before was delivered.
  func run(
    _ source: StreamSource, _ form: StreamForm, deliver: (JudgedChunk, Span, Progress) -> Void
  ) throws(Diagnostic) {
    var reader = ChunkReader(source, maxLineBytes: limits.maxBytes)
    let first = LineChunk()
    guard try reader.fill(first) else { return }
    let progress = { Progress(bytes: source.bytesRead, size: source.size) }
    let threads = linter.allowsPlans ? CoreCount.available : 1
    guard threads > 1, !reader.isAtEnd else {
      let judge = makeJudge(form)
      repeat { deliver(judge.judge(first), first.output.span, progress()) } while try reader.fill(first)
      return
    }
    // This one judges too.
    let workers = ChunkWorkers(count: threads - 1) { makeJudge(form) }
    defer { workers.finish() }
    try run(first, &reader, source, workers, threads, makeJudge(form)) { deliver($0, $1, progress()) }
  }

  private func makeJudge(_ form: StreamForm) -> ChunkJudge { ChunkJudge(linter, limits, form, (input, rules)) }

  private func run(
    _ first: LineChunk, _ reader: inout ChunkReader, _ source: StreamSource, _ workers: ChunkWorkers, _ threads: Int,
    _ judge: ChunkJudge, deliver: (JudgedChunk, Span) -> Void
  ) throws(Diagnostic) {
    var free = (1..<threads * Self.chunksPerThread).map { _ in LineChunk() }
    workers.submit(first)
    var bytes = first.count
    var failure: Diagnostic?
    var isMore = true
    while isMore || workers.hasMore {
      // What is judged is delivered before anybody waits for more input.
      let mustDeliver =
        !isMore || free.isEmpty || bytes > Self.mostBytes || (workers.hasMore && source.wouldWait)
      if let (judged, chunk) = mustDeliver ? workers.next(judge) : workers.nextIfJudged() {
        deliver(judged, chunk.output.span)
        guard let chunk = chunk as? LineChunk else { continue }
        bytes -= chunk.count
        free.append(chunk)
      } else if let chunk = free.popLast() {
        do throws(Diagnostic) {
          isMore = try reader.fill(chunk)
          if isMore {
            bytes += chunk.count
            workers.submit(chunk)
          }
        } catch {
          (failure, isMore) = (error, false)
        }
      }
    }
    if let failure { throw failure }
  }
}
