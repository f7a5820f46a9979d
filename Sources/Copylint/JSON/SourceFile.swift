import Synchronization

/// The bytes of one input as they were read, once, with the name they are reported under.
public final class SourceFile: Sendable {
  /// The path as given or found; `<stdin>` unless a name was given for it.
  public let path: ByteString
  /// The whole content.
  public let bytes: [UInt8]
  /// The 1-based number of the first line: above 1 where `bytes` is one line of a longer stream.
  public let firstLine: Int

  private let index = Mutex<LineIndex?>(nil)

  /// An input that was read.
  @inline(never)
  public init(path: ByteString, bytes: [UInt8], firstLine: Int = 1) {
    self.path = path
    self.bytes = bytes
    self.firstLine = firstLine
  }

  /// The line and column of a byte. An offset beyond the end gives the place just after the last byte.
  public func position(ofByte offset: Int) -> SourcePosition {
    // Where most requests begin: no line has to be looked for.
    guard offset > 0 else { return SourcePosition(line: firstLine, column: 1) }
    let index = lineIndex()
    let offset = min(offset, bytes.count)
    let line = index.line(containing: offset)
    let column = index.codePoints(before: offset, in: bytes) - index.codePoints(before: index.starts[line], in: bytes)
    return SourcePosition(line: firstLine + line, column: column + 1)
  }

  /// The bytes of a line by its reported number, without its line ending; empty when there is no such line.
  public func line(_ number: Int) -> ArraySlice<UInt8> {
    let starts = lineIndex().starts
    let index = number - firstLine
    guard starts.indices.contains(index) else { return [] }
    var end = index + 1 < starts.count ? starts[index + 1] : bytes.count
    while end > starts[index], bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return bytes[starts[index]..<end]
  }

  private func lineIndex() -> LineIndex {
    index.withLock { cached in
      if let cached { return cached }
      let made = LineIndex(bytes)
      cached = made
      return made
    }
  }
}

/// A place in a text: 1-based, columns counted in Unicode code points.
public struct SourcePosition: Hashable, Comparable, Sendable {
  /// 1-based line number.
  public var line: Int
  /// 1-based column in code points; a tab is one column.
  public var column: Int

  /// A place in a text.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether one comes first in the text.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of bytes of one input.
public struct Place: Sendable {
  /// The input.
  public var file: SourceFile
  /// Byte offsets into `file.bytes`; empty where something is missing just there.
  public var range: Range<Int>

  /// A stretch of bytes of one input.
  public init(file: SourceFile, range: Range<Int>) {
    self.file = file
    self.range = range
  }

  /// Where the stretch starts.
  public var start: SourcePosition { file.position(ofByte: range.lowerBound) }
  /// The place just after the last code point (exclusive).
  public var end: SourcePosition { file.position(ofByte: range.upperBound) }
}

/// Something that kept an input, a pack or the configuration from being read or used.
public struct Diagnostic: Error, Sendable {
  /// What is wrong: lowercase, no full stop, the user's own values in backticks and already escaped.
  public var message: String
  /// What to do about it.
  public var help: String?
  /// The path it is about, where there is one.
  public var path: ByteString?
  /// The exact bytes, where the file could be read.
  public var place: Place?

  /// A diagnostic at a place in a text.
  @inline(never)
  public init(_ message: String, help: String? = nil, at place: Place) {
    self.message = message
    self.help = help
    self.path = place.file.path
    self.place = place
  }

  /// A diagnostic about a whole file, or about no file at all.
  @inline(never)
  public init(_ message: String, help: String? = nil, path: ByteString? = nil) {
    self.message = message
    self.help = help
    self.path = path
  }
}
