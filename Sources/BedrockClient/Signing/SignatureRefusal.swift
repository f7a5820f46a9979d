/// Why an inbound request's signature is not accepted.
public enum SignatureRefusal: Error, Sendable, Hashable, CaseIterable {
  /// There is no `Authorization` header.
  case missingAuthentication
  /// It is not SigV4: a bearer token, another algorithm.
  case unsupportedAlgorithm
  /// The header, its scope or `X-Amz-Date` cannot be read, or stands more than once.
  case malformedAuthorization
  /// The scope is of another Region or service.
  case wrongScope
  /// The access key id is not known here.
  case unknownKey
  /// The session token is not the one of that key.
  case wrongToken
  /// `Host` or an `X-Amz-` header is not signed.
  case unsignedHeader
  /// The date is too far from this machine's.
  case skewedDate
  /// The body is not the one whose digest `X-Amz-Content-SHA256` states, or it is left unsigned.
  case wrongPayload
  /// The signature is another one.
  case wrongSignature

  /// The error code that AWS services answer with (Common Errors of the AWS API references).
  public var errorCode: String {
    switch self {
    case .missingAuthentication: "MissingAuthenticationTokenException"
    case .unsupportedAlgorithm, .malformedAuthorization: "IncompleteSignatureException"
    case .unknownKey, .wrongToken: "UnrecognizedClientException"
    case .wrongScope, .unsignedHeader, .skewedDate, .wrongPayload, .wrongSignature: "InvalidSignatureException"
    }
  }

  /// What is wrong, without any value of the request.
  public var message: String {
    switch self {
    case .missingAuthentication: "missing authentication token"
    case .unsupportedAlgorithm: "the authorization header is not AWS4-HMAC-SHA256"
    case .malformedAuthorization: "the authorization header or the date of the signature cannot be read"
    case .wrongScope: "the credential is scoped to another Region or service"
    case .unknownKey: "the access key id is not known"
    case .wrongToken: "the security token is not the one of that access key"
    case .unsignedHeader: "host and every x-amz- header must be signed"
    case .skewedDate: "signature expired or not yet current: the date is more than 5 minutes away"
    case .wrongPayload: "the body is not the one that was signed"
    case .wrongSignature: "the signature does not match"
    }
  }
}
