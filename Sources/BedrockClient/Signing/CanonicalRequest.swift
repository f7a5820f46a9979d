/// The first stage of a signature: a request in the one form in which both sides see it.
///
/// Source: AWS IAM User Guide, "Create a signed AWS API request", step 1, for services other than Amazon S3: the path
/// is normalised and percent-encoded once more. Where the guide is silent, botocore's `SigV4Auth` decides.
public struct CanonicalRequest: Sendable, Hashable {
  private let bytes: [UInt8]
  /// The names of the signed headers: lowercase, sorted, separated by semicolons.
  public let signedHeaders: String

  /// The canonical form of `request` with every header signed that travels unchanged.
  public init(_ request: HTTPRequest) {
    self.init(request, headers: CanonicalHeaders(request), payload: CanonicalRequest.payloadDigest(request))
  }

  /// The canonical form with the named headers signed (lowercase); nil where the request lacks one of them.
  public init?(_ request: HTTPRequest, signedHeaders names: [String]) {
    self.init(request, signedHeaders: names, payload: CanonicalRequest.payloadDigest(request))
  }

  /// The same with the digest of the payload, which is known already.
  init?(_ request: HTTPRequest, signedHeaders names: [String], payload: String) {
    guard let headers = CanonicalHeaders(request, names: names) else { return nil }
    self.init(request, headers: headers, payload: payload)
  }

  private init(_ request: HTTPRequest, headers: CanonicalHeaders, payload: String) {
    signedHeaders = headers.names
    var bytes: [UInt8] = []
    bytes.reserveCapacity(headers.text.count + headers.names.utf8.count + request.path.utf8.count + 128)
    for line in [request.method, CanonicalURI.path(request.path), CanonicalURI.query(request.query)] {
      bytes += line.utf8
      bytes.append(0x0A)
    }
    bytes += headers.text
    bytes.append(0x0A)
    bytes += headers.names.utf8
    bytes.append(0x0A)
    bytes += payload.utf8
    self.bytes = bytes
  }

  /// The text, whose digest is signed.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The SHA-256 of the text, in hexadecimal.
  public var digest: String { Digest.hexadecimal(Digest.sha256(bytes)) }

  /// What `X-Amz-Content-SHA256` states, else the digest of the body.
  private static func payloadDigest(_ request: HTTPRequest) -> String {
    request.headers["X-Amz-Content-SHA256"] ?? Digest.hexadecimal(Digest.sha256(request.body))
  }
}
