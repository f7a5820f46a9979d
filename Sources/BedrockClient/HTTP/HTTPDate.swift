#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The date of HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7; the obsolete forms are not read).
package enum HTTPDate {
  static func parse(_ text: String) -> Date? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 6, ASCII.same(words[5], "GMT"), words[1].utf8.count == 2, words[3].utf8.count == 4,
      let month = months.firstIndex(where: { ASCII.same($0, words[2]) })
    else { return nil }
    let number = month + 1
    return try? style.parse("\(words[3])-\(number < 10 ? "0" : "")\(number)-\(words[1])T\(words[4])Z")
  }

  /// A date in that form, fractions of a second cut off.
  package static func text(_ date: Date) -> String {
    let seconds = Int(date.timeIntervalSince1970.rounded(.down))
    let time = CivilTime(secondsSinceEpoch: seconds)
    // 1970-01-01 was a Thursday.
    let day = Int((Double(seconds) / 86400).rounded(.down)) % 7
    let clock = [time.hour, time.minute, time.second].map { padded($0, to: 2) }.joined(separator: ":")
    return "\(weekdays[(day + 7) % 7]), \(padded(time.day, to: 2)) \(months[time.month - 1]) "
      + "\(padded(time.year, to: 4)) \(clock) GMT"
  }

  private static func padded(_ number: Int, to count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }

  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  private static let style = Date.ISO8601FormatStyle()
}
