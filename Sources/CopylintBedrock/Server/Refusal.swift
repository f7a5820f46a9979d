import NIOHTTP1

/// Why the server does not hand a request to its handler: it answers and closes the connection.
public struct Refusal: Error, Equatable, Sendable {
  /// What the client is answered.
  public var status: HTTPResponseStatus
  /// What is wrong with the request: lowercase, no full stop, and nothing of the request in it.
  public var reason: String

  init(_ status: HTTPResponseStatus = .badRequest, _ reason: String) {
    self.status = status
    self.reason = reason
  }

  /// The answer; the server closes the connection after it.
  public var response: ServerResponse { .json(status) { $0.member("message", "copylint: \(reason)") } }
}
