import Copylint
import Glibc
import Synchronization

/// Names for decisions and tokens that nobody can guess or repeat.
enum RandomID {
  /// A UUID of version 4 (RFC 9562, 5.4), in lower case, by the system's generator.
  @Sendable static func draw() -> String {
    let (first, second) = words.withLock { ($0.next(), $0.next()) }
    let high = first & ~0xF000 | 0x4000
    let low = second & ~(3 << 62) | 1 << 63
    return String(unsafeUninitializedCapacity: 36) { text in
      var count = 0
      for index in 0..<32 {
        if [8, 12, 16, 20].contains(index) {
          text[count] = UInt8(ascii: "-")
          count += 1
        }
        let word = index < 16 ? high : low
        text[count] = HexDigits.lowercase(UInt8(truncatingIfNeeded: word >> UInt64(60 - index % 16 * 4)) & 15)
        count += 1
      }
      return count
    }
  }

  private static let words = Mutex(SystemRandomWords())
}

/// Words of the system's generator, fetched many at a time: a gate draws a name for every call.
private struct SystemRandomWords {
  private var words: [UInt64] = []

  mutating func next() -> UInt64 {
    if words.isEmpty { fetch() }
    return words.removeLast()
  }

  private mutating func fetch() {
    words = [UInt64](unsafeUninitializedCapacity: Self.count) { buffer, count in
      let status = getentropy(buffer.baseAddress, Self.count * MemoryLayout<UInt64>.size)
      precondition(status == 0, "the system has no random numbers")
      count = Self.count
    }
  }

  /// As many as getentropy(3) gives at one time: 256 bytes.
  private static let count = 32
}
