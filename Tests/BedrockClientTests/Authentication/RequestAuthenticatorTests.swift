import Testing

@testable import BedrockClient

@Suite struct RequestAuthenticatorTests {
  private static func client(_ transport: any HTTPTransport, url: String) throws -> ModelCopyClient {
    ModelCopyClient(
      endpoint: try EndpointResolver().endpoint(.bedrock, in: try Region("eu-west-1"), customURL: url),
      authentication: .bearer(BearerToken("canary")), transport: transport, retries: RetryPolicy(jitter: { 0 }),
      time: ManualTime())
  }

  @Test(arguments: [
    "http://bedrock.example", "http://192.0.2.1:8080", "http://[2001:db8::1]", "http://localhost.example",
    "http://127.0.0.1.example",
  ]) func bearerTokenIsNotSentInTheClear(_ url: String) async throws {
    let transport = ScriptedTransport([.answer(.json(200))])
    let client = try Self.client(transport, url: url)
    do throws(BedrockError) {
      _ = try await client.listModelCopyJobs()
      Issue.record("sent")
    } catch {
      guard case .credentials(let cause) = error.cause else {
        Issue.record("\(error)")
        return
      }
      #expect(cause.reason == .invalidConfiguration)
      #expect(cause.message == "a bearer token is not sent without TLS")
      #expect(cause.help == "use an https endpoint")
      #expect(error.effect == .none)
      #expect(error.attempts == 1)
    }
    #expect(transport.requests.isEmpty)
  }

  @Test(arguments: ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080", "https://bedrock.example"])
  func bearerTokenIsSentOverTLSAndToThisMachine(_ url: String) async throws {
    let transport = ScriptedTransport([.answer(.json(200))])
    _ = try await Self.client(transport, url: url).listModelCopyJobs()
    #expect(transport.requests.map { $0.headers["Authorization"] } == ["Bearer canary"])
  }
}
