/// Authorises requests by a bearer token (RFC 6750, 2.1), as botocore's `BearerAuth` does.
public enum BearerSigner {
  /// The request with `Authorization: Bearer …` in the place of any that it had.
  public static func sign(_ request: HTTPRequest, with token: BearerToken) -> HTTPRequest {
    var signed = request
    signed.headers["Authorization"] = "Bearer \(token.token)"
    return signed
  }
}
