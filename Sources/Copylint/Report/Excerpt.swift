/// The line a place starts on, as shown, with what to underline.
///
/// A line wider than `maxColumns` is cut around the underlined part. Only the bytes near it are looked at, so an
/// excerpt of a line of 1 MiB costs no more than one of an ordinary line.
struct Excerpt {
  static let maxColumns = 160

  /// The line, at most `maxColumns` columns wide.
  let text: String
  /// The columns before the underline.
  let indent: Int
  /// The columns underlined, at least one: an empty place is underlined where it stands.
  let width: Int

  /// The excerpt for a place that starts on this line.
  init(of place: Place, onLine number: Int) {
    let line = place.file.line(number)
    let marked = Self.markedRange(of: place, in: line)
    // A third is left for what stands around a long value, which says what it is the value of.
    let value = Piece(startOf: line[marked], of: line, columns: Self.maxColumns * 2 / 3)
    let room = Self.maxColumns - value.width
    let head = line[..<marked.lowerBound]
    let tail = line[marked.upperBound...]
    var after = Piece(startOf: tail, of: line, columns: room)
    let before = Piece(endOf: head, of: line, columns: max(room / 2, room - after.width))
    after = Piece(startOf: tail, of: line, columns: room - before.width)
    text = before.text + value.text + after.text
    indent = before.width
    width = max(1, value.width)
  }

  /// The bytes of the place on this line; to the end of the line where the place goes on beyond it.
  private static func markedRange(of place: Place, in line: ArraySlice<UInt8>) -> Range<Int> {
    let start = min(max(place.range.lowerBound, line.startIndex), line.endIndex)
    var end = min(max(place.range.upperBound, start), line.endIndex)
    guard place.range.upperBound > line.endIndex else { return start..<end }
    while end > start + 1, line[end - 1] == 0x20 || line[end - 1] == 0x09 { end -= 1 }
    return start..<end
  }
}

/// A stretch of a line as shown, cut with `…` where it would be wider than it may.
private struct Piece {
  let text: String
  let width: Int

  /// The start of `bytes`, which are part of `line`.
  init(startOf bytes: ArraySlice<UInt8>, of line: ArraySlice<UInt8>, columns: Int) {
    if columns > 0, Self.isPlain(bytes.prefix(columns + 1)) {
      let isCut = bytes.count > columns
      text = Self.string(isCut ? bytes.prefix(columns - 1) : bytes) + (isCut ? "…" : "")
      width = min(bytes.count, columns)
      return
    }
    var end = bytes.prefix(Self.byteLimit(columns)).endIndex
    while end > bytes.startIndex, end < bytes.endIndex, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    let cells = Self.cells(of: bytes[..<end], in: line)
    let fit = Self.fit(cells, isWhole: end == bytes.endIndex, columns: columns)
    text = fit.kept.map(\.text).joined() + (fit.isCut ? "…" : "")
    width = fit.width
  }

  /// The end of `bytes`, which are part of `line`.
  init(endOf bytes: ArraySlice<UInt8>, of line: ArraySlice<UInt8>, columns: Int) {
    if columns > 0, Self.isPlain(bytes.suffix(columns + 1)) {
      let isCut = bytes.count > columns
      text = (isCut ? "…" : "") + Self.string(isCut ? bytes.suffix(columns - 1) : bytes)
      width = min(bytes.count, columns)
      return
    }
    var start = bytes.suffix(Self.byteLimit(columns)).startIndex
    while start > bytes.startIndex, start < bytes.endIndex, bytes[start] & 0xC0 == 0x80 { start += 1 }
    let cells = Self.cells(of: bytes[start...], in: line)
    let fit = Self.fit(cells.reversed(), isWhole: start == bytes.startIndex, columns: columns)
    text = (fit.isCut ? "…" : "") + fit.kept.reversed().map(\.text).joined()
    width = fit.width
  }

  /// Whether each byte is a character that is shown as it is, in one column. One byte more than there are columns tells
  /// that there is more than fits.
  private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { Escaping.isPlain($0) && $0.offset(of: UInt8(ascii: "#")) == nil }
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Four bytes a column hold any characters but combining marks, of which a hostile line may have a million.
  private static func byteLimit(_ columns: Int) -> Int { 4 * columns }

  private static func fit(
    _ cells: [Cell], isWhole: Bool, columns: Int
  ) -> (kept: ArraySlice<Cell>, width: Int, isCut: Bool) {
    let whole = cells.reduce(0) { $0 + $1.width }
    if isWhole, whole <= columns { return (cells[...], whole, false) }
    var width = columns > 0 ? 1 : 0
    let kept = cells.prefix { cell in
      guard width + cell.width <= columns else { return false }
      width += cell.width
      return true
    }
    return (columns > 0 ? kept : [], width, columns > 0)
  }

  private static func cells(of bytes: ArraySlice<UInt8>, in line: ArraySlice<UInt8>) -> [Cell] {
    let isAfterHash = bytes.startIndex > line.startIndex && line[bytes.startIndex - 1] == UInt8(ascii: "#")
    var previous: Unicode.Scalar = isAfterHash ? "#" : " "
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
      defer { previous = scalar }
      return Cell(scalar, after: previous)
    }
  }
}
