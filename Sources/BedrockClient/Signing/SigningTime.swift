#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A date as signatures write it: `20150830T123600Z`, in UTC, to the second.
public struct SigningTime: Sendable, Hashable {
  /// The 16 characters of `X-Amz-Date`.
  public let timestamp: String

  /// The date, fractions of a second cut off.
  public init(_ date: Date) {
    timestamp = date.formatted(SigningTime.style)
  }

  /// What `X-Amz-Date` says; nil where that is not such a date.
  public init?(_ timestamp: String) {
    guard let date = try? SigningTime.style.parse(timestamp), ASCII.same(date.formatted(SigningTime.style), timestamp)
    else { return nil }
    self.timestamp = timestamp
  }

  /// The first eight characters, which stand in the credential scope.
  public var day: String { String(timestamp.prefix(8)) }

  /// The date.
  public var date: Date { (try? SigningTime.style.parse(timestamp)) ?? .distantPast }

  private static let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
}
