import BedrockClient
import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A date as Bedrock's model has it on the wire: ISO 8601 in UTC.
enum Timestamp {
  private static let whole = Date.ISO8601FormatStyle()
  private static let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  /// With milliseconds, the nearest ones: a date that was meant to be .770 s is a little less in binary.
  static func text(_ date: Date) -> String {
    let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
    let seconds = (milliseconds / 1000).rounded(.down)
    return CivilTime(secondsSinceEpoch: Int(seconds)).text(milliseconds: Int(milliseconds - seconds * 1000))
  }

  /// The date that clients are told: the nearest millisecond, so that one moment is one value.
  static func asTold(_ date: Date) -> Date {
    Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded() / 1000)
  }

  /// With or without a fraction of a second, as it would be told; nil for all else.
  static func date(_ text: ByteString) -> Date? {
    let text = text.displayString
    return ((try? whole.parse(text)) ?? (try? fractional.parse(text))).map(asTold)
  }
}
