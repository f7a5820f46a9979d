/// What a sandbox does wrong on purpose. "After" is after the request took effect.
public enum Fault: String, CaseIterable, Sendable {
  /// 429 ThrottlingException, without effect.
  case throttle
  /// 500 InternalServerException, without effect.
  case error
  /// The same, after the effect.
  case errorAfter = "error-after"
  /// A TCP reset, without effect.
  case resetBefore = "reset-before"
  /// A TCP reset in the middle of the response.
  case resetDuring = "reset-during"
  /// A TCP reset instead of the response, after the effect.
  case resetAfter = "reset-after"
  /// No answer, without effect.
  case hangBefore = "hang-before"
  /// No answer, after the effect.
  case hangAfter = "hang-after"
  /// The right answer, late.
  case slow
  /// Half of the answer, then the end of the connection.
  case truncate
  /// The right status with a body that is no JSON.
  case garbage
  /// The right answer, 32 MiB of it.
  case oversize

  /// Whether the request has no effect.
  var precedesEffect: Bool {
    switch self {
    case .throttle, .error, .resetBefore, .hangBefore: true
    case .errorAfter, .resetDuring, .resetAfter, .hangAfter, .slow, .truncate, .garbage, .oversize: false
    }
  }

  /// What goes out in place of `response`, which is what would have.
  func applied(to response: ServerResponse, slowness: Duration) -> ServerResponse {
    var response = response
    switch self {
    case .throttle: response = ServiceError.throttled.response
    case .error, .errorAfter: response = ServiceError.internalFailure.response
    case .resetBefore, .resetAfter: response.delivery = .reset
    case .resetDuring: response.delivery = .interrupted
    case .hangBefore, .hangAfter: response.delivery = .silence
    case .slow: response.delivery = .delayed(slowness)
    case .truncate: response.delivery = .truncated
    case .garbage: response.body = Array("\u{1B}]0;garbage\u{7}<html>{\"jobArn\":".utf8) + [0xFF, 0x00, 0xC0]
    case .oversize: response.body += Array(repeating: UInt8(ascii: " "), count: 32 << 20)
    }
    return response
  }
}
