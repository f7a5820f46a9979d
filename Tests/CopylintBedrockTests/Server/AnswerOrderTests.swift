import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import CopylintBedrock

/// An answer is on its way before what is left to do about it is done.
@Suite struct AnswerOrderTests {
  private let order = LockedList()

  private struct Handler: HTTPHandler {
    let order: LockedList

    func respond(to request: ServerRequest) async -> ServerResponse { await begin(request).response }

    func begin(_ request: ServerRequest) -> Answering {
      .steps { [order] in
        await Task.yield()
        return Answer(ServerResponse(.created)) { order.append("the rest") }
      }
    }
  }

  private final class Recorder: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = ByteBuffer
    let order: LockedList

    init(_ order: LockedList) { self.order = order }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      order.append(String(unwrapOutboundIn(data).readableBytesView.prefix(12).map { Character(Unicode.Scalar($0)) }))
      context.write(data, promise: promise)
    }
  }

  @Test func theAnswerComesFirst() async throws {
    let service = HTTPService(Handler(order: order), rules: HeadRules(), limits: .patient) { _ in }
    let (channel, order) = (NIOAsyncTestingChannel(), order)
    try await channel.testingEventLoop.executeInContext {
      let framing = FramingGuard(service.limits)
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(Recorder(order))
      try pipeline.addHandler(framing)
      try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
      try pipeline.addHandler(ConnectionHandler(service, framing))
    }
    try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
    try await channel.writeInbound(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    while order.values.count < 2 {
      await channel.testingEventLoop.run()
      await Task.yield()
    }
    #expect(order.values == ["HTTP/1.1 201", "the rest"])
    _ = try await channel.finish(acceptAlreadyClosed: true)
  }

  @Test func whoAsksForTheAnswerHasTheRestDone() async throws {
    let request = try ServerRequest(
      head: HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: ["host": "localhost"]), body: [],
      rules: HeadRules())
    #expect(await Handler(order: order).respond(to: request).status == .created)
    #expect(order.values == ["the rest"])
  }
}
