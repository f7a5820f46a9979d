/// Bytes of protocol text. `String` compares by canonical equivalence and lowercases by Unicode, which no HTTP
/// server does.
enum ASCII {
  static func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  static func lowercase(_ text: String) -> String {
    all(text) { lowercase($0) == $0 } ? text : String(decoding: text.utf8.map(lowercase), as: UTF8.self)
  }

  /// Whether every byte of a text is such a one.
  @inline(__always)
  static func all(_ text: String, _ isSuch: (UInt8) -> Bool) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isSuch) } ?? text.utf8.allSatisfy(isSuch)
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Whether two texts are the same bytes.
  static func same(_ left: String, _ right: String) -> Bool { same(left, right) { $0 == $1 } }

  /// Whether two texts are the same bytes but for the case of letters.
  static func sameIgnoringCase(_ left: String, _ right: String) -> Bool {
    same(left, right) { $0 == $1 || lowercase($0) == lowercase($1) }
  }

  /// A `String` walks its bytes one by one, unless it is asked for where they are.
  @inline(__always)
  private static func same(_ left: String, _ right: String, _ isSame: (UInt8, UInt8) -> Bool) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    let answer = left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { right in left.indices.allSatisfy { isSame(left[$0], right[$0]) } }
    }
    return (answer ?? nil) ?? left.utf8.elementsEqual(right.utf8, by: isSame)
  }

  /// The text without white space at its ends.
  static func trimmed(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
