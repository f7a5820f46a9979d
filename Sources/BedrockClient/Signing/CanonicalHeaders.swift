/// The headers that a signature covers.
struct CanonicalHeaders {
  /// One line a name, lowercase, in the order of `names`, each with a line feed after it.
  let text: [UInt8]
  /// The names, separated by semicolons.
  let names: String

  /// Every header of the request but those that proxies and clients change, and `Host`.
  init(_ request: HTTPRequest) {
    var signed = ["host"]
    for field in request.headers.fields {
      let name = ASCII.lowercase(field.name)
      let isSame = { ASCII.same($0, name) }
      if !signed.contains(where: isSame), !CanonicalHeaders.unsigned.contains(where: isSame) { signed.append(name) }
    }
    self.init(request, sorted: signed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  /// The named headers; nil where the request lacks one.
  init?(_ request: HTTPRequest, names: [String]) {
    guard names.allSatisfy({ $0 == "host" || request.headers[$0] != nil }) else { return nil }
    self.init(request, sorted: names)
  }

  private init(_ request: HTTPRequest, sorted: [String]) {
    names = sorted.joined(separator: ";")
    var text: [UInt8] = []
    for name in sorted {
      text += name.utf8
      text.append(UInt8(ascii: ":"))
      CanonicalHeaders.append(valueOf: name, in: request, to: &text)
      text.append(0x0A)
    }
    self.text = text
  }

  /// The values of a name, each trimmed and with single spaces, joined by commas.
  private static func append(valueOf name: String, in request: HTTPRequest, to text: inout [UInt8]) {
    let values = request.headers.values(name)
    guard !values.isEmpty else { return text += request.authority.utf8 }
    for (index, value) in values.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      appendCollapsed(value, to: &text)
    }
  }

  private static func appendCollapsed(_ value: String, to text: inout [UInt8]) {
    let start = text.count
    var isAfterSpace = false
    for byte in value.utf8 {
      if ASCII.isSpace(byte) {
        isAfterSpace = true
        continue
      }
      if isAfterSpace, text.count > start { text.append(0x20) }
      isAfterSpace = false
      text.append(byte)
    }
  }

  /// What botocore leaves out (`SIGNED_HEADERS_BLACKLIST`), and the signature's own header.
  private static let unsigned = [
    "authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
  ]
}
