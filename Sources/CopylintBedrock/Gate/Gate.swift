import NIOCore

/// A gate in front of Bedrock: it speaks the service's protocol on a local address, judges what would copy a model, and
/// sends on what may go.
public final class Gate: Sendable {
  private let server: HTTPServer
  private let handler: GateHandler

  private init(_ server: HTTPServer, _ handler: GateHandler) { (self.server, self.handler) = (server, handler) }

  /// Starts one. Throws NIO's error where the address cannot be had.
  public static func start(_ options: GateOptions) async throws -> Gate {
    let handler = GateHandler(options)
    let rules = HeadRules(hosts: options.hosts, addressedPaths: options.management.map { _ in "/-/" })
    let server = try await HTTPServer.start(
      handler, on: options.address, rules: rules, limits: options.limits, onConnection: options.onConnection
    ) { refusal in
      let words = GateRefusal(kind: .framing, status: Int(refusal.status.code), reason: refusal.reason)
      options.onEvent(.refused(words))
    }
    return Gate(server, handler)
  }

  /// The port that it listens on.
  public var port: Int { server.port }

  /// How many connections are open.
  public var connectionCount: Int { server.connectionCount }

  /// Takes no new connection, lets calls that have begun be answered, and ends what is left after `limit`. Returns when
  /// the outcomes of all that were answered, or could have been by then, are on disk.
  public func stop(within limit: TimeAmount = .seconds(10)) async {
    let deadline = NIODeadline.now() + limit
    await server.stop(within: limit)
    await handler.close(before: deadline)
  }
}
