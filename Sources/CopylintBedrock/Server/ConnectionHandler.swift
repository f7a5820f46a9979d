import Copylint
import Glibc
import NIOCore
import NIOHTTP1

/// One connection: gathers a request, has it answered, and watches the clock.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  /// The server stops: finish what is under way, begin nothing.
  struct Drain: Sendable {}

  private enum State {
    case idle
    case receiving(HTTPRequestHead, RequestTarget, body: [UInt8])
    case answering
    case closing
  }

  private let service: HTTPService
  private let framing: FramingGuard
  private var state = State.idle
  private var isLast = false
  private let clock = ConnectionClock()
  private var bodyBytes = 0
  private var keepsBody = true

  init(_ service: HTTPService, _ framing: FramingGuard) {
    self.service = service
    self.framing = framing
  }

  // MARK: What comes

  func channelActive(context: ChannelHandlerContext) {
    expect(within: service.limits.idleTime, context) { $0.context.close(promise: nil) }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    clock.stop()
    releaseBody()
    if isWithinRequest { service.onRefusal(Self.broken) }
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A client that goes away in the middle of a request is a parser's error too.
    guard let error = error as? HTTPParserError, context.channel.isActive else { return context.close(promise: nil) }
    refuse(error == .invalidEOFState ? Self.broken : Refusal(.badRequest, "the request is malformed"), context)
  }

  private static let broken = Refusal(.badRequest, "the connection ended in the middle of the request")

  /// Whether a request has begun of which more must come.
  private var isWithinRequest: Bool {
    switch state {
    case .idle: framing.isWithinHead
    case .receiving: true
    case .answering, .closing: false
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is FramingGuard.RequestBegan:
      expect(within: service.limits.requestTime, context) {
        $0.handler.refuse(Refusal(.requestTimeout, "the request took too long to come"), $0.context)
      }
    case let refusal as Refusal: refuse(refusal, context)
    case is Drain: drain(context)
    case ChannelEvent.inputClosed: inputClosed(context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    do throws(Refusal) {
      switch (unwrapInboundIn(data), state) {
      case (.head(let head), .idle):
        let target = try service.rules.check(head)
        keepsBody = service.handler.needsBody(ServerRequest(head: head, target: target, body: []))
        state = .receiving(head, target, body: [])
      case (.body, .receiving) where !keepsBody: return
      case (.body(let bytes), .receiving(let head, let target, var body)):
        // INVARIANT: the state holds no second reference to the array while it grows.
        state = .idle
        try reserve(bytes.readableBytes)
        body.append(contentsOf: bytes.readableBytesView)
        state = .receiving(head, target, body: body)
      case (.end, .receiving(let head, let target, let body)):
        answer(ServerRequest(head: head, target: target, body: body), context)
      default: return
      }
    } catch {
      refuse(error, context)
    }
  }

  private func reserve(_ count: Int) throws(Refusal) {
    guard service.budget.take(count) else { throw Refusal(.serviceUnavailable, "too many requests at one time") }
    bodyBytes += count
  }

  private func releaseBody() {
    service.budget.giveBack(bodyBytes)
    bodyBytes = 0
  }

  /// The client sends nothing more, and may still read.
  private func inputClosed(_ context: ChannelHandlerContext) {
    if isWithinRequest { return refuse(Self.broken, context) }
    switch state {
    case .idle, .receiving, .closing: context.close(promise: nil)
    case .answering: isLast = true
    }
  }

  // MARK: What goes

  private func answer(_ request: ServerRequest, _ context: ChannelHandlerContext) {
    state = .answering
    clock.pause()
    let options = request.head.headers[canonicalForm: "connection"]
    if options.contains(where: { ByteString($0.utf8).asciiLowercased == "close" }) { isLast = true }
    let isHead = request.head.method == .HEAD
    switch service.handler.begin(request) {
    case .ready(let response): deliver(response, isHead: isHead, context)
    case .later(let begin):
      let loop = context.eventLoop
      let reply = NIOLoopBound((handler: self, context: context), eventLoop: loop)
      begin { make in loop.execute { reply.value.handler.deliver(make(), isHead: isHead, reply.value.context) } }
    case .steps(let work):
      let loop = context.eventLoop
      let reply = NIOLoopBound((handler: self, context: context), eventLoop: loop)
      let executor = EventLoopExecutor(loop)
      Task(executorPreference: executor) {
        // A task does not keep its executor.
        defer { withExtendedLifetime(executor) {} }
        let answer = await work()
        // INVARIANT: the executor's steps run on the loop.
        reply.value.handler.deliver(answer.response, isHead: isHead, reply.value.context)
        answer.afterwards()
      }
    case .task(let work):
      context.eventLoop.makeFutureWithTask(work).assumeIsolated()
        .whenSuccess { response in self.deliver(response, isHead: isHead, context) }
    }
  }

  private func deliver(_ response: ServerResponse, isHead: Bool, _ context: ChannelHandlerContext) {
    releaseBody()
    guard case .answering = state, context.channel.isActive else { return }
    switch response.delivery {
    case .whole: send(response, isHead: isHead, context)
    case .delayed(let delay):
      context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) {
        guard case .answering = self.state, context.channel.isActive else { return }
        self.send(response, isHead: isHead, context)
      }
    case .truncated: sendHalf(response, context) { $0.close(promise: nil) }
    case .interrupted: sendHalf(response, context, then: Self.reset)
    case .reset: Self.reset(context)
    case .silence: break
    }
  }

  private func send(_ response: ServerResponse, isHead: Bool, _ context: ChannelHandlerContext) {
    let closes = isLast
    let bytes = ResponseWriter(response: response, closes: closes, isHead: isHead).bytes(context.channel.allocator)
    expect(within: service.limits.responseTime, context) { $0.context.close(promise: nil) }
    let sent = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(bytes), promise: sent)
    sent.futureResult.assumeIsolated().whenSuccess { closes ? self.closeGently(context) : self.awaitNext(context) }
    if closes { framing.close() }
  }

  private func awaitNext(_ context: ChannelHandlerContext) {
    // The server may have begun to stop while the response was on its way.
    guard !isLast else { return closeGently(context) }
    state = .idle
    expect(within: service.limits.idleTime, context) { $0.context.close(promise: nil) }
    framing.responseSent()
  }

  private func sendHalf(
    _ response: ServerResponse, _ context: ChannelHandlerContext,
    then end: @escaping (ChannelHandlerContext) -> Void
  ) {
    state = .closing
    framing.close()
    let half = ResponseWriter(response: response).bytes(bodyBytes: response.body.count / 2, context.channel.allocator)
    let sent = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(half), promise: sent)
    sent.futureResult.assumeIsolated().whenComplete { _ in end(context) }
  }

  private static func reset(_ context: ChannelHandlerContext) {
    _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    context.close(promise: nil)
  }

  // MARK: How it ends

  private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
    framing.close()
    if case .closing = state { return }
    service.onRefusal(refusal)
    switch state {
    case .closing: break
    // A response is on its way, and nothing may stand between its head and its body.
    case .answering: isLast = true
    case .idle, .receiving:
      state = .answering
      isLast = true
      releaseBody()
      send(refusal.response, isHead: false, context)
    }
  }

  private func drain(_ context: ChannelHandlerContext) {
    isLast = true
    if case .idle = state, framing.isBetweenRequests { context.close(promise: nil) }
  }

  /// Says that nothing more comes, and gives the client time to read: closing at once, with bytes of its own unread,
  /// would reset the connection and lose the response.
  private func closeGently(_ context: ChannelHandlerContext) {
    state = .closing
    framing.close()
    expect(within: service.limits.lingerTime, context) { $0.context.close(promise: nil) }
    context.close(mode: .output, promise: nil)
  }

  private func expect(
    within time: TimeAmount, _ context: ChannelHandlerContext,
    otherwise act: @escaping ((handler: ConnectionHandler, context: ChannelHandlerContext)) -> Void
  ) {
    clock.set(time, on: context.eventLoop) { act((self, context)) }
  }
}
