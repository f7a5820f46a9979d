/// The lexical rules of shared config and credentials files, by bytes.
enum ConfigurationText {
  /// Whether a byte is white space within a line.
  static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 13 }

  /// Whether a byte begins a comment.
  static func isComment(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") }

  /// The bytes without white space at either end.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = bytes.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return start.prefix(0) }
    return start[...last]
  }

  /// The bytes before the first comment that follows white space; a `#` or `;` right behind a value belongs to it.
  static func withoutInlineComment(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if isComment(bytes[index]), index == bytes.startIndex || isBlank(bytes[index - 1]) { return bytes[..<index] }
      index += 1
    }
    return bytes
  }

  /// Whether the SDKs take these bytes as a name: letters, digits, what is not ASCII, and `- _ / . % @ : +`.
  static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { isNameByte($0) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...0xFF:
      true
    default: "-_/.%@:+".utf8.contains(byte)
    }
  }
}
