#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Dates as credential sources write them: ISO 8601 with seconds, perhaps a fraction, and `Z`, `UTC` or an offset.
enum Timestamp {
  /// The date of a text, or nil where it is none.
  static func date(_ text: String) -> Date? {
    var text = Substring(text)
    if text.utf8.suffix(3).elementsEqual("UTC".utf8) { text = text.dropLast(3) + "Z" }
    let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return whole(String(text)) }
    let fraction = parts[1].prefix(while: ASCII.isDigit)
    guard (1...9).contains(fraction.count) else { return nil }
    return whole(String(Substring(parts[0])) + String(Substring(parts[1].dropFirst(fraction.count))))
  }

  /// The date of a text that may be missing. Throws where it is there and no date: credentials whose end is unknown
  /// must not be taken for lasting ones.
  static func expiration(_ text: String?, of source: some CredentialsSource) throws(CredentialsError) -> Date? {
    guard let text else { return nil }
    guard let date = date(text) else {
      throw source.failure(.unavailable, "the expiration of the credentials is not a date")
    }
    return date
  }

  private static func whole(_ text: String) -> Date? {
    let normal = text.utf8.last == UInt8(ascii: "z") ? String(text.dropLast()) + "Z" : text
    if let date = try? Date.ISO8601FormatStyle().parse(normal) { return date }
    return try? Date.ISO8601FormatStyle(timeZoneSeparator: .colon).parse(normal)
  }
}
