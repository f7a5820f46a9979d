/// How long to wait before the next attempt: truncated exponential backoff with full jitter.
///
/// Source: botocore's `ExponentialBackoff`, `rand(0, 1) * min(2 ** i, 20)` seconds, and its bounds for what a
/// server asks for: at least the backoff, at most 5 seconds more.
enum Backoff {
  /// - Parameters:
  ///   - attempt: how many attempts were made, from 1.
  ///   - jitter: from 0 up to 1.
  ///   - requested: what the server asked for, in seconds.
  static func delay(afterAttempt attempt: Int, jitter: Double, requested: Double? = nil) -> Duration {
    let exponent = min(max(attempt - 1, 0), 5)
    let backoff = min(max(jitter, 0), 1) * min(Double(1 << exponent), maximum)
    guard let requested, requested.isFinite else { return .seconds(backoff) }
    return .seconds(max(backoff, min(requested, backoff + maximumAddition)))
  }

  /// The seconds of `x-amz-retry-after` (milliseconds) or `Retry-After` (RFC 9110, 10.2.3; a date is not honoured).
  static func requested(by response: HTTPResponse) -> Double? {
    if let milliseconds = response.headers["x-amz-retry-after"] { return number(milliseconds).map { $0 / 1000 } }
    return response.headers["Retry-After"].flatMap(number)
  }

  private static func number(_ text: String) -> Double? {
    guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy(ASCII.isDigit) else { return nil }
    return Double(text)
  }

  private static let maximum = 20.0
  private static let maximumAddition = 5.0
}
