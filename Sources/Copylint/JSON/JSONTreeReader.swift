import CJansson

/// Makes jansson's tree of a text without its lexer, which takes a hundred instructions a byte: for texts that are
/// known to be valid, as the packs are that are part of the program.
///
/// It reads brackets and strings of printable ASCII without escapes. Every other scalar is given to jansson alone, and
/// what is not for certain gives no tree: jansson then reads the whole. So it takes nothing that jansson refuses.
struct JSONTreeReader {
  /// A value that nothing owns yet.
  typealias Tree = UnsafeMutablePointer<json_t>

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  private static let maxDepth = 64

  /// The tree of a text, which the caller is to release; nil where jansson has to read it.
  static func tree(of bytes: UnsafeBufferPointer<UInt8>) -> Tree? {
    var reader = JSONTreeReader(bytes: bytes)
    guard let tree = reader.value(depth: 0) else { return nil }
    reader.skipWhiteSpace()
    return reader.at == bytes.count ? tree : Self.release(tree)
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private static func release(_ tree: Tree) -> Tree? {
    json_decref(tree)
    return nil
  }

  // MARK: Values

  private mutating func value(depth: Int) -> Tree? {
    skipWhiteSpace()
    guard at < bytes.count, depth <= Self.maxDepth else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""):
      guard let text = plainString() else { return scalar(to: endOfString()) }
      return text.withMemoryRebound(to: CChar.self) { json_stringn_nocheck($0.baseAddress, $0.count) }
    default: return scalar(to: endOfWord())
    }
  }

  private mutating func object(_ depth: Int) -> Tree? {
    guard let object = json_object() else { return nil }
    at += 1
    guard !takes("}") else { return object }
    var count = 0
    repeat {
      skipWhiteSpace()
      guard let key = plainString(), takes(":"), let value = value(depth: depth + 1) else {
        return Self.release(object)
      }
      // Takes the value even where it fails.
      let isSet = key.withMemoryRebound(to: CChar.self) {
        json_object_setn_new_nocheck(object, $0.baseAddress, $0.count, value) == 0
      }
      count += 1
      // A name that stands twice replaces the first.
      guard isSet, json_object_size(object) == count else { return Self.release(object) }
    } while takes(",")
    return takes("}") ? object : Self.release(object)
  }

  private mutating func array(_ depth: Int) -> Tree? {
    guard let array = json_array() else { return nil }
    at += 1
    guard !takes("]") else { return array }
    repeat {
      guard let value = value(depth: depth + 1), json_array_append_new(array, value) == 0 else {
        return Self.release(array)
      }
    } while takes(",")
    return takes("]") ? array : Self.release(array)
  }

  /// What jansson makes of the bytes up to an end.
  private mutating func scalar(to end: Int) -> Tree? {
    let token = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[at..<end]))
    at = end
    return json_loadb(token.baseAddress, token.count, Int(JSON_DECODE_ANY), nil)
  }

  // MARK: Bytes

  /// The text of the string that stands here; nil, and nothing is taken, where it is not printable ASCII without
  /// escapes.
  private mutating func plainString() -> UnsafeBufferPointer<UInt8>? {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
    var end = at + 1
    while end < bytes.count, Self.isPlain(bytes[end]) { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
    defer { at = end + 1 }
    return UnsafeBufferPointer(rebasing: bytes[at + 1..<end])
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// After the quote that closes the string, or the end of the text.
  private func endOfString() -> Int {
    var end = at + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(end + 1, bytes.count)
  }

  /// After the number or literal: jansson alone would swallow a NUL behind it.
  private func endOfWord() -> Int {
    var end = at
    while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
    return end
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "E"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Takes a byte if it is the next but for white space.
  private mutating func takes(_ byte: Unicode.Scalar) -> Bool {
    skipWhiteSpace()
    guard at < bytes.count, bytes[at] == UInt8(ascii: byte) else { return false }
    at += 1
    return true
  }

  private mutating func skipWhiteSpace() {
    while at < bytes.count, Self.isWhiteSpace(bytes[at]) { at += 1 }
  }

  private static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
