/// Cuts a stream into chunks at line ends. Holds one chunk's worth of it at most, however long the stream or a line is.
struct ChunkReader {
  private let source: StreamSource
  private let maxLineBytes: Int
  private var line = 1
  /// What was read and is in no chunk yet.
  private var rest: ArraySlice<UInt8> = []
  private(set) var isAtEnd = false

  init(_ source: StreamSource, maxLineBytes: Int) { (self.source, self.maxLineBytes) = (source, maxLineBytes) }

  /// Lines of one chunk: what is found wrong with each takes more memory than a short line.
  private static let mostLines = 512

  /// Fills a chunk with whole lines: those that are there, at least one. Returns false at the end.
  mutating func fill(_ chunk: LineChunk) throws(Diagnostic) -> Bool {
    guard !isAtEnd else { return false }
    let (lines, end) = Self.lines(rest)
    chunk.begin(line: line, with: lines > 0 ? rest[..<end] : rest)
    rest = lines > 0 ? rest[end...] : []
    line += lines
    guard lines == 0 else { return true }
    var searched = 0
    while true {
      if let behind = chunk.cut(from: searched, lines: Self.mostLines) {
        rest = behind.bytes[...]
        line += behind.lines
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

  /// The lines at the start of some bytes, as many as a chunk may have, and where they end.
  private static func lines(_ bytes: ArraySlice<UInt8>) -> (count: Int, end: Int) {
    let found = bytes.withUnsafeBufferPointer { $0.lines(atMost: mostLines) }
    return (found.count, bytes.startIndex + found.end)
  }

  /// Passes over the line that the chunk began with, without keeping it.
  private mutating func passOver(_ chunk: LineChunk) throws(Diagnostic) -> Bool {
    chunk.isTooLong = true
    _ = chunk.dropLine()
    while try read(chunk) {
      guard let behind = chunk.dropLine() else { continue }
      rest = behind[...]
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
