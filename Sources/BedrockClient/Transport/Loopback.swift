/// The addresses of this machine for itself.
enum Loopback {
  /// Whether a host is `localhost` or a loopback address. The name may still lead elsewhere.
  static func isLoopback(host: String) -> Bool {
    ASCII.same(ASCII.lowercase(host), "localhost") || (IPAddress(host)?.isLoopback ?? false)
  }
}
