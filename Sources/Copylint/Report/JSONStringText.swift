/// Strings as JSON text: nothing in it can move a cursor, reorder what is read, or start a command of a build log.
enum JSONStringText {
  /// Appends a string, quotes included. `value` is valid UTF-8.
  static func append<Sink: ByteSink & ~Copyable>(_ value: Span, to sink: inout Sink) {
    sink.append(UInt8(ascii: "\""))
    appendContent(value, to: &sink)
    sink.append(UInt8(ascii: "\""))
  }

  static func append<Sink: ByteSink & ~Copyable>(_ value: String, to sink: inout Sink) {
    // Without a copy, where the text lies in one piece, as all do but on Apple's systems.
    if value.utf8.withContiguousStorageIfAvailable({ append($0, to: &sink) }) != nil { return }
    var value = value
    value.withUTF8 { append($0, to: &sink) }
  }

  /// The same without the quotes.
  static func append<Sink: ByteSink & ~Copyable>(content value: String, to sink: inout Sink) {
    var value = value
    value.withUTF8 { appendContent($0, to: &sink) }
  }

  /// Appends a value within a string, as `Escaping.quoted` shows it.
  static func append(quoted value: Span, to buffer: inout ByteBuffer) {
    guard value.count <= Escaping.shownCodePoints, Escaping.isPlain(value) else {
      return append(content: Escaping.quoted(ByteString(value)), to: &buffer)
    }
    buffer.append(UInt8(ascii: "`"))
    appendContent(value, to: &buffer)
    buffer.append(UInt8(ascii: "`"))
  }

  /// Appends what stands between the quotes.
  static func appendContent<Sink: ByteSink & ~Copyable>(_ value: Span, to sink: inout Sink) {
    var at = 0
    while at < value.count {
      let end = plainEnd(value, from: at)
      if end > at { sink.append(span: value.part(at, end)) }
      at = end
      if at < value.count { at = appendOne(value, at: at, to: &sink) }
    }
  }

  /// Where the first byte stands, at or after an offset, that may not stand for itself.
  @inline(__always)
  private static func plainEnd(_ value: Span, from start: Int) -> Int {
    guard let base = value.baseAddress else { return start }
    var at = start
    guard value.count - start >= 8 else {
      while at < value.count, isPlain(base[at]) { at += 1 }
      return at
    }
    while at < value.count {
      // The last eight bytes overlap those before, which are plain.
      let from = min(at, value.count - 8)
      let special = specialBits(UnsafeRawPointer(base + from).loadUnaligned(as: UInt64.self))
      guard special == 0 else { return from + special.trailingZeroBitCount >> 3 }
      at = from + 8
    }
    return at
  }

  /// The highest bit of each of eight bytes that may not stand for itself, as far as the lowest such byte.
  @inline(__always)
  private static func specialBits(_ bytes: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let word = UInt64(littleEndian: bytes)
    // As in `JSONCursor`: a borrow reaches only bytes above the lowest special one.
    return
      ((word &- ones &* 0x20) | ((word ^ (ones &* 0x22)) &- ones) | ((word ^ (ones &* 0x5C)) &- ones)
      | ((word ^ (ones &* 0x23)) &- ones) | ((word ^ (ones &* 0x7F)) &- ones) | word) & (ones &* 0x80)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "#"): false
    default: (0x20..<0x7F).contains(byte)
    }
  }

  /// Appends one character that may not stand for itself; returns where the next one is.
  private static func appendOne<Sink: ByteSink & ~Copyable>(_ value: Span, at: Int, to sink: inout Sink) -> Int {
    switch value[at] {
    case UInt8(ascii: "\""): sink.append("\\\"")
    case UInt8(ascii: "\\"): sink.append("\\\\")
    case 0x0A: sink.append("\\n")
    case 0x0D: sink.append("\\r")
    case 0x09: sink.append("\\t")
    // As `ShownText.startsCommand` has it.
    case UInt8(ascii: "#") where at == 0 || value[at - 1] != UInt8(ascii: "#"): sink.append(UInt8(ascii: "#"))
    case 0x80...0xFF: return appendScalar(value, at: at, to: &sink)
    default: appendEscape(UInt16(value[at]), to: &sink)
    }
    return at + 1
  }

  private static func appendScalar<Sink: ByteSink & ~Copyable>(_ value: Span, at: Int, to sink: inout Sink) -> Int {
    var decoder = UTF8()
    var bytes = value.part(at, value.count).makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&bytes) else {
      for byte in "\u{FFFD}".utf8 { sink.append(byte) }
      return at + 1
    }
    let end = at + UTF8.width(scalar)
    if Escaping.isVisible(scalar) {
      sink.append(span: value.part(at, end))
    } else {
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { appendEscape(unit, to: &sink) }
    }
    return end
  }

  private static func appendEscape<Sink: ByteSink & ~Copyable>(_ unit: UInt16, to sink: inout Sink) {
    sink.append("\\u")
    for shift in [12, 8, 4, 0] as [UInt16] { sink.append(HexDigits.lowercase(UInt8(unit >> shift & 15))) }
  }
}
