import Testing

@testable import CopylintBedrock

@Suite struct SandboxTests {
  @Test func startsOnAFreePortAndStops() async throws {
    let sandbox = try await Sandbox.start()
    #expect(sandbox.port > 0)
    #expect(sandbox.endpoint == "http://127.0.0.1:\(sandbox.port)")
    await #expect(throws: (any Error).self) { try await Sandbox.start(port: sandbox.port) }
    await sandbox.stop()
    await sandbox.stop()
  }

  /// Of several, for another server may be given a port that has become free.
  @Test func nobodyListensOnceItHasStopped() async throws {
    var refused = 0
    for _ in 0..<5 {
      let sandbox = try await Sandbox.start()
      await sandbox.stop()
      do { _ = try await RawConnection.open(sandbox.port) } catch { refused += 1 }
    }
    #expect(refused > 0)
  }

  @Test func tellsClientsWhatTheyNeed() async throws {
    var options = SandboxOptions()
    options.region = "eu-west-1"
    options.credentials[0].sessionToken = "session-token-example"
    options.bearerToken = "bearer-example"
    let sandbox = try await Sandbox.start(options)
    #expect(
      sandbox.environment.map { "\($0.name)=\($0.value)" } == [
        "AWS_ENDPOINT_URL_BEDROCK=\(sandbox.endpoint)", "AWS_ENDPOINT_URL_STS=\(sandbox.endpoint)",
        "AWS_REGION=eu-west-1", "AWS_DEFAULT_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=AKIDSANDBOXEXAMPLE",
        "AWS_SECRET_ACCESS_KEY=sandbox-example-secret-not-for-aws", "AWS_SESSION_TOKEN=session-token-example",
        "AWS_BEARER_TOKEN_BEDROCK=bearer-example",
      ])
    await sandbox.stop()
  }

  @Test func hearsOfEveryExchange() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: SandboxExchange.self)
    try await SandboxCaller.with(.inProcess) { options in
      options.onExchange = { continuation.yield($0) }
      options.faults.schedule = [2: .throttle]
    } _: { caller async throws in
      _ = try await caller.create(GoodRequest.members())
      _ = try await caller.list()
    }
    var exchanges = stream.makeAsyncIterator()
    let first = await exchanges.next()
    #expect(first?.request == "POST /model-copy-jobs")
    #expect(first?.status == 201)
    let second = await exchanges.next()
    #expect(second?.fault == .throttle)
    #expect(second?.error == "ThrottlingException")
  }
}
