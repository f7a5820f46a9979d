/// What came of one chunk.
struct JudgedChunk: Sendable {
  /// A part of what is to be reported.
  enum Part: Sendable {
    case request(Report.Request)
    /// Requests of which the counts hold everything else: a stretch of the chunk's `output`.
    case lines(Range<Int>)
    /// A file of the batch, by position, that is to be judged alone.
    case file(Int)
  }

  /// In the order of the lines.
  var parts: [Part] = []
  /// The counts of requests that are no part of their own.
  var counts: RequestCounts
}
