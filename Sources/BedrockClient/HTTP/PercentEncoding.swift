/// Percent-encoding as AWS signs it: every byte but the unreserved ones of RFC 3986, digits in capitals.
public enum PercentEncoding {
  /// One path segment, or one name or value of a query: slashes are encoded too.
  public static func component(_ text: String) -> String { encode(text.utf8, keeping: []) }

  /// A path: slashes stay.
  public static func path(_ text: String) -> String { encode(text.utf8, keeping: [UInt8(ascii: "/")]) }

  /// A query of these names and values, in their order.
  public static func query(_ items: [(name: String, value: String)]) -> String {
    items.map { "\(component($0.name))=\(component($0.value))" }.joined(separator: "&")
  }

  /// Encodes every byte that is neither unreserved nor among `kept`.
  static func encode(_ bytes: some Collection<UInt8>, keeping kept: Set<UInt8>) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    for byte in bytes {
      if isUnreserved(byte) || kept.contains(byte) {
        output.append(byte)
      } else {
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Letters, digits, `-`, `.`, `_`, `~` (RFC 3986, 2.3).
  static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: ASCII.isLetter(byte) || ASCII.isDigit(byte)
    }
  }

  private static let digits = Array("0123456789ABCDEF".utf8)
}
