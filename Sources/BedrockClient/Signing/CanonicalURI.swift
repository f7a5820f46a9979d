/// Path and query in their canonical forms.
enum CanonicalURI {
  /// The path without dot segments and empty segments (RFC 3986, 5.2.4, and what AWS services add to it),
  /// percent-encoded as it stands: what was encoded already is encoded twice.
  static func path(_ path: String) -> String {
    if isCanonical(path) { return path }
    return PercentEncoding.encode(normalized(Array(path.utf8)), keeping: [slash])
  }

  /// The names and values as they stand, sorted by name and then by value, each with its equals sign.
  /// Bytes that no URL may hold are percent-encoded.
  static func query(_ query: String) -> String {
    guard !query.isEmpty else { return "" }
    return query.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map(pair)
      .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
      .map { String(decoding: $0.name.bytes, as: UTF8.self) + "=" + String(decoding: $0.value.bytes, as: UTF8.self) }
      .joined(separator: "&")
  }

  /// Whether nothing is to be done, as for nearly every path of the API: no dot, no empty segment, nothing to encode.
  private static func isCanonical(_ path: String) -> Bool {
    var last: UInt8 = 0
    for byte in path.utf8 {
      let isPlain = ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-")
      guard isPlain || byte == slash && last != slash else { return false }
      last = byte
    }
    return path.utf8.first == slash
  }

  private static func normalized(_ path: [UInt8]) -> [UInt8] {
    var segments: [ArraySlice<UInt8>] = []
    for segment in path.split(separator: slash) {
      if segment.elementsEqual("..".utf8) {
        _ = segments.popLast()
      } else if !segment.elementsEqual(".".utf8) {
        segments.append(segment)
      }
    }
    let last = path.last == slash && !segments.isEmpty ? [slash] : []
    return [slash] + segments.joined(separator: [slash]) + last
  }

  private static func pair(_ item: Substring.UTF8View) -> (name: Sortable, value: Sortable) {
    let end = item.firstIndex(of: UInt8(ascii: "=")) ?? item.endIndex
    return (Sortable(item[..<end]), Sortable(item[end...].dropFirst()))
  }

  private static let slash = UInt8(ascii: "/")
}

/// Bytes of a query, ordered as bytes.
private struct Sortable: Comparable {
  let bytes: [UInt8]

  init(_ raw: Substring.UTF8View) {
    bytes = Array(PercentEncoding.encode(raw, keeping: Sortable.urlBytes).utf8)
  }

  static func < (left: Sortable, right: Sortable) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

  /// The reserved characters of RFC 3986 and the percent sign.
  private static let urlBytes = Set("%:/?#[]@!$&'()*+,;=".utf8)
}
