/// The codes of AWS services, and what they stand for.
///
/// Sources: botocore's service model of Bedrock; the Common Errors of the AWS API references; the lists of
/// botocore's `retries/standard.py` for throttling.
enum ErrorCodes {
  static func kind(of code: String, resourceName: String?) -> ServiceError.Kind {
    if ASCII.same(code, "TooManyTagsException") { return .tooManyTags(resourceName: resourceName) }
    return kinds.first { $0.codes.contains { ASCII.same($0, code) } }?.kind ?? .unrecognized
  }

  private static let kinds: [(kind: ServiceError.Kind, codes: [String])] = [
    (.resourceNotFound, ["ResourceNotFoundException"]),
    (.accessDenied, ["AccessDeniedException", "AccessDenied"]),
    (.internalServer, ["InternalServerException", "InternalFailure", "InternalServerError", "InternalError"]),
    (.validation, ["ValidationException", "ValidationError"]),
    (.throttling, throttling),
    (.serviceQuotaExceeded, ["ServiceQuotaExceededException"]),
    (.conflict, ["ConflictException"]),
    (.expiredToken, ["ExpiredTokenException", "ExpiredToken"]),
    (.clockSkew, ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]),
    (.invalidSignature, ["InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"]),
    (.unrecognizedClient, ["UnrecognizedClientException", "InvalidClientTokenId"]),
    (.missingAuthenticationToken, ["MissingAuthenticationTokenException", "MissingAuthenticationToken"]),
    (.incompleteSignature, ["IncompleteSignatureException", "IncompleteSignature"]),
    (.optInRequired, ["OptInRequired", "SubscriptionRequiredException"]),
    (.requestTimeout, ["RequestTimeoutException", "RequestTimeout"]),
    (.serviceUnavailable, ["ServiceUnavailableException", "ServiceUnavailable"]),
  ]

  private static let throttling = [
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "TooManyRequestsException",
    "ProvisionedThroughputExceededException", "TransactionInProgressException", "RequestLimitExceeded",
    "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
    "EC2ThrottledException",
  ]
}
