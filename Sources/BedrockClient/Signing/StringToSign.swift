/// The second stage of a signature: the algorithm, the date, the scope and the digest of the canonical request.
///
/// Source: AWS IAM User Guide, "Create a signed AWS API request", step 3.
public struct StringToSign: Sendable, Hashable {
  /// The four lines.
  public let text: String

  /// The text for this request, date and scope.
  public init(_ request: CanonicalRequest, time: SigningTime, scope: CredentialScope) {
    text = "\(StringToSign.algorithm)\n\(time.timestamp)\n\(scope.text)\n\(request.digest)"
  }

  /// The name of the algorithm.
  public static let algorithm = "AWS4-HMAC-SHA256"
}
