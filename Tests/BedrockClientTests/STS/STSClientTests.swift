import Foundation
import Testing

@testable import BedrockClient

@Suite struct STSClientTests {
  private let credentials = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "canary")

  private func client(_ transport: AnsweringTransport) throws -> STSClient {
    let endpoint = try EndpointResolver().endpoint(.sts, in: Region("eu-west-1"))
    return STSClient(endpoint: endpoint, transport: transport, time: AdjustableTime())
  }

  private func identity(account: String = "111122223333") -> AnsweringTransport.Answer {
    .body(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult>
          <Arn>arn:aws:sts::111122223333:assumed-role/a&amp;b/&#x63;i</Arn>
          <UserId>AROAEXAMPLE:ci</UserId>
          <Account>\(account)</Account>
        </GetCallerIdentityResult>
      </GetCallerIdentityResponse>
      """)
  }

  @Test func whoseCredentialsTheyAre() async throws {
    let transport = AnsweringTransport([identity()])
    let caller = try await client(transport).callerIdentity(of: credentials)
    #expect(caller.account == "111122223333")
    #expect(caller.arn == "arn:aws:sts::111122223333:assumed-role/a&b/ci")
    #expect(caller.userID == "AROAEXAMPLE:ci")
    let request = try #require(transport.requests.first)
    #expect(request.url == "https://sts.eu-west-1.amazonaws.com/")
    #expect(String(decoding: request.body, as: UTF8.self) == "Action=GetCallerIdentity&Version=2011-06-15")
    let verifier = SignatureVerifier(credentials: [credentials], region: "eu-west-1", service: "sts")
    try verifier.verify(request, at: AdjustableTime().date)
  }

  @Test(arguments: ["", "12345678901", "11112222333٣", "1111222233334"])
  func anAccountIsTwelveDigits(_ account: String) async throws {
    let client = try client(AnsweringTransport([identity(account: account)]))
    await #expect(throws: STSError(reason: .unavailable, message: "the answer of STS cannot be read")) {
      try await client.callerIdentity(of: credentials)
    }
  }

  @Test func aRefusalIsNotRepeated() async throws {
    let body =
      "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not\u{1B}[0m you</Message></Error></ErrorResponse>"
    let transport = AnsweringTransport([.body(body, status: 403), identity()])
    let client = try client(transport)
    let error = await #expect(throws: STSError.self) { try await client.callerIdentity(of: credentials) }
    #expect(error?.code == "AccessDenied")
    #expect(error?.message == "STS answered `AccessDenied`: `not\\u{1b}[0m you`")
    #expect(transport.requests.count == 1)
  }

  @Test func whatPassesIsTriedAgainThreeTimesInAll() async throws {
    let busy = "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>"
    let transport = AnsweringTransport([.silence, .body(busy, status: 400), identity()])
    #expect(try await client(transport).callerIdentity(of: credentials).account == "111122223333")
    let broken = AnsweringTransport(Array(repeating: .body("", status: 503), count: 5))
    let client = try client(broken)
    let error = await #expect(throws: STSError.self) { try await client.callerIdentity(of: credentials) }
    #expect(error?.reason == .unavailable)
    #expect(broken.requests.count == 3)
  }

  @Test(arguments: ["", "{}", "<a>", "<GetCallerIdentityResponse/>", "<!DOCTYPE a><a/>"])
  func whatIsNotTheAnswerIsNotTaken(_ body: String) async throws {
    let client = try client(AnsweringTransport([.body(body)]))
    await #expect(throws: STSError.self) { try await client.callerIdentity(of: credentials) }
  }

  @Test func fiftyMegabytesAreNotRead() async throws {
    let client = try client(AnsweringTransport([.huge, .huge, .huge]))
    let error = await #expect(throws: STSError.self) { try await client.callerIdentity(of: credentials) }
    #expect(error?.message == "STS does not answer")
  }
}
