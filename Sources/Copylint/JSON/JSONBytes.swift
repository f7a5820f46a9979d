/// The byte forms that the scanner and the source map share.
enum JSONBytes {
  /// The length of the well-formed UTF-8 sequence that starts at an offset (RFC 3629, section 4); nil for an overlong
  /// form, a surrogate, anything beyond U+10FFFF, or a sequence that is cut off.
  static func codePointLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Int? {
    guard at < end else { return nil }
    let first = bytes[at]
    let (length, second): (Int, ClosedRange<UInt8>)
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard at + length <= end, second.contains(bytes[at + 1]) else { return nil }
    for index in (at + 2)..<max(at + 2, at + length) where !(0x80...0xBF).contains(bytes[index]) { return nil }
    return length
  }

  /// Four hexadecimal digits.
  static func hex4(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> UInt32? {
    guard at + 4 <= end else { return nil }
    var value: UInt32 = 0
    for index in at..<at + 4 {
      guard let digit = hexDigit(bytes[index]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// The text of a valid string token, quotes included in `range`.
  @inline(never)
  static func unescape(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> ByteString {
    var output: [UInt8] = []
    var at = range.lowerBound + 1
    let end = range.upperBound - 1
    output.reserveCapacity(max(0, end - at))
    while at < end {
      guard bytes[at] == UInt8(ascii: "\\") else {
        output.append(bytes[at])
        at += 1
        continue
      }
      at += appendEscape(bytes, at, end, to: &output)
    }
    return ByteString(output)
  }

  /// Appends what an escape stands for; returns its length.
  private static func appendEscape(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int, to output: inout [UInt8]
  ) -> Int {
    switch bytes[at + 1] {
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0C)
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "r"): output.append(0x0D)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "u"):
      let first = hex4(bytes, at + 2, end) ?? 0xFFFD
      guard (0xD800...0xDBFF).contains(first), let second = hex4(bytes, at + 8, end) else {
        append(first, to: &output)
        return 6
      }
      append(0x10000 + (first - 0xD800) << 10 + (second &- 0xDC00) & 0x3FF, to: &output)
      return 12
    default: output.append(bytes[at + 1])
    }
    return 2
  }

  private static func append(_ codePoint: UInt32, to output: inout [UInt8]) {
    output.append(contentsOf: String(Character(Unicode.Scalar(codePoint) ?? "\u{FFFD}")).utf8)
  }
}
