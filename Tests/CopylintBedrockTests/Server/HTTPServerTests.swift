import NIOCore
import Testing

@testable import CopylintBedrock

/// What only the wire shows.
@Suite struct HTTPServerTests {
  static let attacks: [(String, Int)] =
    FramingRulesTests.refused.map { ($0.0, Int($0.1)) } + [
      (
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nabGET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        400
      ),
      ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
      ("GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
      ("GET //x HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
      ("GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\r\n", 403),
      ("TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
      ("BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", 417),
      ("\u{16}\u{3}\u{1}\u{2}\n", 400),
    ]

  @Test(arguments: attacks)
  func refusesAndCloses(_ attack: (text: String, status: Int)) async throws {
    let echo = Echo()
    try await Exchange.with(.live, echo) { exchange async throws in
      let responses = try await RawConnection.exchange(exchange.port, attack.text)
      #expect(responses.map(\.status) == [attack.status])
      #expect(responses.first?.headers["connection"] == "close")
      #expect(responses.first?.json["message"] is String)
    }
    #expect(echo.requests.isEmpty)
  }

  @Test func aRequestMayComeInAnyPieces() async throws {
    let wire = TestRequest(method: "POST", target: "/a", body: Array("hello".utf8)).wire
    for step in [1, 2, 3, 50] {
      try await Exchange.with(.live, Echo()) { exchange async throws in
        let connection = try await RawConnection.open(exchange.port)
        for start in stride(from: 0, to: wire.count, by: step) {
          await connection.send(Array(wire[start..<min(start + step, wire.count)]))
        }
        #expect(await connection.readResponses(1).map(\.text) == ["POST /a hello"])
        await connection.close()
      }
    }
  }

  @Test func aConnectionServesOneRequestAfterAnother() async throws {
    try await Exchange.with(.live, Echo()) { exchange async throws in
      let connection = try await RawConnection.open(exchange.port)
      for number in 1...5 {
        await connection.send(TestRequest(target: "/\(number)").wire)
        #expect(await connection.readResponses(number).last?.text == "GET /\(number) ")
      }
      await connection.send(TestRequest(target: "/6", headers: [("Connection", "close")]).wire)
      let end = await connection.readToEnd()
      #expect(WireResponse.parse(end.bytes).count == 6)
      #expect(WireResponse.parse(end.bytes).last?.headers["connection"] == "close")
    }
  }

  @Test func headHasNoBody() async throws {
    try await Exchange.with(.live, Echo()) { exchange async throws in
      let connection = try await RawConnection.open(exchange.port)
      await connection.send(TestRequest(method: "HEAD", target: "/a", headers: [("Connection", "close")]).wire)
      let text = String(decoding: await connection.readToEnd().bytes, as: UTF8.self)
      #expect(text.contains("content-length: 8\r\n"))
      #expect(text.hasSuffix("\r\n\r\n"))
    }
  }

  @Test func aSlowRequestIsCutOff() async throws {
    var limits = ServerLimits.patient
    limits.requestTime = .milliseconds(50)
    for start in ["GET / HT", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf"] {
      try await Exchange.with(.live, Echo(), limits: limits) { exchange async throws in
        #expect(try await RawConnection.exchange(exchange.port, start).map(\.status) == [408])
      }
    }
  }

  @Test func anIdleConnectionIsClosed() async throws {
    var limits = ServerLimits.patient
    limits.idleTime = .milliseconds(50)
    try await Exchange.with(.live, Echo(), limits: limits) { exchange async throws in
      let connection = try await RawConnection.open(exchange.port)
      #expect(await connection.readToEnd().bytes.isEmpty)
      // On a busy machine the limit may be over before the request is there.
      var responses: [WireResponse] = []
      repeat {
        let connection = try await RawConnection.open(exchange.port)
        await connection.send(TestRequest().wire)
        responses = WireResponse.parse(await connection.readToEnd().bytes)
      } while responses.isEmpty
      #expect(responses.map(\.status) == [200])
    }
  }

  @Test func bodiesShareAMemory() async throws {
    var limits = ServerLimits.patient
    limits.totalBodyBytes = 10
    try await Exchange.with(.live, Echo(), limits: limits) { exchange async throws in
      let first = try await RawConnection.open(exchange.port)
      await first.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n12345678")
      // Until the first body has come, the second may find room.
      var statuses: [Int] = []
      repeat {
        statuses = try await RawConnection.exchange(
          exchange.port, "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\nabcd"
        ).map(\.status)
      } while statuses == [200]
      #expect(statuses == [503])
      await first.send("9")
      #expect(await first.readResponses(1).map(\.text) == ["POST / 123456789"])
      await first.close()
      #expect(
        try await exchange.send(TestRequest(method: "POST", body: Array("0123456789".utf8))).text == "POST / 0123456789"
      )
    }
  }

  @Test func aBodyThatIsNotNeededIsReadAndDropped() async throws {
    var limits = ServerLimits.patient
    limits.totalBodyBytes = 10
    try await Exchange.with(.live, Echo(needsBodies: false), limits: limits) { exchange async throws in
      let connection = try await RawConnection.open(exchange.port)
      for number in 1...2 {
        await connection.send(TestRequest(method: "POST", body: Array(repeating: 0x61, count: 100_000)).wire)
        #expect(await connection.readResponses(number).map(\.text) == Array(repeating: "POST / ", count: number))
      }
      await connection.close()
    }
  }

  @Test func connectionsAreCounted() async throws {
    var limits = ServerLimits.patient
    limits.connections = 1
    try await Exchange.with(.live, Echo(), limits: limits) { exchange async throws in
      let first = try await RawConnection.open(exchange.port)
      await first.send(TestRequest().wire)
      _ = await first.readResponses(1)
      let second = try await RawConnection.open(exchange.port)
      #expect(await second.readToEnd().bytes.isEmpty)
      await first.close()
    }
  }

  @Test func manyConnectionsAreServedAtOnce() async throws {
    let echo = Echo()
    try await Exchange.with(.live, echo) { exchange async throws in
      var connections: [RawConnection] = []
      for _ in 0..<300 { connections.append(try await RawConnection.open(exchange.port)) }
      for (number, connection) in connections.enumerated() {
        await connection.send(TestRequest(target: "/\(number)").wire)
      }
      for (number, connection) in connections.enumerated() {
        #expect(await connection.readResponses(1).map(\.text) == ["GET /\(number) "])
        await connection.close()
      }
    }
    #expect(echo.requests.count == 300)
  }

  @Test func stoppingFinishesWhatHasBegun() async throws {
    let gate = Latch()
    let server = try await HTTPServer.start(gate, limits: .patient)
    let idle = try await RawConnection.open(server.port)
    let busy = try await RawConnection.open(server.port)
    await busy.send(TestRequest().wire)
    await gate.waitForRequest()
    async let stopped: Void = server.stop(within: .minutes(10))
    #expect(await idle.readToEnd().bytes.isEmpty)
    await #expect(throws: (any Error).self) { try await RawConnection.open(server.port) }
    gate.open()
    let end = await busy.readToEnd()
    #expect(WireResponse.parse(end.bytes).map(\.text) == ["late"])
    #expect(WireResponse.parse(end.bytes).first?.headers["connection"] == "close")
    await stopped
    #expect(server.connectionCount == 0)
  }

  @Test func stoppingDoesNotWaitForEver() async throws {
    let server = try await HTTPServer.start(Echo(delivery: .silence))
    let connection = try await RawConnection.open(server.port)
    await connection.send(TestRequest().wire)
    await server.stop(within: .milliseconds(50))
    #expect(await connection.readToEnd().bytes.isEmpty)
  }

  @Test func aClientThatLeavesIsForgotten() async throws {
    let gate = Latch()
    try await Exchange.with(.live, gate) { exchange async throws in
      let connection = try await RawConnection.open(exchange.port)
      await connection.send(TestRequest().wire)
      await gate.waitForRequest()
      await connection.close()
      gate.open()
      #expect(try await exchange.send(TestRequest()).text == "late")
    }
  }

  @Test func refusalsAreReported() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Refusal.self)
    let server = try await HTTPServer.start(Echo(), onRefusal: { continuation.yield($0) })
    _ = try await RawConnection.exchange(server.port, "GET / HTTP/1.1\nHost: localhost\n\n")
    var refusals = stream.makeAsyncIterator()
    #expect(await refusals.next()?.reason == "a line ends without CR")
    await server.stop()
  }

  /// Runs `body` with a server that has a queue of refusals.
  private func refusals(
    _ limits: ServerLimits = .patient, _ body: (Int) async throws -> Void
  ) async throws -> [Refusal] {
    let (stream, continuation) = AsyncStream.makeStream(of: Refusal.self)
    let server = try await HTTPServer.start(Echo(), limits: limits, onRefusal: { continuation.yield($0) })
    try await body(server.port)
    await server.stop()
    continuation.finish()
    return await stream.reduce(into: []) { $0.append($1) }
  }

  static let halves = [
    "GET / HT", "POST / HTTP/1.1\r\nHost: localhost\r\n",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf",
  ]

  @Test(arguments: halves)
  func aClientThatStopsInTheMiddleIsRefused(_ half: String) async throws {
    let refusals = try await refusals { port in
      let connection = try await RawConnection.open(port)
      await connection.send(half)
      await connection.closeOutput()
      #expect(WireResponse.parse(await connection.readToEnd().bytes).map(\.status) == [400])
    }
    #expect(refusals.map(\.reason) == ["the connection ended in the middle of the request"])
  }

  @Test func aWholeRequestIsAnsweredThoughNothingFollows() async throws {
    let refusals = try await refusals { port in
      let connection = try await RawConnection.open(port)
      await connection.send(TestRequest(method: "POST", target: "/a", body: Array("hello".utf8)).wire)
      await connection.closeOutput()
      #expect(WireResponse.parse(await connection.readToEnd().bytes).map(\.text) == ["POST /a hello"])
      let silent = try await RawConnection.open(port)
      await silent.closeOutput()
      #expect(await silent.readToEnd().bytes.isEmpty)
    }
    #expect(refusals.isEmpty)
  }

  @Test func aConnectionTooManyIsReported() async throws {
    var limits = ServerLimits.patient
    limits.connections = 1
    let refusals = try await refusals(limits) { port in
      let first = try await RawConnection.open(port)
      await first.send(TestRequest().wire)
      _ = await first.readResponses(1)
      #expect(await (try RawConnection.open(port)).readToEnd().bytes.isEmpty)
      await first.close()
    }
    #expect(refusals.map(\.status) == [.serviceUnavailable])
  }

  // MARK: Broken on purpose

  @Test func deliversHalf() async throws {
    for (delivery, end) in [(ServerResponse.Delivery.truncated, RawConnection.End.closed), (.interrupted, .reset)] {
      try await Exchange.with(.live, Echo(delivery: delivery)) { exchange async throws in
        let connection = try await RawConnection.open(exchange.port)
        await connection.send(TestRequest(target: "/abc").wire)
        let (bytes, howItEnded) = await connection.readToEnd()
        #expect(WireResponse.parse(bytes).isEmpty)
        if delivery == .truncated { #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("\r\n\r\nGET ")) }
        #expect(howItEnded == end)
      }
    }
  }

  @Test func deliversAReset() async throws {
    try await Exchange.with(.live, Echo(delivery: .reset)) { exchange async throws in
      let connection = try await RawConnection.open(exchange.port)
      await connection.send(TestRequest().wire)
      let (bytes, end) = await connection.readToEnd()
      #expect(bytes.isEmpty)
      #expect(end == .reset)
    }
  }

  @Test func deliversLate() async throws {
    try await Exchange.with(.live, Echo(delivery: .delayed(.milliseconds(30)))) { exchange async throws in
      let start = ContinuousClock.now
      #expect(try await exchange.send(TestRequest()).status == 200)
      #expect(ContinuousClock.now - start >= .milliseconds(30))
    }
  }
}

extension Exchange {
  /// The port of the live way.
  var port: Int { server?.port ?? 0 }
}
