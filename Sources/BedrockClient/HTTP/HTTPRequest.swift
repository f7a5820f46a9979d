/// An HTTP request as it travels.
public struct HTTPRequest: Sendable, Hashable {
  /// The scheme of a URL.
  public enum Scheme: String, Sendable {
    /// In the clear; a transport sends it to loopback only unless told otherwise.
    case http
    /// Over TLS.
    case https

    /// The port that a URL leaves out.
    public var defaultPort: Int { self == .http ? 80 : 443 }
  }

  /// The method, in capitals.
  public var method: String
  /// The scheme.
  public var scheme: Scheme
  /// A name or an address; an IPv6 address stands without brackets.
  public var host: String
  /// The port; nil is the scheme's default.
  public var port: Int?
  /// The path as it travels, percent-encoded, from its first slash.
  public var path: String
  /// The query as it travels, percent-encoded, without the question mark; empty is none.
  public var query: String
  /// The fields beside `Host`, which follows from host and port unless it stands here.
  public var headers: HTTPHeaders
  /// The body; empty is none.
  public var body: [UInt8]
  /// Whether the server takes the same request, sent again, for the one that came before: then it may travel on a kept
  /// connection, on which a transport may have to send it again. A GET always may.
  public var isIdempotent = false

  /// A request of these parts.
  public init(
    method: String, scheme: Scheme = .https, host: String, port: Int? = nil, path: String = "/", query: String = "",
    headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []
  ) {
    self.method = method
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }
}

extension HTTPRequest {
  /// The host as a URL writes it: an IPv6 address in brackets.
  public var bracketedHost: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host }

  /// The value of `Host`: lowercase, with the port where it is not the scheme's default.
  public var authority: String {
    let name = ASCII.lowercase(bracketedHost)
    guard let port, port != scheme.defaultPort else { return name }
    return "\(name):\(port)"
  }

  /// The request target in origin form: path and query.
  public var target: String { query.isEmpty ? path : "\(path)?\(query)" }

  /// The whole URL.
  public var url: String {
    let colonPort = port.map { ":\($0)" } ?? ""
    return "\(scheme.rawValue)://\(bracketedHost)\(colonPort)\(target)"
  }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Method, scheme, host and path: no query, header or body, which may hold secrets.
  public var description: String { "\(method) \(scheme.rawValue)://\(authority)\(path)" }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Empty beside the description, so that `dump` finds no secret.
  public var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
