import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How far the service's clock is from this machine's, learnt from answers that refuse a signature's date.
///
/// Source: AWS SDKs and Tools Reference Guide, "Clock skew correction".
final class ClockSkew: Sendable {
  private let offset = Mutex<Double>(0)

  /// The date to sign with, by the service's clock as far as it is known.
  func corrected(_ date: Date) -> Date { date.addingTimeInterval(offset.withLock { $0 }) }

  /// Takes the offset from a refusal whose `Date` is far from the date that was signed. Returns whether the next
  /// attempt is signed with another date because of it.
  func learn(from response: HTTPResponse, error: ServiceError, at date: Date) -> Bool {
    guard error.kind == .clockSkew || error.kind == .invalidSignature,
      let text = response.headers["Date"], let served = HTTPDate.parse(text)
    else { return false }
    let difference = served.timeIntervalSince(date)
    return offset.withLock { offset in
      guard abs(difference - offset) > ClockSkew.threshold else { return false }
      offset = difference
      return true
    }
  }

  /// Seconds; services refuse dates that are 5 minutes away.
  private static let threshold = 240.0
}
