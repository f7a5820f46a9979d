/// Cuts a stream into chunks at line ends. Holds one chunk's worth of it at most, however long the stream or a line is.
struct ChunkReader {
  private let source: StreamSource
  private let maxLineBytes: Int
  private var line = 1
  private var rest: [UInt8] = []
  private(set) var isAtEnd = false

  init(_ source: StreamSource, maxLineBytes: Int) { (self.source, self.maxLineBytes) = (source, maxLineBytes) }

  /// Fills a chunk with whole lines: those that are there, at least one. Returns false at the end.
  mutating func fill(_ chunk: LineChunk) throws(Diagnostic) -> Bool {
    guard !isAtEnd else { return false }
    chunk.begin(line: line, with: rest)
    rest = []
    var searched = 0
    while true {
      if let behind = chunk.cut(from: searched) {
        rest = behind
        line += chunk.lineFeeds
        return true
      }
      searched = chunk.count
      // One byte more may be the CR before the LF.
      if chunk.count > maxLineBytes + 1 { return try passOver(chunk) }
      if try !read(chunk) {
        chunk.isLast = true
        return chunk.count > 0
      }
    }
  }

  /// Passes over the line that the chunk began with, without keeping it.
  private mutating func passOver(_ chunk: LineChunk) throws(Diagnostic) -> Bool {
    chunk.isTooLong = true
    _ = chunk.dropLine()
    while try read(chunk) {
      guard let behind = chunk.dropLine() else { continue }
      rest = behind
      break
    }
    _ = chunk.dropLine()
    line += 1
    return true
  }

  private mutating func read(_ chunk: LineChunk) throws(Diagnostic) -> Bool {
    let count = try source.read(into: chunk.room(LineChunk.size / 2))
    chunk.add(count)
    isAtEnd = count == 0
    return count > 0
  }
}
