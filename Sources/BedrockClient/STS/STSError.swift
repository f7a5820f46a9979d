/// Why STS gave no answer. It holds no secret: of the service's text, only code and message, escaped.
public struct STSError: Error, Sendable, Equatable {
  /// The kind of failure.
  public enum Reason: Sendable, Equatable {
    /// STS said no.
    case refused
    /// STS did not answer, or not with something readable.
    case unavailable
  }

  /// The kind of failure.
  public var reason: Reason
  /// The error code, such as `AccessDenied`; nil where there is none.
  public var code: String?
  /// What happened: lowercase, no full stop, the service's words in backticks and escaped.
  public var message: String
}
