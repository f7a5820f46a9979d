/// Reads percent-encoding (RFC 3986, 2.1) of targets and of form fields.
enum PercentDecoding {
  /// Whether a byte may stand in a path or a query: pchar, `/`, `?` and the percent sign (RFC 3986, 3.3 and 3.4).
  static func isTargetByte(_ byte: UInt8) -> Bool {
    isUnreserved(byte) || "%!$&'()*+,;=:@/?".utf8.contains(byte)
  }

  /// The bytes; nil where a percent sign is not followed by two hexadecimal digits.
  static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    decode(text) { _, _ in true }
  }

  /// The bytes; nil too where a digit is in lower case, or a byte is encoded that must not be: such spellings are one
  /// path to some readers and another to others.
  static func decodeCanonical(_ text: some Collection<UInt8>) -> [UInt8]? {
    decode(text) { digits, byte in
      !digits.contains { (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) } && !isUnreserved(byte)
    }
  }

  /// The same for `application/x-www-form-urlencoded`, where a plus sign is a blank.
  static func decodeForm(_ text: some Collection<UInt8>) -> [UInt8]? {
    decode(text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
  }

  private static func decode(
    _ text: some Collection<UInt8>, _ isAccepted: ([UInt8], UInt8) -> Bool
  ) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count)
    var iterator = text.makeIterator()
    while let byte = iterator.next() {
      guard byte == UInt8(ascii: "%") else {
        decoded.append(byte)
        continue
      }
      guard let high = iterator.next(), let low = iterator.next(), let left = digit(high), let right = digit(low),
        isAccepted([high, low], left << 4 | right)
      else { return nil }
      decoded.append(left << 4 | right)
    }
    return decoded
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "-._~".utf8.contains(byte)
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
