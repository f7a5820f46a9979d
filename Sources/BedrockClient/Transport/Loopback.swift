import Glibc

/// The addresses of this machine for itself.
enum Loopback {
  /// Whether a host is `localhost` or a loopback address. The name may still lead elsewhere.
  static func isLoopback(host: String) -> Bool {
    ASCII.same(ASCII.lowercase(host), "localhost") || isLoopback(address: host)
  }

  /// Whether a text is an address in 127.0.0.0/8, or `::1`.
  private static func isLoopback(address: String) -> Bool {
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, address, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
    guard inet_pton(AF_INET6, address, &six) == 1 else { return false }
    return withUnsafeBytes(of: six) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
  }
}
