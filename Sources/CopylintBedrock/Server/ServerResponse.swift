import Copylint
import NIOHTTP1

/// What answers a request. The server adds `content-length` and `connection`.
public struct ServerResponse: Sendable {
  /// The status line.
  public var status: HTTPResponseStatus
  /// The handler's own headers.
  public var headers: HTTPHeaders
  /// The whole body.
  public var body: [UInt8]
  /// How it is put on the wire.
  public var delivery = Delivery.whole

  /// How a response is put on the wire. Everything but `whole` is what a broken service does, for tests of clients.
  public enum Delivery: Sendable, Equatable {
    case whole
    /// Whole, but not before this time.
    case delayed(Duration)
    /// The head and half of the body, then the end of the connection.
    case truncated
    /// The head and half of the body, then a TCP reset.
    case interrupted
    /// A TCP reset instead of an answer.
    case reset
    /// Nothing, until the client gives up or the server stops.
    case silence
  }

  /// A response; without arguments, an empty 200.
  public init(_ status: HTTPResponseStatus = .ok, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A JSON object as the body.
  static func json(
    _ status: HTTPResponseStatus, headers: HTTPHeaders = HTTPHeaders(), _ members: (inout JSONWriter) -> Void
  ) -> ServerResponse {
    var writer = JSONWriter()
    writer.object(members)
    var response = ServerResponse(status, headers: headers, body: writer.bytes)
    response.headers.add(name: "content-type", value: "application/json")
    return response
  }
}
