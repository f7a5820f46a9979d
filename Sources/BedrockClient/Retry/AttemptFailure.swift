/// How one attempt failed, and what that means for the call.
struct AttemptFailure {
  let cause: BedrockError.Cause
  let retry: RetryClass
  /// Whether this attempt may have had its effect.
  let effect: BedrockError.Effect
  /// What the server asked to wait, in seconds.
  let requestedDelay: Double?

  init(_ error: TransportError) {
    cause = .transport(error)
    retry = RetryClass(error)
    effect = error.delivery == .notSent ? .none : .unknown
    requestedDelay = nil
  }

  init(_ error: CredentialsError) {
    cause = .credentials(error)
    retry = .never
    effect = .none
    requestedDelay = nil
  }

  /// - Parameter retry: the class, where it is not the error's own.
  init(_ error: ServiceError, in response: HTTPResponse, retry: RetryClass? = nil) {
    cause = .service(error)
    self.retry = retry ?? RetryClass(error)
    effect = AttemptFailure.isRefusal(response.status) ? .none : .unknown
    requestedDelay = Backoff.requested(by: response)
  }

  /// A client error says that the request was not carried out; 408 and what servers and gateways say of their own
  /// troubles does not.
  private static func isRefusal(_ status: Int) -> Bool { (400..<500).contains(status) && status != 408 }
}
