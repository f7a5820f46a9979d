import Glibc

/// A numeric IPv4 or IPv6 address.
struct IPAddress {
  private let bytes: [UInt8]

  /// The address of a text in the strict forms of `inet_pton`, or nil: `127.1` and `0x7f.0.0.1` are none.
  init?(_ text: String) {
    var four = in_addr()
    var six = in6_addr()
    guard !text.utf8.contains(0) else { return nil }
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: four) { Array($0) }
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      bytes = withUnsafeBytes(of: six) { Array($0) }
    } else {
      return nil
    }
  }

  /// Whether it is an IPv6 address.
  var isVersion6: Bool { bytes.count == 16 }

  /// Whether it is in 127.0.0.0/8, or is `::1`, or an IPv4 loopback address in IPv6 clothes.
  var isLoopback: Bool {
    guard isVersion6 else { return bytes[0] == 127 }
    if bytes.dropLast().allSatisfy({ $0 == 0 }) { return bytes[15] == 1 }
    return bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF && bytes[12] == 127
  }

  /// Whether both texts are addresses, and the same one.
  static func same(_ left: String, _ right: String) -> Bool {
    guard let left = IPAddress(left), let right = IPAddress(right) else { return false }
    return left.bytes == right.bytes
  }
}
