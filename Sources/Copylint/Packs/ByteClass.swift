/// A set of ASCII characters, as a character class of a pattern has them.
struct ByteClass: Equatable, Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// The empty set.
  init() {}

  /// The characters from one to another, both ASCII.
  init(_ range: ClosedRange<UInt8>) {
    low = Self.bits(below: Int(range.upperBound) + 1) & ~Self.bits(below: Int(range.lowerBound))
    high = Self.bits(below: Int(range.upperBound) - 63) & ~Self.bits(below: Int(range.lowerBound) - 64)
  }

  /// The lowest bits of a word, so many of them.
  private static func bits(below count: Int) -> UInt64 {
    count >= 64 ? .max : count <= 0 ? 0 : (1 << UInt64(count)) - 1
  }

  static let any = ByteClass(0...0x7F)

  /// Whether the byte is among them; never a byte beyond ASCII.
  func contains(_ byte: UInt8) -> Bool {
    byte < 128 && (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 == 1
  }

  /// Whether every byte is among them.
  func containsAll(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var all: UInt64 = 1
    var beyond: UInt8 = 0
    // No way out in between: bytes of one value after another are looked up at once.
    for byte in bytes {
      all &= (byte & 64 == 0 ? low : high) &>> UInt64(byte & 63)
      beyond |= byte
    }
    return all & 1 == 1 && beyond < 128
  }

  mutating func insert(_ byte: UInt8) {
    if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
  }

  mutating func formUnion(_ other: ByteClass) {
    low |= other.low
    high |= other.high
  }

  func union(_ other: ByteClass) -> ByteClass {
    var both = self
    both.formUnion(other)
    return both
  }

  func isDisjoint(with other: ByteClass) -> Bool { low & other.low == 0 && high & other.high == 0 }

  func intersection(_ other: ByteClass) -> ByteClass {
    var both = self
    both.low &= other.low
    both.high &= other.high
    return both
  }

  var isEmpty: Bool { low == 0 && high == 0 }

  /// The lowest character; nil in the empty set.
  var first: UInt8? {
    isEmpty ? nil : UInt8(low == 0 ? 64 + high.trailingZeroBitCount : low.trailingZeroBitCount)
  }

  /// Calls `body` for every character, ascending.
  func forEach(_ body: (UInt8) -> Void) {
    var rest = self
    while let byte = rest.first {
      body(byte)
      if byte < 64 { rest.low &= rest.low - 1 } else { rest.high &= rest.high - 1 }
    }
  }

  /// Every other ASCII character.
  var inverted: ByteClass {
    var other = ByteClass()
    (other.low, other.high) = (~low, ~high)
    return other
  }

  /// The only character, where there is one only.
  var single: UInt8? {
    low.nonzeroBitCount + high.nonzeroBitCount == 1 ? first : nil
  }
}
