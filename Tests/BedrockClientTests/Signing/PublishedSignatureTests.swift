import Foundation
import Testing

@testable import BedrockClient

/// The examples that AWS publishes: the ListUsers request of the SigV4 documentation, and members of its test suite
/// (`aws-sig-v4-test-suite`), by value.
@Suite struct PublishedSignatureTests {
  static let credentials = AWSCredentials(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
  static let date = Date(timeIntervalSince1970: 1_440_938_160)

  static let listUsers = HTTPRequest(
    method: "GET", host: "iam.amazonaws.com", query: "Action=ListUsers&Version=2010-05-08",
    headers: HTTPHeaders([
      ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), ("X-Amz-Date", "20150830T123600Z"),
    ]))

  @Test func listUsersStageByStage() throws {
    let canonical = CanonicalRequest(Self.listUsers)
    #expect(
      canonical.text == """
        GET
        /
        Action=ListUsers&Version=2010-05-08
        content-type:application/x-www-form-urlencoded; charset=utf-8
        host:iam.amazonaws.com
        x-amz-date:20150830T123600Z

        content-type;host;x-amz-date
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """)
    #expect(canonical.digest == "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59")
    let scope = CredentialScope(day: "20150830", region: "us-east-1", service: "iam")
    let text = StringToSign(canonical, time: SigningTime(Self.date), scope: scope)
    #expect(
      text.text == """
        AWS4-HMAC-SHA256
        20150830T123600Z
        20150830/us-east-1/iam/aws4_request
        f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59
        """)
    let key = SigningKey(secretAccessKey: Self.credentials.secretAccessKey, scope: scope)
    #expect(key.signature(of: text) == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
  }

  @Test func signerWritesTheHeader() {
    let signed = SigV4Signer(region: "us-east-1", service: "iam").sign(
      Self.listUsers, with: Self.credentials, at: Self.date)
    #expect(
      signed.headers["authorization"]
        == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        + "SignedHeaders=content-type;host;x-amz-date, "
        + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
  }

  @Test func vanilla() {
    let request = HTTPRequest(method: "GET", host: "example.amazonaws.com")
    let signed = SigV4Signer(region: "us-east-1", service: "service").sign(
      request, with: Self.credentials, at: Self.date)
    let signature = signed.headers["Authorization"]?.suffix(64)
    #expect(signature == "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
  }
}
