#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A timestamp of the API: ISO 8601 on the way out; on the way in also with fractions of a second, or as seconds since
/// 1970, as botocore reads them.
struct APITimestamp: Decodable {
  let date: Date

  init(_ date: Date) { self.date = date }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let seconds = try? value.decode(Double.self) {
      date = Date(timeIntervalSince1970: seconds)
      return
    }
    guard let parsed = APITimestamp.parse(try value.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: value, debugDescription: "not a timestamp")
    }
    date = parsed
  }

  /// `2026-11-24T08:00:00Z`, with milliseconds where the date has fractions of a second.
  var text: String {
    let seconds = date.timeIntervalSince1970
    return date.formatted(seconds == seconds.rounded(.down) ? APITimestamp.whole : APITimestamp.fractional)
  }

  private static func parse(_ text: String) -> Date? {
    (try? whole.parse(text)) ?? (try? fractional.parse(text))
  }

  private static let whole = Date.ISO8601FormatStyle()
  private static let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
