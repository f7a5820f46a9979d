#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The date of HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7; the obsolete forms are not read).
enum HTTPDate {
  static func parse(_ text: String) -> Date? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 6, ASCII.same(words[5], "GMT"), words[1].utf8.count == 2, words[3].utf8.count == 4,
      let month = months.firstIndex(where: { ASCII.same($0, words[2]) })
    else { return nil }
    let number = month + 1
    return try? style.parse("\(words[3])-\(number < 10 ? "0" : "")\(number)-\(words[1])T\(words[4])Z")
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  private static let style = Date.ISO8601FormatStyle()
}
