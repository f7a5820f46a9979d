import Glibc

/// Bytes where they stand: in the text of a request, or where the scanner resolved their escapes.
///
/// Borrowed: valid until the scanner reads the next request. Without an address, the member is absent.
typealias Span = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer<UInt8> {
  static var absent: Span { Span(start: nil, count: 0) }

  var isPresent: Bool { baseAddress != nil }

  /// A part, by offsets.
  func part(_ from: Int, _ to: Int) -> Span {
    guard let baseAddress else { return self }
    return Span(start: baseAddress + from, count: to - from)
  }

  func isSame(as other: Span) -> Bool {
    guard count == other.count else { return false }
    guard let left = baseAddress, let right = other.baseAddress else { return true }
    return memcmp(left, right, count) == 0
  }

  func isSame(as other: ByteString) -> Bool {
    other.bytes.withUnsafeBufferPointer { isSame(as: $0) }
  }

  /// Whether the bytes are exactly these.
  @inline(__always)
  func isWord(_ word: StaticString) -> Bool { count == word.utf8CodeUnitCount && starts(with: word) }

  func starts(with word: StaticString) -> Bool {
    guard let baseAddress, count >= word.utf8CodeUnitCount else { return false }
    return memcmp(baseAddress, word.utf8Start, word.utf8CodeUnitCount) == 0
  }

  /// The offset of a byte at or after another offset.
  func offset(of byte: UInt8, from start: Int = 0) -> Int? {
    guard let baseAddress, start < count else { return nil }
    let found = memchr(baseAddress + start, Int32(byte), count - start)
    return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(baseAddress) }
  }

  /// How many lines stand whole at its start, so many at most, and where the last of them ends.
  func lines(atMost most: Int) -> (count: Int, end: Int) {
    var (lines, end) = (0, 0)
    while lines < most, let feed = offset(of: 0x0A, from: end) { (lines, end) = (lines + 1, feed + 1) }
    return (lines, end)
  }

  /// The number of Unicode code points, taking the bytes as UTF-8.
  var codePointCount: Int {
    var total = 0
    for byte in self where byte & 0xC0 != 0x80 { total += 1 }
    return total
  }
}
