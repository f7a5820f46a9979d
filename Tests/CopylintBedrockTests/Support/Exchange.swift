import BedrockClient
import NIOHTTP1

@testable import CopylintBedrock

/// The two ways to a handler: past the wire, and over it. A test that takes one as its argument runs both.
enum Way: String, CaseIterable {
  case inProcess
  case live
}

/// A request of a test's, whichever way it takes.
struct TestRequest {
  var method = "GET"
  var target = "/"
  var headers: [(String, String)] = []
  var body: [UInt8] = []

  /// The bytes on the wire; `host` and `content-length` are added where they are missing.
  var wire: [UInt8] {
    var lines = ["\(method) \(target) HTTP/1.1"]
    lines += completeHeaders.map { "\($0.0): \($0.1)" }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  var head: HTTPRequestHead {
    HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: method), uri: target,
      headers: NIOHTTP1.HTTPHeaders(completeHeaders))
  }

  private var completeHeaders: [(String, String)] {
    let has = { (name: String) in headers.contains { $0.0.lowercased() == name } }
    var all = headers
    if !has("host") { all.append(("host", "127.0.0.1")) }
    if !has("content-length"), !body.isEmpty { all.append(("content-length", String(body.count))) }
    return all
  }
}

/// A handler, and one of the ways to it.
struct Exchange {
  let handler: any HTTPHandler
  let server: HTTPServer?

  /// Runs `body`, with a server about it for the live way.
  static func with<Result>(
    _ way: Way, _ handler: any HTTPHandler, limits: ServerLimits = .patient,
    _ body: (Exchange) async throws -> Result
  ) async throws -> Result {
    guard way == .live else { return try await body(Exchange(handler: handler, server: nil)) }
    let server = try await HTTPServer.start(handler, limits: limits)
    do {
      let result = try await body(Exchange(handler: handler, server: server))
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }

  func send(_ request: TestRequest) async throws -> WireResponse {
    guard let server else { return try await sendInProcess(request) }
    let connection = try await RawConnection.open(server.port)
    await connection.send(request.wire)
    let responses = await connection.readResponses(1)
    await connection.close()
    guard let response = responses.first else { throw NoResponse() }
    return response
  }

  struct NoResponse: Error {}

  private func sendInProcess(_ request: TestRequest) async throws -> WireResponse {
    let response: ServerResponse
    do {
      response = await handler.respond(
        to: try ServerRequest(head: request.head, body: request.body, rules: HeadRules()))
    } catch {
      response = error.response
    }
    return WireResponse(
      status: Int(response.status.code),
      headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }),
      body: response.body)
  }
}

extension ServerLimits {
  /// Time limits that no busy machine runs into: what a test waits for may wait for a thread itself.
  static var patient: ServerLimits {
    var limits = ServerLimits()
    (limits.requestTime, limits.idleTime, limits.responseTime) = (.minutes(10), .minutes(10), .minutes(10))
    return limits
  }
}
