/// An error that the service answered with.
public struct ServiceError: Error, Sendable, Hashable {
  /// What the code stands for.
  public var kind: Kind
  /// The code as the service wrote it, without its namespace; empty where it wrote none.
  public var code: String
  /// The service's own words: text of somebody else's, to be escaped before it is shown.
  public var message: String
  /// The HTTP status.
  public var status: Int
  /// The request id (`x-amzn-requestid`), which AWS Support asks for.
  public var requestID: String?

  /// An error of these parts.
  public init(kind: Kind, code: String, message: String, status: Int, requestID: String? = nil) {
    self.kind = kind
    self.code = code
    self.message = message
    self.status = status
    self.requestID = requestID
  }

  /// Whether the same request may succeed later, without anybody mending anything.
  public var canRetry: Bool { RetryClass(self) != .never }
}

extension ServiceError {
  /// The errors that Bedrock declares for the model copy operations, and those that AWS endpoints answer with anyway.
  public enum Kind: Sendable, Hashable {
    /// ResourceNotFoundException: the source model or the job is not there, or not shared with this account.
    case resourceNotFound
    /// AccessDeniedException: IAM, an SCP or the model's owner does not allow it.
    case accessDenied
    /// InternalServerException.
    case internalServer
    /// TooManyTagsException, and the resource that has too many.
    case tooManyTags(resourceName: String?)
    /// ValidationException: a member breaks a constraint.
    case validation
    /// ThrottlingException and its older names.
    case throttling
    /// ServiceQuotaExceededException.
    case serviceQuotaExceeded
    /// ConflictException.
    case conflict
    /// ExpiredTokenException: the temporary credentials are over.
    case expiredToken
    /// RequestTimeTooSkewed, RequestExpired, RequestInTheFuture: this machine's clock is wrong.
    case clockSkew
    /// InvalidSignatureException: another secret, or a clock that is wrong.
    case invalidSignature
    /// UnrecognizedClientException: no such access key id or session token.
    case unrecognizedClient
    /// MissingAuthenticationTokenException.
    case missingAuthenticationToken
    /// IncompleteSignatureException.
    case incompleteSignature
    /// OptInRequired: the account is not signed up for the service.
    case optInRequired
    /// RequestTimeout: the service gave up reading.
    case requestTimeout
    /// ServiceUnavailableException.
    case serviceUnavailable
    /// Any other code, or none.
    case unrecognized
  }
}
