/// The first stage of a signature: a request in the one form in which both sides see it.
///
/// Source: AWS IAM User Guide, "Create a signed AWS API request", step 1, for services other than Amazon S3: the path
/// is normalised and percent-encoded once more. Where the guide is silent, botocore's `SigV4Auth` decides.
public struct CanonicalRequest: Sendable, Hashable {
  /// The text, whose digest is signed.
  public let text: String
  /// The names of the signed headers: lowercase, sorted, separated by semicolons.
  public let signedHeaders: String

  /// The canonical form of `request` with every header signed that travels unchanged.
  public init(_ request: HTTPRequest) {
    self.init(request, headers: CanonicalHeaders(request))
  }

  /// The canonical form with the named headers signed (lowercase); nil where the request lacks one of them.
  public init?(_ request: HTTPRequest, signedHeaders names: [String]) {
    guard let headers = CanonicalHeaders(request, names: names) else { return nil }
    self.init(request, headers: headers)
  }

  private init(_ request: HTTPRequest, headers: CanonicalHeaders) {
    signedHeaders = headers.names
    text = [
      request.method, CanonicalURI.path(request.path), CanonicalURI.query(request.query), headers.text, headers.names,
      CanonicalRequest.payloadDigest(request),
    ].joined(separator: "\n")
  }

  /// The SHA-256 of the text, in hexadecimal.
  public var digest: String { Digest.hexadecimal(Digest.sha256(Array(text.utf8))) }

  /// What `X-Amz-Content-SHA256` states, else the digest of the body.
  private static func payloadDigest(_ request: HTTPRequest) -> String {
    request.headers["X-Amz-Content-SHA256"] ?? Digest.hexadecimal(Digest.sha256(request.body))
  }
}
