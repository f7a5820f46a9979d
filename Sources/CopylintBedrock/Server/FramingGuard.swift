import NIOCore

/// Stands before NIO's parser and lets through whole, unambiguous messages only, one at a time.
final class FramingGuard: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// The first byte of a request has come.
  struct RequestBegan: Sendable {}

  private enum State {
    case head(FramingRules, ByteBuffer)
    case body(remaining: Int)
    /// A whole request is with the handler; nothing may follow before its response.
    case answering
    case closed
  }

  private let limits: ServerLimits
  private var state: State

  init(_ limits: ServerLimits) {
    self.limits = limits
    state = .head(FramingRules(limits), ByteBuffer())
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    do throws(Refusal) {
      while bytes.readableBytes > 0 {
        switch state {
        case .head(let rules, let head): try readHead(context, rules, head, &bytes)
        case .body(let remaining): try readBody(context, remaining, &bytes)
        case .answering: throw Refusal(.badRequest, "a request follows before the last one is answered")
        case .closed: return
        }
      }
    } catch {
      state = .closed
      context.fireUserInboundEventTriggered(error)
    }
  }

  private func readHead(
    _ context: ChannelHandlerContext, _ rules: FramingRules, _ earlier: ByteBuffer, _ bytes: inout ByteBuffer
  ) throws(Refusal) {
    var (rules, head) = (rules, earlier)
    // The state must not hold a second reference to the buffer, which would then be copied for every piece.
    state = .closed
    if head.readableBytes == 0 { context.fireUserInboundEventTriggered(RequestBegan()) }
    head.writeBuffer(&bytes)
    switch try Self.read(&rules, head) {
    case .incomplete: state = .head(rules, head)
    case .complete(let headBytes, let bodyBytes):
      guard let whole = head.readSlice(length: headBytes) else { return }
      bytes = head
      try checkRest(bytes, bodyBytes)
      state = bodyBytes == 0 ? .answering : .body(remaining: bodyBytes)
      context.fireChannelRead(wrapInboundOut(whole))
    }
  }

  private static func read(_ rules: inout FramingRules, _ head: ByteBuffer) throws(Refusal) -> FramingRules.Progress {
    var result: Result<FramingRules.Progress, Refusal> = .success(.incomplete)
    head.withUnsafeReadableBytes { bytes in
      do throws(Refusal) { result = .success(try rules.read(bytes)) } catch { result = .failure(error) }
    }
    return try result.get()
  }

  private func readBody(
    _ context: ChannelHandlerContext, _ remaining: Int, _ bytes: inout ByteBuffer
  ) throws(Refusal) {
    try checkRest(bytes, remaining)
    let rest = remaining - bytes.readableBytes
    state = rest == 0 ? .answering : .body(remaining: rest)
    context.fireChannelRead(wrapInboundOut(bytes))
    bytes.clear()
  }

  /// A message that says how long it is, and brings more, is one message to one reader and two to another.
  private func checkRest(_ bytes: ByteBuffer, _ expected: Int) throws(Refusal) {
    guard bytes.readableBytes <= expected else {
      throw Refusal(.badRequest, "more bytes follow than the `content-length` says")
    }
  }

  /// Whether no byte of a request has come yet.
  var isBetweenRequests: Bool {
    if case .head(_, let head) = state { head.readableBytes == 0 } else { false }
  }

  /// Whether a head has begun, and not ended.
  var isWithinHead: Bool {
    if case .head(_, let head) = state { head.readableBytes > 0 } else { false }
  }

  /// The response is out: the next request may come.
  func responseSent() {
    if case .answering = state { state = .head(FramingRules(limits), ByteBuffer()) }
  }

  /// Nothing that comes is read any more.
  func close() { state = .closed }
}
