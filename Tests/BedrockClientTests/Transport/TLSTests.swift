import Testing

@testable import BedrockClient

@Suite(.needs(programs: "python3", "openssl")) struct TLSTests {
  private static func send(
    to server: TLSServer, as host: String = "127.0.0.1", trusting bundle: String?
  ) async -> Result<HTTPResponse, TransportError> {
    let request = HTTPRequest(
      method: "POST", host: host, port: server.port, path: "/model-copy-jobs",
      headers: HTTPHeaders([("Authorization", "canary")]))
    let limits = TransferLimits(connectTimeout: .seconds(20), timeout: .seconds(30))
    let transport = CurlTransport(CurlTransport.Settings(caBundle: bundle))
    do { return .success(try await transport.send(request, limits: limits)) } catch { return .failure(error) }
  }

  /// Holds a refusal against both ends: what the client says, and what the server got.
  private static func expectRefusal(
    _ result: Result<HTTPResponse, TransportError>, by server: TLSServer, because cause: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    #expect(try await server.nextRequest().isEmpty, sourceLocation: sourceLocation)
    guard case .failure(let error) = result else {
      Issue.record("the server was trusted", sourceLocation: sourceLocation)
      return
    }
    #expect(error.reason == .tls, sourceLocation: sourceLocation)
    #expect(error.delivery == .notSent, sourceLocation: sourceLocation)
    if let cause { #expect(error.message.contains(cause), sourceLocation: sourceLocation) }
  }

  @Test func authorityOfTheBundleIsTrusted() async throws {
    let server = try await TLSServer()
    let response = try await Self.send(to: server, trusting: server.authority).get()
    #expect(response.status == 200)
    #expect(String(decoding: response.body, as: UTF8.self) == "over TLS\n")
    let request = try await server.nextRequest()
    #expect(request.hasPrefix("POST /model-copy-jobs HTTP/1.1\r\n"))
    #expect(request.contains("\r\nAuthorization: canary\r\n"))
  }

  @Test func withoutTheBundleItIsNot() async throws {
    let server = try await TLSServer()
    try await Self.expectRefusal(await Self.send(to: server, trusting: nil), by: server)
  }

  /// Both authorities have one name.
  @Test func authorityOfAnotherBundleIsNotTrusted() async throws {
    let (server, other) = (try await TLSServer(), try await TLSServer())
    try await Self.expectRefusal(await Self.send(to: server, trusting: other.authority), by: server)
  }

  @Test func certificateIsForItsNamesAlone() async throws {
    let server = try await TLSServer(names: "DNS:localhost")
    #expect(try await Self.send(to: server, as: "localhost", trusting: server.authority).get().status == 200)
    #expect(try await server.nextRequest().isEmpty == false)
    try await Self.expectRefusal(await Self.send(to: server, trusting: server.authority), by: server)
  }

  @Test(arguments: [(-2 ... -1, "expired"), (1...2, "not yet valid")])
  func certificateIsForItsDaysAlone(_ days: ClosedRange<Int>, _ cause: String) async throws {
    let server = try await TLSServer(days: days)
    try await Self.expectRefusal(await Self.send(to: server, trusting: server.authority), by: server, because: cause)
  }

  @Test(arguments: ["TLSv1_2", "TLSv1_3"]) func versionsInUseAreSpoken(_ version: String) async throws {
    let server = try await TLSServer(version: version)
    #expect(try await Self.send(to: server, trusting: server.authority).get().status == 200)
  }

  @Test(arguments: ["TLSv1", "TLSv1_1"]) func versionsBeforeAreRefused(_ version: String) async throws {
    let server = try await TLSServer(version: version)
    try await Self.expectRefusal(await Self.send(to: server, trusting: server.authority), by: server)
  }
}
