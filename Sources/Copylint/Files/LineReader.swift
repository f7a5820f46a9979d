import Glibc

/// A line at a time, in bounded memory however long a line is.
///
/// LF and CR LF end a line; a last line without either counts. Blank lines (of spaces, tabs and CR) are counted and not
/// given.
public struct LineReader {
  /// What comes next.
  public enum Line: Sendable {
    /// A line without its ending.
    case line(number: Int, bytes: [UInt8])
    /// A line of more bytes than are allowed; it was passed over without being kept.
    case tooLong(number: Int)
    /// Reading failed, and there is nothing more.
    case failed(Diagnostic)
  }

  /// Nil for bytes that are there already.
  private let file: OpenFile?
  private let maxLineBytes: Int
  private var chunk: [UInt8]
  private var unread = 0..<0
  private var isAtEnd = false
  private var number = 0
  /// The line so far, at most `maxLineBytes` and the CR that may end it.
  private var partial: [UInt8] = []
  private var isTooLong = false

  /// The lines of a regular file. Throws as `FileReader.read` does.
  public init(_ path: ByteString, maxLineBytes: Int) throws(Diagnostic) {
    self.init(try OpenFile(opening: path), maxLineBytes: maxLineBytes)
  }

  /// The lines of standard input.
  public init(standardInputWithMaxLineBytes maxLineBytes: Int) {
    self.init(.standardInput, maxLineBytes: maxLineBytes)
  }

  /// The lines of bytes that were read.
  init(bytes: [UInt8], maxLineBytes: Int) {
    file = nil
    chunk = bytes
    unread = bytes.indices
    self.maxLineBytes = maxLineBytes
  }

  init(_ file: OpenFile, maxLineBytes: Int, chunkSize: Int = 1 << 16) {
    chunk = [UInt8](repeating: 0, count: chunkSize)
    self.file = file
    self.maxLineBytes = maxLineBytes
  }

  /// The next line that is not blank; nil after the last.
  public mutating func next() -> Line? {
    while !isAtEnd {
      do throws(SystemError) {
        if unread.isEmpty { try fill() }
      } catch {
        isAtEnd = true
        return .failed(error.diagnostic(file?.path ?? ""))
      }
      guard isAtEnd || takeUpToLineFeed() else { continue }
      if let line = finishLine() { return line }
    }
    return nil
  }

  @inline(never)
  private mutating func fill() throws(SystemError) {
    let file = file
    let count = try chunk.withUnsafeMutableBufferPointer { buffer throws(SystemError) in
      try file?.read(into: buffer) ?? 0
    }
    unread = 0..<count
    isAtEnd = count == 0
  }

  /// Moves what is unread, up to the next LF, to the line. Returns whether there was one.
  private mutating func takeUpToLineFeed() -> Bool {
    let lineFeed = chunk.withUnsafeBytes { buffer -> Int? in
      guard let base = buffer.baseAddress else { return nil }
      return memchr(base + unread.lowerBound, 0x0A, unread.count).map { UnsafeRawPointer($0) - base }
    }
    let end = lineFeed ?? unread.upperBound
    if !isTooLong, partial.count + (end - unread.lowerBound) <= maxLineBytes + 1 {
      partial.append(contentsOf: chunk[unread.lowerBound..<end])
    } else {
      isTooLong = true
    }
    unread = (lineFeed.map { $0 + 1 } ?? end)..<unread.upperBound
    return lineFeed != nil
  }

  @inline(never)
  private mutating func finishLine() -> Line? {
    defer {
      partial.removeAll(keepingCapacity: true)
      isTooLong = false
    }
    number += 1
    // INVARIANT: at the end of the input CR is part of the last line; it ends a line only before LF.
    if !isAtEnd, partial.last == 0x0D { partial.removeLast() }
    if isTooLong || partial.count > maxLineBytes { return .tooLong(number: number) }
    let isBlank = partial.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    return isBlank ? nil : .line(number: number, bytes: partial)
  }
}
