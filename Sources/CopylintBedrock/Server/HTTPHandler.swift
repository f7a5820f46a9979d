/// What answers requests: values in, values out, so that a test needs no socket.
public protocol HTTPHandler: Sendable {
  /// Answers one request. It is not cancelled when the client goes away: what was begun is finished.
  func respond(to request: ServerRequest) async -> ServerResponse
}
