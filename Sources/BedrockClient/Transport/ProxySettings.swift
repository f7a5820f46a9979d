/// The proxies that the environment names, as botocore reads them (`get_environ_proxies`, and `urllib.request` of
/// Python beneath it).
///
/// Lowercase variables win over capitals; `ALL_PROXY` is not read; `HTTP_PROXY` is not believed in a CGI process
/// (`REQUEST_METHOD`), where a client's `Proxy` header sets it. It prints no proxy: their URLs may hold passwords.
public struct ProxySettings: Sendable {
  private let http: String?
  private let https: String?
  private let exceptions: [String]

  /// No proxy.
  public static let none = ProxySettings(environment: [:])

  /// The proxies of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in either case.
  public init(environment: [String: String]) {
    func variable(_ name: String) -> String? {
      let capitals = environment["REQUEST_METHOD"] != nil && name == "http_proxy" ? nil : environment[name.uppercased()]
      guard let value = environment[name] ?? capitals, !value.isEmpty else { return nil }
      return value
    }
    http = variable("http_proxy").map(ProxySettings.withScheme)
    https = variable("https_proxy").map(ProxySettings.withScheme)
    exceptions = variable("no_proxy").map(ProxySettings.list) ?? []
  }

  /// The URL of the proxy for a request, or nil where it goes directly.
  public func proxy(for request: HTTPRequest) -> String? {
    guard let proxy = request.scheme == .https ? https : http else { return nil }
    return isException(request) ? nil : proxy
  }

  /// `*` is every host; otherwise an entry is a host, with or without its port, or a domain with all its hosts.
  private func isException(_ request: HTTPRequest) -> Bool {
    let host = ASCII.lowercase(request.host)
    let withPort = request.port.map { "\(ASCII.lowercase(request.bracketedHost)):\($0)" } ?? host
    return exceptions.contains { entry in
      if ASCII.same(entry, "*") && exceptions.count == 1 { return true }
      return [host, ASCII.lowercase(request.bracketedHost), withPort].contains { ProxySettings.covers(entry, $0) }
    }
  }

  private static func covers(_ entry: String, _ host: String) -> Bool {
    ASCII.same(entry, host) || host.utf8.reversed().starts(with: ".\(entry)".utf8.reversed())
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { ASCII.lowercase(ASCII.trimmed($0)) }
      .map { String(decoding: $0.utf8.drop { $0 == UInt8(ascii: ".") }, as: UTF8.self) }
      .filter { !$0.isEmpty }
  }

  private static func withScheme(_ url: String) -> String {
    if url.utf8.starts(with: "http:".utf8) || url.utf8.starts(with: "https:".utf8) { return url }
    return url.utf8.starts(with: "//".utf8) ? "http:\(url)" : "http://\(url)"
  }
}

extension ProxySettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// A placeholder.
  public var description: String { "proxy settings" }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Empty.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
