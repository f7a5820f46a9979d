/// Where requests of one service go, and the Region that their signatures name.
public struct Endpoint: Sendable, Hashable {
  /// The scheme.
  public var scheme: HTTPRequest.Scheme
  /// A name or an address; an IPv6 address stands without brackets.
  public var host: String
  /// The port; nil is the scheme's default.
  public var port: Int?
  /// What stands before every path, without a slash at its end; usually empty.
  public var basePath: String
  /// The Region that signatures name.
  public var signingRegion: Region

  init(_ url: EndpointURL, signingRegion: Region) {
    scheme = url.scheme
    host = url.host
    port = url.port
    basePath = url.basePath
    self.signingRegion = signingRegion
  }

  /// The URL, without a slash at its end.
  public var url: String {
    HTTPRequest(method: "GET", scheme: scheme, host: host, port: port, path: basePath).url
  }
}
