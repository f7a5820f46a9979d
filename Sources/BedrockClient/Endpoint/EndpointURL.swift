/// A URL that a service may be reached at: `http` or `https`, a host, perhaps a port and a path.
struct EndpointURL: Sendable, Hashable {
  var scheme: HTTPRequest.Scheme
  var host: String
  var port: Int?
  /// Without a slash at its end.
  var basePath: String
  /// The path as it stands, `/` where there is none.
  var path: String
  /// Without the question mark.
  var query: String

  /// The parts of a URL, or nil where it is not one: another scheme, no host, a bad port, credentials before the host,
  /// a fragment, or a byte that no URL holds.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      !text.utf8.contains(where: "\\<>\"^`{|}#".utf8.contains),
      let (scheme, rest) = EndpointURL.scheme(of: text)
    else { return nil }
    let authorityEnd = rest.utf8.firstIndex { "/?".utf8.contains($0) } ?? rest.endIndex
    guard let (host, port) = EndpointURL.hostAndPort(rest[..<authorityEnd]) else { return nil }
    let target = rest[authorityEnd...]
    let pathEnd = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    self.scheme = scheme
    self.host = host
    self.port = port
    path = pathEnd == target.startIndex ? "/" : String(target[..<pathEnd])
    basePath = EndpointURL.withoutFinalSlashes(target[..<pathEnd])
    query = String(target[pathEnd...].dropFirst())
  }

  private static func scheme(of text: String) -> (HTTPRequest.Scheme, Substring)? {
    for scheme in [HTTPRequest.Scheme.https, .http] {
      let prefix = "\(scheme.rawValue)://"
      let start = text.utf8.prefix(prefix.utf8.count)
      if start.map(ASCII.lowercase).elementsEqual(prefix.utf8) {
        return (scheme, Substring(text.utf8.dropFirst(start.count)))
      }
    }
    return nil
  }

  private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
    let bytes = authority.utf8
    if bytes.first == UInt8(ascii: "[") {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), let port = port(authority[end...].dropFirst()) else {
        return nil
      }
      let address = String(authority[..<end].dropFirst())
      return IPAddress(address)?.isVersion6 == true ? (address, port.value) : nil
    }
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
    let host = String(authority[..<colon])
    guard isHostName(host), let port = port(authority[colon...]) else { return nil }
    return (host, port.value)
  }

  /// The port behind a colon, or none; nil where it is no port.
  private static func port(_ text: Substring) -> (value: Int?, Void)? {
    guard let first = text.utf8.first else { return (nil, ()) }
    let digits = text.utf8.dropFirst()
    guard first == UInt8(ascii: ":"), (1...5).contains(digits.count), digits.allSatisfy(ASCII.isDigit),
      let port = Int(Substring(digits)), (1...65_535).contains(port)
    else { return nil }
    return (port, ())
  }

  private static func isHostName(_ host: String) -> Bool {
    let name = host.utf8.last == UInt8(ascii: ".") ? host.utf8.dropLast() : host.utf8[...]
    let hyphen = UInt8(ascii: "-")
    return (1...255).contains(name.count)
      && name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
        (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
          && label.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == hyphen || $0 == UInt8(ascii: "_") }
      }
  }

  private static func withoutFinalSlashes(_ path: Substring) -> String {
    var path = path
    while path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return String(path)
  }
}
