/// Text as a URI (RFC 3986).
enum URIText {
  /// A path as a URI reference, percent-encoded byte by byte: only unreserved characters and `/` stay.
  static func path(_ path: ByteString) -> String {
    String(
      decoding: path.bytes.flatMap { isUnreserved($0) || $0 == UInt8(ascii: "/") ? [$0] : encoded($0) }, as: UTF8.self)
  }

  /// The address of a page, as it is; nil unless it is `http` or `https` with a host and made of the characters of a
  /// URI. A pack may name any text, and a link to `javascript:` is none to show.
  static func page(_ text: String) -> String? {
    let schemes: [ByteString] = ["https://", "http://"]
    let bytes = ByteString(text)
    guard let scheme = schemes.first(where: { bytes.starts(with: $0) }), bytes.count > scheme.count,
      isUnreserved(bytes.bytes[scheme.count]), bytes.bytes.allSatisfy(isOfURI)
    else { return nil }
    return text
  }

  private static func encoded(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "-._~".utf8.contains(byte)
    }
  }

  private static func isOfURI(_ byte: UInt8) -> Bool { isUnreserved(byte) || ":/?#@!$&'()*+,;=%".utf8.contains(byte) }
}
