/// Why there is no response. It holds no header, query or body.
public struct TransportError: Error, Sendable, Hashable {
  /// Whether the server may have read the request.
  public enum Delivery: Sendable, Hashable {
    /// Not a byte of the request was sent: it had no effect.
    case notSent
    /// It was sent, in part or whole: it may have had its effect.
    case unknown
  }

  /// The kind of failure.
  public enum Reason: Sendable, Hashable, CaseIterable {
    /// The request cannot be sent as it stands: a control byte in a header, a path without a slash…
    case invalidRequest
    /// Plain HTTP to a host that is not this machine.
    case plainHTTPRefused
    /// The host name has no address.
    case resolution
    /// No connection could be made.
    case connection
    /// The proxy could not be reached, or refused.
    case proxy
    /// The TLS handshake failed, or the server's certificate is not trusted.
    case tls
    /// It took too long.
    case timeout
    /// The connection ended before the whole response was there.
    case closed
    /// The response is not HTTP.
    case malformedResponse
    /// The response is larger than allowed.
    case responseTooLarge
    /// The task was cancelled.
    case cancelled
  }

  /// The kind of failure.
  public var reason: Reason
  /// Whether the server may have read the request.
  public var delivery: Delivery
  /// What happened, in words for the user: lowercase, no full stop.
  public var message: String

  /// An error of these parts.
  public init(_ reason: Reason, delivery: Delivery, message: String) {
    self.reason = reason
    self.delivery = delivery
    self.message = message
  }
}
