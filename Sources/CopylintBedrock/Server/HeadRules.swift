import Copylint
import Glibc
import NIOHTTP1

/// What the head of a request has to look like, whatever it asks for. Pure: framing, which needs the wire, is
/// `FramingRules`' business.
public struct HeadRules: Sendable {
  /// The names by which clients may call this server, without a port, in lower case. A web page that had its own name
  /// resolved to this machine sends that name (DNS rebinding).
  public var hosts: Set<String>
  /// What paths begin with that are served under every IP address too: probes and scrapers call a server by its address,
  /// and a page that had its name resolved to this machine sends a name. Nil for none.
  public var addressedPaths: String?

  /// The names of loopback, and more where a server listens elsewhere.
  public init(hosts more: Set<String> = [], addressedPaths: String? = nil) {
    hosts = more.union(["127.0.0.1", "localhost", "[::1]"])
    self.addressedPaths = addressedPaths
  }

  /// The target of a request that may go on; throws what is wrong with the others.
  func check(_ head: HTTPRequestHead) throws(Refusal) -> RequestTarget {
    guard head.version == .http1_1 else { throw Refusal(.httpVersionNotSupported, "only HTTP/1.1 is spoken here") }
    guard Self.methods.contains(head.method) else { throw Refusal(.methodNotAllowed, "unknown method") }
    for name in Self.singular where head.headers[name].count > 1 {
      throw Refusal(.badRequest, "the header `\(name)` stands twice")
    }
    for name in Self.overrides where head.headers.contains(name: name) {
      throw Refusal(.badRequest, "the header `\(name)` is refused: a request has one method")
    }
    for name in ["origin", "upgrade"] where head.headers.contains(name: name) {
      throw Refusal(.forbidden, "the header `\(name)` is refused: this is no service for web pages")
    }
    guard !head.headers.contains(name: "expect") else {
      throw Refusal(.expectationFailed, "send the body without waiting for `100 Continue`")
    }
    try checkHost(head.headers.first(name: "host"), head.uri)
    return try RequestTarget(head.uri)
  }

  private func checkHost(_ host: String?, _ target: String) throws(Refusal) {
    guard let host else { throw Refusal(.badRequest, "the header `host` is missing") }
    let name = Self.name(ofHost: host)
    guard hosts.contains(name) || isAddressed(target) && Self.isAddress(name) else {
      throw Refusal(
        .misdirectedRequest,
        "the header `host` names another server; `names` of a gateway's configuration are what clients may call it by")
    }
  }

  private func isAddressed(_ target: String) -> Bool {
    addressedPaths.map { target.utf8.starts(with: $0.utf8) } ?? false
  }

  /// Whether it is an IPv4 address, or an IPv6 address in brackets.
  private static func isAddress(_ name: String) -> Bool {
    var (four, six) = (in_addr(), in6_addr())
    guard name.utf8.first == UInt8(ascii: "["), name.utf8.last == UInt8(ascii: "]") else {
      return inet_pton(AF_INET, name, &four) == 1
    }
    return inet_pton(AF_INET6, String(Substring(name.utf8.dropFirst().dropLast())), &six) == 1
  }

  /// Without the port, ASCII letters in lower case.
  private static func name(ofHost host: String) -> String {
    let bytes = ByteString(host).asciiLowercased.bytes
    let digits = bytes.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    let isPort = (1...5).contains(digits) && bytes.dropLast(digits).last == UInt8(ascii: ":")
    return String(decoding: isPort ? bytes.dropLast(digits + 1) : bytes[...], as: UTF8.self)
  }

  private static let methods: [HTTPMethod] = [.GET, .HEAD, .POST, .PUT, .PATCH, .DELETE, .OPTIONS]

  private static let singular = [
    "host", "content-type", "content-encoding", "authorization", "x-amz-date", "x-amz-security-token",
    "x-amz-content-sha256", "x-amz-target", "date",
  ]

  private static let overrides = ["x-http-method-override", "x-http-method", "x-method-override"]
}
