import Copylint
import Glibc

/// The lines of one file of the log, byte for byte, in bounded memory.
///
/// Reads as much as the file held when it was opened, at a moment when nobody was appending: a log can be verified while
/// it is written.
struct LogLineReader {
  /// What comes next.
  enum Line {
    /// A line without its line feed.
    case line([UInt8])
    /// The last bytes of the file, which no line feed ends.
    case open([UInt8])
    /// A line that is longer than any that is written; passed over without being kept.
    case tooLong

    /// What stands there.
    var bytes: [UInt8]? {
      switch self {
      case .line(let bytes), .open(let bytes): bytes
      case .tooLong: nil
      }
    }
  }

  /// The longest line that is read; bytes. What is written is shorter: `LogWriter.maxObjectBytes` and a place in a chain.
  static let maxLineBytes = LogWriter.maxObjectBytes + 1024

  let path: String
  /// Tells a file from others under the same or another name.
  let identity: FileIdentity
  private let file: ReadLog
  private var offset = 0
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)
  private var unread = 0..<0
  private var partial: [UInt8] = []
  private var isTooLong = false
  private var isDone = false

  /// Throws where there is no regular file that can be read.
  init(_ path: String) throws(DecisionLogError) {
    self.path = path
    file = try ReadLog(path)
    identity = file.identity
  }

  /// The next line; nil after the last. Throws where the file cannot be read on.
  mutating func next() throws(DecisionLogError) -> Line? {
    while !isDone {
      if unread.isEmpty { try fill() }
      if unread.isEmpty {
        isDone = true
        return isTooLong ? .tooLong : partial.isEmpty ? nil : .open(partial)
      }
      if takeUpToLineFeed() { return finish() }
    }
    return nil
  }

  private mutating func finish() -> Line {
    defer {
      partial.removeAll(keepingCapacity: true)
      isTooLong = false
    }
    return isTooLong ? .tooLong : .line(partial)
  }

  private mutating func fill() throws(DecisionLogError) {
    let count = try file.read(into: &chunk, min(file.size - offset, chunk.count), from: offset)
    offset += count
    unread = 0..<count
  }

  /// Moves what is unread, up to the next line feed, to the line. Returns whether there was one.
  private mutating func takeUpToLineFeed() -> Bool {
    let lineFeed = chunk.withUnsafeBytes { buffer -> Int? in
      guard let base = buffer.baseAddress else { return nil }
      return memchr(base + unread.lowerBound, 0x0A, unread.count).map { UnsafeRawPointer($0) - base }
    }
    let end = lineFeed ?? unread.upperBound
    isTooLong = isTooLong || partial.count + (end - unread.lowerBound) > Self.maxLineBytes
    if !isTooLong { partial.append(contentsOf: chunk[unread.lowerBound..<end]) }
    unread = (lineFeed.map { $0 + 1 } ?? end)..<unread.upperBound
    return lineFeed != nil
  }
}
