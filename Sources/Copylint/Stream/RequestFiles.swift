/// Files, judged batch by batch: on every core that the process may use, in input order, in memory that does not grow
/// with their number.
struct RequestFiles: Sendable {
  let linter: Linter
  let limits: JSONLimits

  /// Fewer are judged one by one: making a plan takes longer than judging a few.
  static let fewest = 8

  /// Batches on their way at a time, for each thread: one that is judged and one that waits.
  private static let batchesPerThread = 2

  /// Judges everything. `basis` is called for the path of each file from the root, in order; `deliver` gets each batch in
  /// order.
  func run(
    _ inputs: [FileSelection.Input], _ form: StreamForm, basis: (ByteString?) -> FileBatch.Basis,
    deliver: (JudgedChunk, FileBatch) -> Void
  ) {
    let judge = ChunkJudge(linter, limits, form)
    // This one judges too.
    let workers = ChunkWorkers(count: threads(for: inputs.count) - 1) { [self] in ChunkJudge(linter, limits, form) }
    defer { workers.finish() }
    var rest = inputs[...]
    var free = (0..<threads(for: inputs.count) * Self.batchesPerThread).map { _ in FileBatch() }
    while !rest.isEmpty || workers.hasMore {
      if !rest.isEmpty, let batch = free.popLast() {
        batch.inputs = rest.prefix(FileBatch.size)
        batch.bases = batch.inputs.map { basis($0.policyPath) }
        rest = rest.dropFirst(FileBatch.size)
        workers.submit(batch)
      } else {
        let (judged, chunk) = workers.next(judge)
        guard let batch = chunk as? FileBatch else { continue }
        deliver(judged, batch)
        free.append(batch)
      }
    }
  }

  private func threads(for files: Int) -> Int {
    min(CoreCount.available, (files + FileBatch.size - 1) / FileBatch.size)
  }
}
