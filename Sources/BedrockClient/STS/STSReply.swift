/// What STS says beside its results.
enum STSReply {
  /// The error that a response other than 200 tells of.
  static func error(_ response: HTTPResponse) -> STSError {
    let root = XMLElement.parse(response.body)
    guard let code = root?.text("Error", "Code") else {
      return STSError(
        reason: response.status < 500 ? .refused : .unavailable, message: "STS answered with status \(response.status)")
    }
    let words = root?.text("Error", "Message").map { ": \(ShownValue($0, limit: 400))" } ?? ""
    return STSError(reason: .refused, code: code, message: "STS answered \(ShownValue(code))\(words)")
  }

  /// Whether another attempt may be answered: the service failed, or was asked too often.
  static func isTransient(_ response: HTTPResponse) -> Bool {
    if response.status >= 500 || response.status == 429 { return true }
    guard response.status == 400, let code = XMLElement.parse(response.body)?.text("Error", "Code") else {
      return false
    }
    return transientCodes.contains { ASCII.same($0, code) }
  }

  /// The account in an ARN, its fifth part.
  static func account(ofARN arn: String) -> String? {
    let parts = arn.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count >= 6, parts[4].count == 12, parts[4].allSatisfy(ASCII.isDigit) else { return nil }
    return String(Substring(parts[4]))
  }

  /// Codes of botocore's `_retry.json` that STS answers 400 with.
  private static let transientCodes = [
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
    "RequestLimitExceeded", "TooManyRequestsException", "IDPCommunicationError",
  ]
}
