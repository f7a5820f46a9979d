/// The headers that a signature covers.
struct CanonicalHeaders {
  /// One line a name, lowercase, in the order of `names`, each with a line feed after it.
  let text: String
  /// The names, separated by semicolons.
  let names: String

  /// Every header of the request but those that proxies and clients change, and `Host`.
  init(_ request: HTTPRequest) {
    let present = request.headers.fields.map { ASCII.lowercase($0.name) }
    let signed = Set(present).union(["host"]).subtracting(CanonicalHeaders.unsigned)
    self.init(request, sorted: signed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  /// The named headers; nil where the request lacks one.
  init?(_ request: HTTPRequest, names: [String]) {
    guard names.allSatisfy({ $0 == "host" || request.headers[$0] != nil }) else { return nil }
    self.init(request, sorted: names)
  }

  private init(_ request: HTTPRequest, sorted: [String]) {
    names = sorted.joined(separator: ";")
    text = sorted.map { "\($0):\(CanonicalHeaders.value(of: $0, in: request))\n" }.joined()
  }

  /// The values of a name, each trimmed and with single spaces, joined by commas.
  private static func value(of name: String, in request: HTTPRequest) -> String {
    let values = request.headers.values(name)
    guard !values.isEmpty else { return request.authority }
    return values.map(collapsed).joined(separator: ",")
  }

  private static func collapsed(_ value: String) -> String {
    value.utf8.split(whereSeparator: ASCII.isSpace).map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }

  /// What botocore leaves out (`SIGNED_HEADERS_BLACKLIST`), and the signature's own header.
  private static let unsigned: Set<String> = [
    "authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
  ]
}
