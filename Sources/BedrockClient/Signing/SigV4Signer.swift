#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// AWS Signature Version 4 in the `Authorization` header, for services other than Amazon S3.
///
/// Pure: the same request, credentials and date give the same signature.
public struct SigV4Signer: Sendable, Hashable {
  /// The Region of the endpoint that the request goes to.
  public var region: String
  /// The signing name of the service: `bedrock`, `sts`.
  public var service: String

  /// A signer for this Region and service.
  public init(region: String, service: String) {
    self.region = region
    self.service = service
  }

  /// The request with `X-Amz-Date`, `X-Amz-Security-Token` where there is a token, and `Authorization`, each in the
  /// place of any that it had.
  public func sign(_ request: HTTPRequest, with credentials: AWSCredentials, at date: Date) -> HTTPRequest {
    sign(request, with: credentials, at: date, keys: nil)
  }

  /// The same with keys that are kept.
  func sign(
    _ request: HTTPRequest, with credentials: AWSCredentials, at date: Date, keys: SigningKeyCache?
  ) -> HTTPRequest {
    let time = SigningTime(date)
    var signed = prepared(request, token: credentials.sessionToken, time: time)
    let scope = CredentialScope(day: time.day, region: region, service: service)
    let canonical = CanonicalRequest(signed)
    let found = keys?.key(secretAccessKey: credentials.secretAccessKey, scope: scope)
    found?.keep()
    let key = found?.key ?? SigningKey(secretAccessKey: credentials.secretAccessKey, scope: scope)
    let header = AuthorizationHeader(
      accessKeyID: credentials.accessKeyID, scope: scope,
      signedHeaders: canonical.signedHeaders.split(separator: ";").map(String.init),
      signature: key.signature(of: StringToSign(canonical, time: time, scope: scope)))
    signed.headers["Authorization"] = header.text
    return signed
  }

  private func prepared(_ request: HTTPRequest, token: String?, time: SigningTime) -> HTTPRequest {
    var prepared = request
    prepared.headers["Authorization"] = nil
    prepared.headers["X-Amz-Date"] = time.timestamp
    prepared.headers["X-Amz-Security-Token"] = token
    return prepared
  }
}
