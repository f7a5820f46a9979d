import Copylint

/// The SHA-256 of a line of the log, without its line feed.
struct LogDigest: Hashable, Sendable {
  private var words: SIMD4<UInt64>

  /// What the first line of a chain has in place of the digest of a line before it.
  static let none = LogDigest(words: SIMD4(repeating: 0))

  private init(words: SIMD4<UInt64>) { self.words = words }

  init(of line: [UInt8]) { self.init(of: line[...]) }

  init(of line: ArraySlice<UInt8>) {
    words = SIMD4(repeating: 0)
    for (index, byte) in SHA256Digest.bytes(line).enumerated() {
      words[index / 8] = words[index / 8] << 8 | UInt64(byte)
    }
  }

  /// How many hexadecimal digits it has.
  static let textBytes = 64

  /// From 64 lowercase hexadecimal digits; nil for all else.
  init?<Digits: Collection>(hexadecimal digits: Digits) where Digits.Element == UInt8 {
    guard digits.count == Self.textBytes else { return nil }
    words = SIMD4(repeating: 0)
    for (index, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x61 + 10
      default: return nil
      }
      words[index / 16] = words[index / 16] << 4 | UInt64(value)
    }
  }

  /// 64 lowercase hexadecimal digits.
  var hexadecimal: String {
    var digits: [UInt8] = []
    append(to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }

  /// Appends them.
  func append(to text: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.textBytes) { digits in
      for index in digits.indices {
        let nibble = UInt8(truncatingIfNeeded: words[index / 16] >> UInt64(60 - index % 16 * 4)) & 15
        digits[index] = HexDigits.lowercase(nibble)
      }
      text.append(contentsOf: UnsafeBufferPointer(digits))
    }
  }
}
