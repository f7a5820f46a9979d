/// What answers requests: values in, values out, so that a test needs no socket.
public protocol HTTPHandler: Sendable {
  /// Whether a request, given without its body, is to have it. If not, what comes of the body is read and dropped.
  func needsBody(_ request: ServerRequest) -> Bool

  /// Answers one request. It is not cancelled when the client goes away: what was begun is finished.
  func respond(to request: ServerRequest) async -> ServerResponse

  /// Begins to answer one request, on the connection's thread, which must not be held up.
  func begin(_ request: ServerRequest) -> Answering
}

extension HTTPHandler {
  /// Every body.
  public func needsBody(_ request: ServerRequest) -> Bool { true }

  /// A task that answers.
  public func begin(_ request: ServerRequest) -> Answering { .task { await respond(to: request) } }
}
