/// Sends one request once: it follows no redirect, retries nothing, and knows nothing of signatures.
public protocol HTTPTransport: Sendable {
  /// Sends the request as it stands and returns the whole response, whatever its status.
  ///
  /// Cancelling the task ends the transfer with `TransportError.Reason.cancelled`.
  func send(_ request: HTTPRequest, limits: TransferLimits) async throws(TransportError) -> HTTPResponse
}

/// The bounds of one attempt.
public struct TransferLimits: Sendable, Hashable {
  /// How long connecting may take, the TLS handshake included.
  public var connectTimeout: Duration
  /// How long all of it may take.
  public var timeout: Duration
  /// The most bytes of response body that are taken; headers are bounded apart.
  public var maximumResponseSize: Int

  /// These bounds. The timeouts' defaults are botocore's (60 s to connect, 60 s to read).
  public init(
    connectTimeout: Duration = .seconds(60), timeout: Duration = .seconds(60), maximumResponseSize: Int = 1 << 20
  ) {
    self.connectTimeout = connectTimeout
    self.timeout = timeout
    self.maximumResponseSize = maximumResponseSize
  }
}
