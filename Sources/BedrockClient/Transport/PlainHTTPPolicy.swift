/// Where requests may go without TLS.
public enum PlainHTTPPolicy: Sendable, Hashable {
  /// To this machine alone: `localhost` and loopback addresses, and only where they lead to a loopback address.
  case loopback
  /// To this machine and to these hosts, as metadata services have them.
  case hosts(Set<String>)
  /// Anywhere.
  case anywhere

  /// Whether a request to `host` may go without TLS.
  public func allows(host: String) -> Bool {
    if Loopback.isLoopback(host: host) { return true }
    switch self {
    case .loopback: return false
    case .hosts(let hosts): return hosts.contains { ASCII.same(ASCII.lowercase($0), ASCII.lowercase(host)) }
    case .anywhere: return true
    }
  }
}
