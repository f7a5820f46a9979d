/// What HTTP/1.1 cannot carry, or would read as something else.
enum RequestSyntax {
  /// What is wrong with the request, or nil.
  static func fault(in request: HTTPRequest) -> String? {
    if request.method.isEmpty || !ASCII.all(request.method, isTokenByte) { return "the method is not a token" }
    if !isHost(request.host) { return "the host is not a name or an address" }
    if let port = request.port, !(1...65535).contains(port) { return "the port is not from 1 to 65535" }
    if request.path.utf8.first != UInt8(ascii: "/") { return "the path does not begin with a slash" }
    if !ASCII.all(request.path, { isURLByte($0) && $0 != UInt8(ascii: "?") })
      || !ASCII.all(request.query, isURLByte)
    {
      return "the path or the query has a byte that must be percent-encoded"
    }
    let isSound = request.headers.fields.allSatisfy {
      !$0.name.isEmpty && ASCII.all($0.name, isTokenByte) && ASCII.all($0.value, isValueByte)
    }
    return isSound ? nil : "a header has a byte that HTTP does not allow"
  }

  private static func isHost(_ host: String) -> Bool {
    if host.utf8.contains(UInt8(ascii: ":")) { return IPAddress(host) != nil }
    return !host.isEmpty
      && host.utf8.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || "-._".utf8.contains($0) }
  }

  /// RFC 9110, 5.6.2.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
    default: ASCII.isLetter(byte) || ASCII.isDigit(byte) || "!#$%&'*+^`|~".utf8.contains(byte)
    }
  }

  private static func isURLByte(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "#") }

  private static func isValueByte(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7F) }
}
