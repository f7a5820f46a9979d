import Glibc

// @unchecked: as every chunk.
/// A stretch of a stream that ends where a line does.
final class LineChunk: Chunk, @unchecked Sendable {
  private(set) var bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: LineChunk.size)
  private(set) var count = 0
  /// The number of its first line.
  private(set) var firstLine = 1
  /// Whether the stream ends with it, so that its last line needs no LF.
  var isLast = false
  /// The chunk is a line that was passed over for its length, and nothing else.
  var isTooLong = false

  /// What a chunk holds unless one line takes more.
  static let size = 1 << 15

  deinit { bytes.deallocate() }

  /// Starts again with what the chunk before it left.
  func begin(line: Int, with rest: ArraySlice<UInt8>) {
    (count, firstLine, isLast, isTooLong) = (0, line, false, false)
    reserve(rest.count)
    for byte in rest {
      bytes[count] = byte
      count += 1
    }
  }

  /// Makes room for more bytes, and returns the room.
  func room(_ least: Int) -> UnsafeMutableBufferPointer<UInt8> {
    reserve(least)
    return UnsafeMutableBufferPointer(rebasing: bytes[count...])
  }

  private func reserve(_ more: Int) {
    guard bytes.count - count < more else { return }
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(2 * bytes.count, count + more))
    if let to = larger.baseAddress, let from = bytes.baseAddress { to.update(from: from, count: count) }
    bytes.deallocate()
    bytes = larger
  }

  /// Counts bytes that were read into the room.
  func add(_ read: Int) { count += read }

  /// Cuts the chunk after its last whole line, or after so many of them. Returns how many there are, and the bytes behind
  /// them; nil where no LF stands at or after an offset.
  func cut(from start: Int, lines most: Int) -> (lines: Int, bytes: [UInt8])? {
    let whole = Span(rebasing: UnsafeBufferPointer(bytes)[..<count])
    guard whole.offset(of: 0x0A, from: start) != nil else { return nil }
    let (lines, end) = whole.lines(atMost: most)
    defer { count = end }
    return (lines, Array(bytes[end..<count]))
  }

  /// Forgets everything up to the first LF, and returns what comes behind it; nil where there is none.
  func dropLine() -> [UInt8]? {
    defer { count = 0 }
    guard let base = bytes.baseAddress, let found = memchr(base, 0x0A, count) else { return nil }
    return Array(bytes[(UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1)..<count])
  }
}

extension LineChunk {
  /// Calls `body` for each line that is not blank, without its ending, as `LineReader` has lines; with nil for one of
  /// more than `maxBytes`.
  func forEachLine(of maxBytes: Int, _ body: (_ number: Int, _ line: Span?) -> Void) {
    if isTooLong { return body(firstLine, nil) }
    var number = firstLine
    var start = 0
    let whole = Span(rebasing: UnsafeBufferPointer(bytes)[..<count])
    while start < count {
      let feed = whole.offset(of: 0x0A, from: start)
      var end = feed ?? count
      // At the end of the stream CR is part of the last line; it ends a line only before LF.
      if feed != nil, end > start, whole[end - 1] == 0x0D { end -= 1 }
      let line = whole.part(start, end)
      if line.count > maxBytes {
        body(number, nil)
      } else if !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
        body(number, line)
      }
      number += 1
      start = (feed ?? count) + 1
    }
  }
}
