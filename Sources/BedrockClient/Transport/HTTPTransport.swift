/// Sends one request once: it follows no redirect, retries nothing, and knows nothing of signatures.
public protocol HTTPTransport: Sendable {
  /// Sends the request as it stands and returns the whole response, whatever its status.
  ///
  /// Cancelling the task ends the transfer with `TransportError.Reason.cancelled`.
  func send(_ request: HTTPRequest, limits: TransferLimits) async throws(TransportError) -> HTTPResponse

  /// Makes ready what can be before the request may go. Throws where it cannot be sent as it stands.
  func prepare(_ request: HTTPRequest, limits: TransferLimits) throws(TransportError) -> PreparedRequest
}

extension HTTPTransport {
  /// Nothing is made ready: a task sends the request.
  public func prepare(_ request: HTTPRequest, limits: TransferLimits) throws(TransportError) -> PreparedRequest {
    PreparedRequest { completion in
      Task {
        do throws(TransportError) {
          completion(.success(try await self.send(request, limits: limits)))
        } catch {
          completion(.failure(error))
        }
      }
    }
  }
}

/// A request that is ready, to be sent at most once.
public struct PreparedRequest: Sendable {
  /// Takes the whole response, whatever its status, on any thread.
  public typealias Completion = @Sendable (Result<HTTPResponse, TransportError>) -> Void

  /// Begins to send it, without waiting.
  public let send: @Sendable (@escaping Completion) -> Void

  /// A request that this sends.
  public init(_ send: @escaping @Sendable (@escaping Completion) -> Void) { self.send = send }
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
