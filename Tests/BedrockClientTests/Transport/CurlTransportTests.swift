import Foundation
import Synchronization
import Testing

@testable import BedrockClient

@Suite struct CurlTransportTests {
  private static func send(
    _ step: ScriptedServer.Step, _ change: (inout HTTPRequest) -> Void = { _ in },
    limits: TransferLimits = TransferLimits()
  ) async throws -> (result: Result<HTTPResponse, TransportError>, requests: [String]) {
    let server = try ScriptedServer([step])
    defer { server.stop() }
    var request = HTTPRequest(method: "GET", scheme: .http, host: "127.0.0.1", port: server.port)
    change(&request)
    let result: Result<HTTPResponse, TransportError>
    do { result = .success(try await CurlTransport().send(request, limits: limits)) } catch { result = .failure(error) }
    return (result, server.requests)
  }

  private static func failure(_ result: Result<HTTPResponse, TransportError>) -> TransportError? {
    if case .failure(let error) = result { error } else { nil }
  }

  @Test func sendsWhatItIsGivenAndNothingElse() async throws {
    let answer = ScriptedServer.response("201 Created", headers: "X-Amzn-RequestId: r-1\r\n", body: "{\"a\":\"é\"}")
    let (result, requests) = try await Self.send(.answer(answer)) {
      $0.method = "POST"
      $0.path = "/a%2Fb//./c"
      $0.query = "x=%20&y"
      $0.headers = HTTPHeaders([("Content-Type", "application/json"), ("X-Empty", "")])
      $0.body = Array("{}".utf8)
    }
    let response = try result.get()
    #expect(response.status == 201)
    #expect(response.headers["x-amzn-requestid"] == "r-1")
    #expect(String(decoding: response.body, as: UTF8.self) == "{\"a\":\"é\"}")
    let lines = requests[0].components(separatedBy: "\r\n")
    #expect(lines[0] == "POST /a%2Fb//./c?x=%20&y HTTP/1.1")
    let names = lines.dropFirst().prefix { !$0.isEmpty }.map { $0.prefix { $0 != ":" } }
    #expect(Set(names) == ["Content-Type", "X-Empty", "Host", "Content-Length"])
    #expect(lines.last == "{}")
  }

  @Test func bodilessPutStatesItsLength() async throws {
    let (_, requests) = try await Self.send(.answer(ScriptedServer.response("200 OK"))) { $0.method = "PUT" }
    #expect(requests[0].contains("PUT / HTTP/1.1\r\n"))
    #expect(requests[0].contains("Content-Length: 0\r\n"))
  }

  @Test func redirectIsNotFollowed() async throws {
    let answer = ScriptedServer.response("307 Temporary Redirect", headers: "Location: http://127.0.0.1:1/\r\n")
    let (result, requests) = try await Self.send(.answer(answer))
    #expect(try result.get().status == 307)
    #expect(requests.count == 1)
  }

  @Test func interimResponseIsSkipped() async throws {
    let answer = "HTTP/1.1 100 Continue\r\nX: 1\r\n\r\n" + ScriptedServer.response("200 OK", headers: "Y: 2\r\n")
    let response = try await Self.send(.answer(answer)).result.get()
    #expect(response.status == 200)
    #expect(response.headers["X"] == nil)
    #expect(response.headers["Y"] == "2")
  }

  /// Whatever happens after the request was written leaves its effect unknown.
  static let faults: [(ScriptedServer.Step, TransportError.Reason)] = [
    (.reset(after: ""), .closed),
    (.answer(""), .closed),
    (.reset(after: "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"), .closed),
    (.answer("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"), .closed),
    (.answer("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), .closed),
    (.answer("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab"), .closed),
    (.answer("garbage\r\n\r\n"), .malformedResponse),
    (.answer(ScriptedServer.response("200 OK", body: String(repeating: "x", count: 101))), .responseTooLarge),
    (.answer("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 70_000) + "\r\n\r\n"), .responseTooLarge),
    (.hold(""), .timeout),
    (.hold("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"), .timeout),
  ]

  @Test(arguments: faults.indices) func faultAfterSendingIsUnknown(_ index: Int) async throws {
    let (step, reason) = Self.faults[index]
    let limits = TransferLimits(timeout: .milliseconds(300), maximumResponseSize: 100)
    let error = Self.failure(try await Self.send(step, limits: limits).result)
    #expect(error?.reason == reason)
    #expect(error?.delivery == .unknown)
  }

  @Test func refusedConnectionIsNotSent() async throws {
    let server = try ScriptedServer([])
    server.stop()
    let request = HTTPRequest(method: "POST", scheme: .http, host: "127.0.0.1", port: server.port, body: [1])
    await #expect(throws: TransportError.self) { try await CurlTransport().send(request, limits: TransferLimits()) }
    do throws(TransportError) { _ = try await CurlTransport().send(request, limits: TransferLimits()) } catch {
      #expect(error.reason == .connection)
      #expect(error.delivery == .notSent)
    }
  }

  @Test func tlsFailureIsNotSent() async throws {
    let (result, _) = try await Self.send(.speakFirst("HTTP/1.1 400 Bad Request\r\n\r\n")) { $0.scheme = .https }
    #expect(Self.failure(result)?.reason == .tls)
    #expect(Self.failure(result)?.delivery == .notSent)
  }

  @Test func handshakeThatHangsIsNotSent() async throws {
    let limits = TransferLimits(connectTimeout: .milliseconds(200))
    let (result, _) = try await Self.send(.hold(""), { $0.scheme = .https }, limits: limits)
    #expect(Self.failure(result)?.reason == .timeout)
    #expect(Self.failure(result)?.delivery == .notSent)
  }

  @Test func missingCABundleIsAnErrorOfTLS() async throws {
    let server = try ScriptedServer([.hangUp])
    defer { server.stop() }
    let transport = CurlTransport(CurlTransport.Settings(caBundle: "/nonexistent/ca.pem"))
    let request = HTTPRequest(method: "GET", host: "127.0.0.1", port: server.port)
    do throws(TransportError) {
      _ = try await transport.send(request, limits: TransferLimits())
      Issue.record("sent without certificates")
    } catch {
      #expect(error.reason == .tls)
      #expect(error.delivery == .notSent)
    }
  }

  @Test(arguments: ["bedrock.us-east-1.amazonaws.com", "192.0.2.1", "2001:db8::1", "localhost.example"])
  func plainHTTPElsewhereIsRefused(_ host: String) async throws {
    let request = HTTPRequest(method: "GET", scheme: .http, host: host)
    do throws(TransportError) {
      _ = try await CurlTransport().send(request, limits: TransferLimits())
      Issue.record("sent")
    } catch {
      #expect(error.reason == .plainHTTPRefused)
      #expect(error.delivery == .notSent)
    }
  }

  @Test func syntaxFaultsAreRefused() async throws {
    let changes: [(inout HTTPRequest) -> Void] = [
      { $0.headers.append("X", "a\r\nY: b") }, { $0.headers.append("X:", "a") }, { $0.path = "a" },
      { $0.path = "/a b" }, { $0.path = "/é" }, { $0.path = "/a?b" }, { $0.query = "a#b" }, { $0.method = "GET /" },
      { $0.host = "a/b" }, { $0.host = "u@127.0.0.1" }, { $0.port = 70_000 },
    ]
    for change in changes {
      let (result, requests) = try await Self.send(.hangUp, change)
      #expect(Self.failure(result)?.reason == .invalidRequest)
      #expect(requests.isEmpty)
    }
  }

  @Test func cancellingEndsTheTransfer() async throws {
    let server = try ScriptedServer([.hold("")])
    defer { server.stop() }
    let request = HTTPRequest(method: "GET", scheme: .http, host: "127.0.0.1", port: server.port)
    // Beside tests that block threads this one may wait long for its turn to cancel.
    let limits = TransferLimits(connectTimeout: .seconds(600), timeout: .seconds(600))
    let task = Task { () throws(TransportError) in try await CurlTransport().send(request, limits: limits) }
    while server.requests.isEmpty { await Task.yield() }
    task.cancel()
    do {
      _ = try await task.value
      Issue.record("not cancelled")
    } catch let error as TransportError {
      #expect(error.reason == .cancelled)
      #expect(error.delivery == .unknown)
    }
  }

  @Test func cancelledBeforeItsStartIsNotSent() async throws {
    let server = try ScriptedServer([.answer(ScriptedServer.response("200 OK"))])
    defer { server.stop() }
    let request = HTTPRequest(method: "GET", scheme: .http, host: "127.0.0.1", port: server.port)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await CurlTransport().send(request, limits: TransferLimits())
    }
    await #expect {
      try await task.value
    } throws: { ($0 as? TransportError)?.delivery == .notSent && ($0 as? TransportError)?.reason == .cancelled }
    #expect(server.requests.isEmpty)
  }

  @Test func manyAtOnce() async throws {
    let body = String(repeating: "y", count: 10_000)
    let server = try ScriptedServer(Array(repeating: .answer(ScriptedServer.response("200 OK", body: body)), count: 50))
    defer { server.stop() }
    let transport = CurlTransport()
    let request = HTTPRequest(method: "POST", scheme: .http, host: "localhost", port: server.port, body: [0x7B, 0x7D])
    let sizes = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<50 { group.addTask { try await transport.send(request, limits: TransferLimits()).body.count } }
      return try await group.reduce(0, +)
    }
    #expect(sizes == 50 * body.utf8.count)
    #expect(server.requests.count == 50)
  }

  @Test func withoutDescriptorsItFailsAndTriesAgain() async throws {
    let server = try ScriptedServer([.answer(ScriptedServer.response("200 OK", body: "y"))])
    defer { server.stop() }
    let tries = Mutex(0)
    let transport = CurlTransport {
      let isFirst = tries.withLock { tries in
        defer { tries += 1 }
        return tries == 0
      }
      return isFirst ? nil : CurlEventLoop()
    }
    let request = HTTPRequest(method: "GET", scheme: .http, host: "127.0.0.1", port: server.port)
    let limits = TransferLimits()
    let error = await #expect(throws: TransportError.self) { try await transport.send(request, limits: limits) }
    #expect(error?.reason == .connection && error?.delivery == .notSent)
    #expect(error?.message.contains("file descriptors") == true)
    #expect(try await transport.send(request, limits: limits).status == 200)
    #expect(tries.withLock { $0 } == 2)
  }

  @Test func manyThreadsBeginTransfers() async throws {
    let count = 64
    let answer = ScriptedServer.response("200 OK", body: "y")
    let server = try ScriptedServer(Array(repeating: .answer(answer), count: count))
    defer { server.stop() }
    let transport = CurlTransport()
    let request = HTTPRequest(method: "POST", scheme: .http, host: "127.0.0.1", port: server.port, body: [0x7B, 0x7D])
    let prepared = try (0..<count).map { _ in try transport.prepare(request, limits: TransferLimits()) }
    let statuses = AsyncStream.makeStream(of: Int?.self)
    DispatchQueue.global().async {
      DispatchQueue.concurrentPerform(iterations: count) { index in
        prepared[index].send { statuses.continuation.yield(try? $0.get().status) }
      }
    }
    var answers: [Int?] = []
    for await status in statuses.stream.prefix(count) { answers.append(status) }
    #expect(answers == Array(repeating: 200, count: count))
    #expect(server.requests.count == count)
  }

  @Test func proxyIsAskedForATunnel() async throws {
    let proxy = try ScriptedServer([.answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")])
    defer { proxy.stop() }
    let settings = CurlTransport.Settings(
      proxies: ProxySettings(environment: ["HTTPS_PROXY": "http://user:hunter2@127.0.0.1:\(proxy.port)"]))
    let request = HTTPRequest(
      method: "POST", host: "bedrock.us-east-1.amazonaws.com", headers: HTTPHeaders([("Authorization", "s3cret")]))
    do throws(TransportError) {
      _ = try await CurlTransport(settings).send(request, limits: TransferLimits())
      Issue.record("sent")
    } catch {
      #expect(error.reason == .proxy)
      #expect(error.delivery == .notSent)
      #expect(!"\(error)".contains("hunter2"))
    }
    #expect(proxy.requests[0].hasPrefix("CONNECT bedrock.us-east-1.amazonaws.com:443 HTTP/1.1\r\n"))
    #expect(!proxy.requests[0].contains("s3cret"))
  }

  @Test func plainHTTPToThisMachineTakesNoProxy() async throws {
    let proxy = try ScriptedServer([.hangUp])
    let server = try ScriptedServer([.answer(ScriptedServer.response("200 OK"))])
    defer {
      proxy.stop()
      server.stop()
    }
    let settings = CurlTransport.Settings(
      proxies: ProxySettings(environment: ["http_proxy": "127.0.0.1:\(proxy.port)"]), plainHTTP: .anywhere)
    let request = HTTPRequest(method: "GET", scheme: .http, host: "localhost", port: server.port)
    #expect(try await CurlTransport(settings).send(request, limits: TransferLimits()).status == 200)
    #expect(server.requests.count == 1)
  }
}
