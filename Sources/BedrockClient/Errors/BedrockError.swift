/// Why a call has no answer, and whether it may have had its effect nevertheless.
public struct BedrockError: Error, Sendable, Hashable {
  /// What ended the call: the failure of its last attempt.
  public enum Cause: Sendable, Hashable {
    /// The service answered with an error.
    case service(ServiceError)
    /// There was no answer.
    case transport(TransportError)
    /// There were no credentials.
    case credentials(CredentialsError)
    /// The service answered with success, but not with what the operation answers with.
    case unreadableResponse(status: Int, requestID: String?)
    /// The request cannot be sent as it stands; says why.
    case invalidRequest(String)
    /// ListModelCopyJobs gave a page token for the second time.
    case repeatedPageToken
    /// The task was cancelled between attempts.
    case cancelled
  }

  /// Whether any attempt of the call may have changed something.
  public enum Effect: Sendable, Hashable {
    /// Nothing was sent, or the service refused all of it.
    case none
    /// An attempt was sent to which there was no clear answer.
    case unknown
  }

  /// What ended the call.
  public var cause: Cause
  /// How many attempts were made.
  public var attempts: Int
  /// Whether the call may have had its effect, over all attempts.
  public var effect: Effect

  /// An error of these parts.
  public init(_ cause: Cause, attempts: Int, effect: Effect) {
    self.cause = cause
    self.attempts = attempts
    self.effect = effect
  }

  /// The service's error, where there is one.
  public var serviceError: ServiceError? {
    if case .service(let error) = cause { error } else { nil }
  }
}

extension BedrockError: CustomStringConvertible {
  /// One line, lowercase and without a full stop. The service's words in it are not escaped for a terminal.
  public var description: String {
    switch cause {
    case .service(let error): error.description
    case .transport(let error): error.message
    case .credentials(let error) where error.provider == CredentialsError.anySource: error.message
    case .credentials(let error): "no credentials from \(error)"
    case .unreadableResponse(let status, _): "the service accepted the call (HTTP \(status)) with an unreadable answer"
    case .invalidRequest(let reason): reason
    case .repeatedPageToken: "the service gave the same page token twice"
    case .cancelled: "the call was cancelled"
    }
  }
}

extension ServiceError: CustomStringConvertible {
  /// Code, status, request id and the service's words.
  public var description: String {
    let id = requestID.map { ", request id \($0)" } ?? ""
    return "\(code.isEmpty ? "error without a code" : code) (HTTP \(status)\(id)): \(message)"
  }
}
