/// What answers requests: values in, values out, so that a test needs no socket.
public protocol HTTPHandler: Sendable {
  /// Answers one request. It is not cancelled when the client goes away: what was begun is finished.
  func respond(to request: ServerRequest) async -> ServerResponse

  /// Begins to answer one request, on the connection's thread, which must not be held up.
  func begin(_ request: ServerRequest) -> Answering
}

extension HTTPHandler {
  /// A task that answers.
  public func begin(_ request: ServerRequest) -> Answering { .task { await respond(to: request) } }
}
