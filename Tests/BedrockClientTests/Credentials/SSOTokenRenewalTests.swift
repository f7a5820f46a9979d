import Foundation
import Testing

@testable import BedrockClient

/// What a session's token that is about to end is renewed by, and what it is not. What botocore does stands in
/// BotocoreScenarioTests.
@Suite struct SSOTokenRenewalTests {
  private static let config = """
    [default]
    sso_session = corp
    sso_account_id = 111122223333
    sso_role_name = r
    [sso-session corp]
    sso_start_url = https://start.example
    sso_region = eu-west-1
    """
  private static let cache = "/home/user/.aws/sso/cache/\(Digest.hexadecimal(Digest.sha1(Array("corp".utf8)))).json"
  private static let keys = AnsweringTransport.Answer.body(
    #"{"roleCredentials":{"accessKeyId":"A","secretAccessKey":"s","sessionToken":"t","expiration":4070908800000}}"#)

  /// Of a session whose token lasts that many seconds more.
  private static func scenario(lasting seconds: Double, _ answers: [AnsweringTransport.Answer]) -> Scenario {
    var scenario = Scenario()
    scenario.files = .shared(config: config)
    scenario.transport = AnsweringTransport(answers)
    let end = scenario.time.date.addingTimeInterval(seconds).formatted(.iso8601)
    scenario.files.contents[cache] = Array(
      """
      {"accessToken": "first", "expiresAt": "\(end)", "clientId": "c", "clientSecret": "canary-secret",
       "refreshToken": "canary-refresh", "registrationExpiresAt": "2099-01-01T00:00:00Z"}
      """.utf8)
    return scenario
  }

  private static func token(_ name: String = "second", lasting seconds: Int = 3600) -> AnsweringTransport.Answer {
    .body(#"{"accessToken": "\#(name)", "expiresIn": \#(seconds), "refreshToken": "next"}"#)
  }

  /// The tokens that the portal was asked with.
  private static func used(_ scenario: Scenario) -> [String] {
    scenario.transport.requests.compactMap { $0.headers["x-amz-sso_bearer_token"] }
  }

  @Test func inTheLastQuarterOfAnHourItIsRenewedAndKept() async throws {
    let scenario = Self.scenario(lasting: 899, [Self.token(), Self.keys, Self.keys])
    for _ in 1...2 { #expect(try await scenario.resolve().credentials.accessKeyID == "A") }
    #expect(Self.used(scenario) == ["second", "second"])
    #expect(scenario.transport.requests.first?.url == "https://oidc.eu-west-1.amazonaws.com/token")
    let kept = try #require(scenario.files.replaced.contents.withLock { $0[Self.cache] })
    let token = try JSONDecoder().decode(SSOToken.self, from: Data(kept))
    #expect(token.expiration == scenario.time.date.addingTimeInterval(3600))
    #expect(token.refreshToken == "next" && token.clientSecret == "canary-secret")
    #expect(token.startUrl == "https://start.example" && token.region == "eu-west-1")
  }

  @Test func beforeThatItIsNot() async throws {
    let scenario = Self.scenario(lasting: 901, [Self.keys])
    _ = try await scenario.resolve()
    #expect(Self.used(scenario) == ["first"] && scenario.transport.requests.count == 1)
  }

  /// Whoever does not renew it leaves it as good as it is.
  @Test(
    arguments: [
      .body(#"{"error": "invalid_grant"}"#, status: 400), .body("", status: 302), .body("{}"), .body("[]"),
      token("a\\r\\nX: y"),
      token(""), token(lasting: 0), token(lasting: -5), token(lasting: 1 << 62),
      .body(#"{"accessToken": "second", "expiresIn": "3600"}"#), .huge,
    ] as [AnsweringTransport.Answer])
  func whatIsNoTokenLeavesTheOneBefore(_ answer: AnsweringTransport.Answer) async throws {
    // One that is too large counts as none, and is asked for again.
    let isHuge = if case .response(let response) = answer { response.body.count > 1 << 20 } else { false }
    let answers = Array(repeating: answer, count: isHuge ? 3 : 1) + [Self.keys]
    let lasting = Self.scenario(lasting: 60, answers)
    #expect(try await lasting.resolve().credentials.accessKeyID == "A")
    #expect(Self.used(lasting) == ["first"])
    #expect(lasting.files.replaced.contents.withLock { $0.isEmpty })

    let ended = Self.scenario(lasting: -60, answers)
    let error = await ended.error()
    #expect(error?.message == "the session of IAM Identity Center has expired")
    #expect(error?.help == "run `aws sso login --profile …` for `default`")
    #expect(error.map { "\($0)".contains("canary") } == false)
    #expect(Self.used(ended).isEmpty)
  }

  @Test func whereNobodyAnswersTheOneBeforeServes() async throws {
    let silence = Array(repeating: AnsweringTransport.Answer.silence, count: 3)
    let scenario = Self.scenario(lasting: 60, silence + [Self.keys])
    #expect(try await scenario.resolve().credentials.accessKeyID == "A")
    #expect(Self.used(scenario) == ["first"])
  }

  @Test func oneThatCannotBeKeptServesAllTheSame() async throws {
    var scenario = Self.scenario(lasting: -60, [Self.token(), Self.keys])
    scenario.files.isReadOnly = true
    #expect(try await scenario.resolve().credentials.accessKeyID == "A")
    #expect(Self.used(scenario) == ["second"])
  }
}
