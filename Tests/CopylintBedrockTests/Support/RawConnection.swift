import NIOCore
import NIOPosix

/// A client that sends exactly the bytes it is given, and keeps every byte that comes back.
final class RawConnection: Sendable {
  private let channel: any Channel
  private let received: NIOLoopBound<Received>

  /// How a connection ended.
  enum End: Equatable {
    case closed
    case reset
  }

  static func open(_ port: Int) async throws -> RawConnection {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          let received = Received()
          try channel.pipeline.syncOperations.addHandler(received)
          return RawConnection(channel, NIOLoopBound(received, eventLoop: channel.eventLoop))
        }
      }
  }

  private init(_ channel: any Channel, _ received: NIOLoopBound<Received>) {
    (self.channel, self.received) = (channel, received)
  }

  /// Sends; a server that has gone away already is no mistake of the test's.
  func send(_ bytes: [UInt8]) async { try? await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

  func send(_ text: String) async { await send(Array(text.utf8)) }

  /// All bytes until the server ends the connection.
  func readToEnd() async -> (bytes: [UInt8], end: End) {
    try? await channel.closeFuture.get()
    let received = received
    return (try? await channel.eventLoop.submit { (received.value.bytes, received.value.end) }.get()) ?? ([], .reset)
  }

  /// Waits until so many whole responses have come, or the end.
  func readResponses(_ count: Int) async -> [WireResponse] {
    let received = received
    let bytes = try? await channel.eventLoop.flatSubmit {
      let promise = self.channel.eventLoop.makePromise(of: [UInt8].self)
      received.value.wait(promise, for: count)
      return promise.futureResult
    }.get()
    return WireResponse.parse(bytes ?? [])
  }

  func close() async { try? await channel.close() }

  /// Says that nothing more comes, and still reads.
  func closeOutput() async { try? await channel.close(mode: .output) }

  /// Sends one text and reads to the end.
  static func exchange(_ port: Int, _ text: String) async throws -> [WireResponse] {
    let connection = try await open(port)
    await connection.send(text)
    return WireResponse.parse(await connection.readToEnd().bytes)
  }

  private final class Received: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private(set) var bytes: [UInt8] = []
    private(set) var end = End.closed
    private var isOver = false
    private var waiting: (promise: EventLoopPromise<[UInt8]>, responses: Int)?

    func wait(_ promise: EventLoopPromise<[UInt8]>, for responses: Int) {
      waiting = (promise, responses)
      if isOver || WireResponse.areThere(responses, in: bytes) { finish() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      bytes += Array(unwrapInboundIn(data).readableBytesView)
      if let waiting, WireResponse.areThere(waiting.responses, in: bytes) { finish() }
    }

    func channelInactive(context: ChannelHandlerContext) {
      isOver = true
      finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      end = .reset
      context.close(promise: nil)
    }

    private func finish() {
      waiting?.promise.succeed(bytes)
      waiting = nil
    }
  }
}
