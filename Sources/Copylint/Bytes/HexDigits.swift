/// Hexadecimal digits.
package enum HexDigits {
  /// The digit for a value below 16.
  @inlinable @inline(__always)
  package static func lowercase(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
