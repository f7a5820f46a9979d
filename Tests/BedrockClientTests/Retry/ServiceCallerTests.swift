import Foundation
import Testing

@testable import BedrockClient

@Suite struct ServiceCallerTests {
  static let credentials = AWSCredentials(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: "canary-secret", sessionToken: "canary-token")

  private static func caller(
    _ transport: ScriptedTransport, _ time: ManualTime, maxAttempts: Int = 3, total: Duration? = nil,
    jitter: Double = 0.5
  ) -> ServiceCaller {
    ServiceCaller(
      authenticator: RequestAuthenticator(
        authentication: .sigV4(StaticCredentialsProvider(credentials)),
        signer: SigV4Signer(region: "us-east-1", service: "bedrock")),
      transport: transport,
      retries: RetryPolicy(maxAttempts: maxAttempts, totalTimeout: total, jitter: { jitter }), time: time,
      userAgent: "test")
  }

  static let request = HTTPRequest(method: "POST", host: "bedrock.us-east-1.amazonaws.com", path: "/model-copy-jobs")

  private static func error(_ call: () async throws(BedrockError) -> ServiceCaller.Answer) async -> BedrockError? {
    do {
      _ = try await call()
      return nil
    } catch { return error }
  }

  @Test func threeAttemptsWithDoublingBackoff() async throws {
    let transport = ScriptedTransport([
      .answer(.error(429, "ThrottlingException")), .answer(.error(500, "InternalServerException")), .answer(.json(201)),
    ])
    let time = ManualTime()
    let answer = try await Self.caller(transport, time).call(Self.request)
    #expect(answer.attempts == 3)
    #expect(time.sleeps == [.seconds(0.5), .seconds(1)])
    let marks = transport.requests.map { $0.headers["amz-sdk-request"] }
    #expect(marks == ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"])
    #expect(Set(transport.requests.map { $0.headers["amz-sdk-invocation-id"] }).count == 1)
    #expect(transport.requests.map { $0.headers["X-Amz-Date"] }.last == "20150830T123601Z")
  }

  @Test func theLastFailureIsThrownWithTheEffectOfAll() async {
    let transport = ScriptedTransport([
      .failure(.timeout, .unknown), .failure(.connection, .notSent), .answer(.error(429, "ThrottlingException")),
    ])
    let error = await Self.error { () throws(BedrockError) in
      try await Self.caller(transport, ManualTime()).call(Self.request)
    }
    #expect(error?.serviceError?.kind == .throttling)
    #expect(error?.attempts == 3)
    #expect(error?.effect == .unknown)
  }

  static let single: [(ScriptedTransport.Step, RetryClass, BedrockError.Effect)] = [
    (.answer(.error(400, "ValidationException")), .never, .none),
    (.answer(.error(403, "AccessDeniedException")), .never, .none),
    (.answer(.error(403, "ExpiredTokenException")), .never, .none),
    (.answer(.error(404, "ResourceNotFoundException")), .never, .none),
    (.answer(.error(409, "ConflictException")), .never, .none),
    (.answer(.error(400, "ServiceQuotaExceededException")), .never, .none),
    (.answer(.error(400, "ThrottlingException")), .throttling, .none),
    (.answer(.error(429, "Whatever")), .throttling, .none),
    (.answer(.error(408, "RequestTimeoutException")), .transient, .unknown),
    (.answer(.error(500, "InternalServerException")), .transient, .unknown),
    (.answer(.json(502, "<html>")), .transient, .unknown),
    (.answer(.json(503, "")), .transient, .unknown),
    (.answer(.json(504, "")), .transient, .unknown),
    (.answer(.json(501, "")), .never, .unknown),
    (.answer(.json(302, "")), .never, .unknown),
    (.failure(.connection, .notSent), .transient, .none),
    (.failure(.resolution, .notSent), .transient, .none),
    (.failure(.closed, .unknown), .transient, .unknown),
    (.failure(.timeout, .notSent), .timeout, .none),
    (.failure(.responseTooLarge, .unknown), .never, .unknown),
    (.failure(.plainHTTPRefused, .notSent), .never, .none),
    (.failure(.cancelled, .unknown), .never, .unknown),
  ]

  @Test(arguments: single.indices) func classes(_ index: Int) async {
    let (step, retry, effect) = Self.single[index]
    let transport = ScriptedTransport([step, step])
    let time = ManualTime()
    let error = await Self.error { () throws(BedrockError) in
      try await Self.caller(transport, time, maxAttempts: 2).call(Self.request)
    }
    #expect(error?.attempts == (retry == .never ? 1 : 2))
    #expect(time.sleeps.count == (retry == .never ? 0 : 1))
    #expect(error?.effect == effect)
  }

  @Test func quotaRunsDryAndComesBack() async throws {
    let failing = Array(repeating: ScriptedTransport.Step.failure(.timeout, .unknown), count: 26)
    let transport = ScriptedTransport(
      Array(repeating: failing, count: 4).flatMap { $0 } + [.answer(.json(200))] + failing)
    let caller = Self.caller(transport, ManualTime(), maxAttempts: 26)
    // 25 retries after timeouts cost 250.
    for attempts in [26, 26, 1, 1] {
      let error = await Self.error { () throws(BedrockError) in try await caller.call(Self.request) }
      #expect(error?.attempts == attempts)
    }
  }

  @Test func waitsDoNotPassTheTotalLimit() async {
    let transport = ScriptedTransport(Array(repeating: .answer(.error(503, "ServiceUnavailable")), count: 9))
    let time = ManualTime()
    let error = await Self.error { () throws(BedrockError) in
      try await Self.caller(transport, time, maxAttempts: 9, total: .seconds(3), jitter: 1).call(Self.request)
    }
    // 1 s, then 2 s would reach the limit.
    #expect(time.sleeps == [.seconds(1)])
    #expect(error?.attempts == 2)
    #expect(error?.serviceError?.status == 503)
    #expect(transport.limits.map(\.timeout) == [.seconds(3), .seconds(2)])
  }

  @Test(arguments: [
    ("Retry-After", "2", 2.0), ("Retry-After", "31536000", 5.5), ("Retry-After", "-1", 0.5),
    ("Retry-After", "99999999999999999999999", 0.5), ("x-amz-retry-after", "1500", 1.5),
    ("x-amz-retry-after", "10", 0.5), ("Retry-After", "Sun, 06 Nov 2094 08:49:37 GMT", 0.5),
  ]) func retryAfterIsBounded(_ name: String, _ value: String, _ seconds: Double) async {
    let transport = ScriptedTransport([
      .answer(.error(503, "ServiceUnavailable", [(name, value)])), .answer(.json(200)),
    ])
    let time = ManualTime()
    _ = try? await Self.caller(transport, time).call(Self.request)
    #expect(time.sleeps == [.seconds(seconds)])
  }

  @Test(arguments: ["RequestTimeTooSkewed", "InvalidSignatureException", "SignatureDoesNotMatch"])
  func skewIsCorrected(_ code: String) async throws {
    let served = ("Date", "Sun, 30 Aug 2015 14:36:00 GMT")
    let transport = ScriptedTransport([
      .answer(.error(403, code, [served])), .answer(.json(200)), .answer(.json(200)),
    ])
    let caller = Self.caller(transport, ManualTime(), jitter: 0)
    _ = try await caller.call(Self.request)
    _ = try await caller.call(Self.request)
    let dates = transport.requests.map { $0.headers["X-Amz-Date"] }
    #expect(dates == ["20150830T123600Z", "20150830T143600Z", "20150830T143600Z"])
  }

  @Test func wrongSignatureAtTheRightTimeIsFinal() async {
    let served = ("Date", "Sun, 30 Aug 2015 12:38:00 GMT")
    let transport = ScriptedTransport([
      .answer(.error(403, "InvalidSignatureException", [served])), .answer(.json(200)),
    ])
    let error = await Self.error { () throws(BedrockError) in
      try await Self.caller(transport, ManualTime()).call(Self.request)
    }
    #expect(error?.serviceError?.kind == .invalidSignature)
    #expect(error?.attempts == 1)
  }

  @Test func secretsThatTheServiceRepeatsAreTakenOut() async {
    let body = "{\"message\":\"x-amz-security-token:canary-token\\n canary-secret\"}"
    let transport = ScriptedTransport([.answer(.json(403, body, [("x-amzn-errortype", "InvalidSignatureException")]))])
    let error = await Self.error { () throws(BedrockError) in
      try await Self.caller(transport, ManualTime()).call(Self.request)
    }
    #expect(error?.serviceError?.message == "x-amz-security-token:[redacted]\n [redacted]")
    var dumped = ""
    dump(error as Any, to: &dumped)
    #expect(!dumped.contains("canary"))
  }

  @Test func missingCredentialsSendNothing() async {
    struct None: CredentialsProvider {
      func credentials() async throws(CredentialsError) -> AWSCredentials {
        throw CredentialsError(.notConfigured, provider: "chain", message: "no credentials")
      }
    }
    let transport = ScriptedTransport([])
    let caller = ServiceCaller(
      authenticator: RequestAuthenticator(
        authentication: .sigV4(None()), signer: SigV4Signer(region: "us-east-1", service: "bedrock")),
      transport: transport, retries: RetryPolicy(), time: ManualTime(), userAgent: "test")
    let error = await Self.error { () throws(BedrockError) in try await caller.call(Self.request) }
    #expect(error?.effect == BedrockError.Effect.none)
    #expect(transport.requests.isEmpty)
  }
}
