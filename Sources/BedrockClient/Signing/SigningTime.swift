#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A date as signatures write it: `20150830T123600Z`, in UTC, to the second.
public struct SigningTime: Sendable, Hashable {
  /// The 16 characters of `X-Amz-Date`.
  public let timestamp: String
  /// Seconds since 1970-01-01T00:00:00Z.
  private let seconds: Int

  /// The date, fractions of a second cut off.
  public init(_ date: Date) {
    seconds = Int(date.timeIntervalSince1970.rounded(.down))
    timestamp = CivilTime(secondsSinceEpoch: seconds).compactText
  }

  /// What `X-Amz-Date` says; nil where that is not such a date.
  public init?(_ timestamp: String) {
    guard let time = CivilTime(compact: Array(timestamp.utf8)) else { return nil }
    self.timestamp = timestamp
    seconds = time.secondsSinceEpoch
  }

  /// The first eight characters, which stand in the credential scope.
  public var day: String { String(decoding: timestamp.utf8.prefix(8), as: UTF8.self) }

  /// The date.
  public var date: Date { Date(timeIntervalSince1970: Double(seconds)) }
}
