import Testing

@testable import BedrockClient

/// However a value that holds a secret is printed, the secret is not there.
@Suite struct RedactionTests {
  private static func everyForm(_ value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return
      "\(value) \(String(reflecting: value)) \(dumped) \([value]) \(Mirror(reflecting: value).children.map(\.value))"
  }

  @Test func noFormShowsASecret() {
    let credentials = AWSCredentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: "canary-1", sessionToken: "canary-2", accountID: "111122223333")
    let request = HTTPRequest(
      method: "GET", host: "sts.amazonaws.com", query: "q=canary-3",
      headers: HTTPHeaders([("Authorization", "canary-4")]), body: Array("canary-5".utf8))
    let scope = CredentialScope(day: "20150830", region: "us-east-1", service: "sts")
    let values: [Any] = [
      credentials, BearerToken("canary-6"), request, StaticCredentialsProvider(credentials),
      HTTPResponse(status: 200, body: Array("canary-7".utf8)), SigningKey(secretAccessKey: "canary-8", scope: scope),
      Authentication.bearer(BearerToken("canary-9")), Authentication.sigV4(StaticCredentialsProvider(credentials)),
    ]
    for value in values { #expect(!Self.everyForm(value).contains("canary"), "\(type(of: value))") }
    #expect("\(credentials)" == "credentials of key …MPLE")
  }

  @Test func redactionTakesOutEveryOccurrence() {
    #expect(Redaction.redact("a secret, a secret", ["secret", ""]) == "a [redacted], a [redacted]")
    #expect(Redaction.redact("nothing", ["secret"]) == "nothing")
  }
}
