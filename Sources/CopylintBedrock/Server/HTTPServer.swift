import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP/1.1 server that refuses what two readers could understand differently.
public final class HTTPServer: Sendable {
  /// The port that it listens on.
  public let port: Int
  private let listener: any Channel
  private let connections: ConnectionSet
  private let isStopped = Mutex(false)

  /// Listens, and answers with `handler` what `rules` and `limits` let through; `onRefusal` hears of the rest, and
  /// `onConnection` of every connection that is taken, and of its end.
  /// Throws NIO's error when the address cannot be had.
  public static func start(
    _ handler: any HTTPHandler, on address: ListenAddress = ListenAddress(), rules: HeadRules = HeadRules(),
    limits: ServerLimits = ServerLimits(), onConnection: @escaping @Sendable (_ isOpen: Bool) -> Void = { _ in },
    onRefusal: @escaping @Sendable (Refusal) -> Void = { _ in }
  ) async throws -> HTTPServer {
    let service = HTTPService(handler, rules: rules, limits: limits, onRefusal: onRefusal)
    let connections = ConnectionSet(
      limit: min(limits.connections, DescriptorLimit.connections), onChange: onConnection)
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      // A client that has said all it has to say can still be answered.
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in Self.setUp(channel, service, connections) }
      .bind(host: address.host, port: address.port).get()
    return HTTPServer(listener, connections)
  }

  private init(_ listener: any Channel, _ connections: ConnectionSet) {
    self.listener = listener
    self.connections = connections
    port = listener.localAddress?.port ?? 0
  }

  private static func setUp(
    _ channel: any Channel, _ service: HTTPService, _ connections: ConnectionSet
  ) -> EventLoopFuture<Void> {
    guard connections.add(channel) else {
      service.onRefusal(Refusal(.serviceUnavailable, "too many connections at one time"))
      return channel.close()
    }
    return channel.eventLoop.makeCompletedFuture {
      let framing = FramingGuard(service.limits)
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(framing)
      try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
      try pipeline.addHandler(ConnectionHandler(service, framing))
    }
  }

  /// How many connections are open.
  public var connectionCount: Int { connections.count }

  /// Takes no new connection, lets requests that have begun be answered, and ends what is left after `limit`.
  public func stop(within limit: TimeAmount = .seconds(10)) async {
    let wasStopped = isStopped.withLock { stopped in
      defer { stopped = true }
      return stopped
    }
    guard !wasStopped else { return }
    try? await listener.close()
    let drained = connections.drain(on: listener.eventLoop)
    let connections = connections
    let force = listener.eventLoop.scheduleTask(in: limit) { connections.closeAll() }
    try? await drained.get()
    force.cancel()
  }
}
