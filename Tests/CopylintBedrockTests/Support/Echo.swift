import NIOHTTP1
import Synchronization

@testable import CopylintBedrock

/// Answers with what it was asked, and counts.
final class Echo: HTTPHandler {
  private let state = Mutex<[String]>([])
  private let delivery: ServerResponse.Delivery

  private let needsBodies: Bool

  init(delivery: ServerResponse.Delivery = .whole, needsBodies: Bool = true) {
    (self.delivery, self.needsBodies) = (delivery, needsBodies)
  }

  func needsBody(_ request: ServerRequest) -> Bool { needsBodies }

  /// `METHOD path body` of every request that came through.
  var requests: [String] { state.withLock { $0 } }

  func respond(to request: ServerRequest) async -> ServerResponse {
    let line = "\(request.head.method.rawValue) \(request.target.path) \(String(decoding: request.body, as: UTF8.self))"
    state.withLock { $0.append(line) }
    var response = ServerResponse(body: Array(line.utf8))
    response.delivery = delivery
    return response
  }
}

/// Answers when it is told to.
final class Latch: HTTPHandler {
  private let opened = AsyncStream.makeStream(of: Void.self)
  private let arrived = AsyncStream.makeStream(of: Void.self)

  func open() { opened.continuation.finish() }

  /// Returns when a request is with the handler.
  func waitForRequest() async {
    var iterator = arrived.stream.makeAsyncIterator()
    await iterator.next()
  }

  func respond(to request: ServerRequest) async -> ServerResponse {
    arrived.continuation.yield()
    for await _ in opened.stream {}
    return ServerResponse(body: Array("late".utf8))
  }
}
