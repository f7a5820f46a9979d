import Glibc

/// Text as the bytes that were in the file, usually UTF-8.
///
/// Policy is about bytes: two values are equal when their bytes are. Swift's `String` compares by canonical
/// equivalence (U+212A equals `K`, a precomposed `é` equals `e` and an accent), which another JSON parser would not.
/// `String` has no place in a policy decision; it is for display only.
public struct ByteString: Hashable, Comparable, Sendable {
  /// The bytes, as they stand in the source after JSON unescaping.
  public var bytes: [UInt8]

  /// A value made of these bytes.
  public init<Bytes: Sequence>(_ bytes: Bytes) where Bytes.Element == UInt8 { self.bytes = Array(bytes) }

  /// The UTF-8 encoding of `text`.
  @inline(never)
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// The number of bytes.
  public var count: Int { bytes.count }

  /// Whether there is no byte.
  public var isEmpty: Bool { bytes.isEmpty }

  /// The number of Unicode code points, taking the bytes as UTF-8.
  public var codePointCount: Int { bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } }

  /// The text for display; bytes that are not UTF-8 become U+FFFD.
  @inline(never)
  public var displayString: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether the bytes are the same.
  public static func == (left: ByteString, right: ByteString) -> Bool { left.bytes == right.bytes }

  /// By bytes, which for UTF-8 is by code points.
  @inline(never)
  public static func < (left: ByteString, right: ByteString) -> Bool {
    left.bytes.withUnsafeBytes { left in
      right.bytes.withUnsafeBytes { right in
        let shared = min(left.count, right.count)
        guard shared > 0, let first = left.baseAddress, let second = right.baseAddress else {
          return left.count < right.count
        }
        let order = memcmp(first, second, shared)
        return order == 0 ? left.count < right.count : order < 0
      }
    }
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  /// Whether the bytes are those of a word, which is not empty: `==` without a copy of it.
  func isWord(_ word: StaticString) -> Bool { bytes.withUnsafeBufferPointer { $0.isWord(word) } }

  /// Whether the value begins with a word: `starts` without a copy of it.
  func begins(with word: StaticString) -> Bool { bytes.withUnsafeBufferPointer { $0.starts(with: word) } }

  /// Whether the value begins with these bytes.
  public func starts(with prefix: ByteString) -> Bool {
    bytes.withUnsafeBufferPointer { $0.part(0, min($0.count, prefix.count)).isSame(as: prefix) }
  }

  /// Whether the value ends with these bytes.
  public func ends(with suffix: ByteString) -> Bool {
    bytes.withUnsafeBufferPointer { $0.part(max(0, $0.count - suffix.count), $0.count).isSame(as: suffix) }
  }

  /// A copy with the ASCII letters A to Z in lower case; every other byte, non-ASCII letters too, stays.
  @inline(never)
  public var asciiLowercased: ByteString {
    ByteString(bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
  }
}

extension ByteString: ExpressibleByStringLiteral {
  /// The UTF-8 encoding of the literal.
  @inline(never)
  public init(stringLiteral value: StaticString) {
    bytes = value.withUTF8Buffer { Array($0) }
  }
}
