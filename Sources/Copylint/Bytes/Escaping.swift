/// Makes text from a file safe to show: no byte of it can move a cursor, colour a terminal, start a workflow
/// command or reorder what is read.
public enum Escaping {
  /// The text with every control character, invisible or bidirectional mark and invalid byte spelled out:
  /// `\n`, `\t`, `\x1b`, `\u{202e}`. Escaping twice changes nothing more.
  public static func visible<Bytes: Sequence>(_ bytes: Bytes) -> String where Bytes.Element == UInt8 {
    var output = ""
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): append(scalar, to: &output)
      case .emptyInput: return output
      case .error: output += "\u{FFFD}"
      }
    }
  }

  /// The same for text.
  public static func visible(_ text: String) -> String {
    var text = text
    return text.withUTF8 { isPlain($0) } ? text : visible(text.utf8)
  }

  /// The same for bytes that are at hand.
  public static func visible(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBufferPointer { bytes in
      isPlain(bytes) ? String(decoding: bytes, as: UTF8.self) : visible(bytes)
    }
  }

  /// A longer value is cut.
  static let shownCodePoints = 120

  /// A value of the user's within a message: escaped, in backticks, and cut after 120 code points.
  public static func quoted(_ value: ByteString) -> String {
    let limit = shownCodePoints
    if value.count <= limit, value.bytes.withUnsafeBufferPointer({ isPlain($0) }) { return plain(value.bytes) }
    guard value.codePointCount > limit else { return "`\(visible(value.bytes))`" }
    let head = value.displayString.unicodeScalars.prefix(limit)
    return "`\(visible(String(String.UnicodeScalarView(head))))…`"
  }

  /// Whether all of it is ASCII that is shown as it is.
  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var isPlain = true
    // No way out in between, so that many bytes are looked at once.
    for byte in bytes { isPlain = isPlain && byte &- 0x20 < 0x5F }
    return isPlain
  }

  private static func plain(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: bytes.count + 2) { buffer in
      buffer[0] = UInt8(ascii: "`")
      for index in bytes.indices { buffer[index + 1] = bytes[index] }
      buffer[bytes.count + 1] = UInt8(ascii: "`")
      return bytes.count + 2
    }
  }

  /// Whether a scalar is shown as it is.
  static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
    default: return true
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to output: inout String) {
    if isVisible(scalar) { return output.unicodeScalars.append(scalar) }
    switch scalar {
    case "\n": output += "\\n"
    case "\r": output += "\\r"
    case "\t": output += "\\t"
    default:
      let digits = String(scalar.value, radix: 16)
      output += scalar.value < 0x80 ? "\\x" + (digits.count < 2 ? "0" + digits : digits) : "\\u{\(digits)}"
    }
  }
}
