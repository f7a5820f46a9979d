import NIOCore

/// What one server gives to its clients at most.
public struct ServerLimits: Sendable {
  /// Bytes of the request line and the headers together.
  public var headBytes = 16 << 10
  /// Header lines.
  public var headerCount = 64
  /// Bytes of one body.
  public var bodyBytes = 1 << 20
  /// Bytes of all bodies that are in memory at one time; a request beyond them gets 503.
  public var totalBodyBytes = 24 << 20
  /// Connections at one time; one more is closed at once.
  public var connections = 8192
  /// From the first byte of a request to its last.
  public var requestTime = TimeAmount.seconds(15)
  /// Between two requests of a connection, and before the first.
  public var idleTime = TimeAmount.seconds(60)
  /// For the client to take a response.
  public var responseTime = TimeAmount.seconds(30)
  /// For the client to close after a response that ends the connection.
  public var lingerTime = TimeAmount.seconds(1)

  /// The defaults.
  public init() {}
}
