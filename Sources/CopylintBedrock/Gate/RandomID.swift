/// Names for decisions and tokens that nobody can guess or repeat.
enum RandomID {
  /// A UUID of version 4 (RFC 9562, 5.4), in lower case, by the system's generator.
  @Sendable static func draw() -> String {
    var generator = SystemRandomNumberGenerator()
    let high = generator.next() & ~0xF000 | 0x4000
    let low = generator.next() & ~(3 << 62) | 1 << 63
    return String(unsafeUninitializedCapacity: 36) { text in
      var count = 0
      for index in 0..<32 {
        if [8, 12, 16, 20].contains(index) {
          text[count] = UInt8(ascii: "-")
          count += 1
        }
        let word = index < 16 ? high : low
        let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - index % 16 * 4)) & 15
        text[count] = digit < 10 ? 0x30 + digit : 0x61 - 10 + digit
        count += 1
      }
      return count
    }
  }
}
