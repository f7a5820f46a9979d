import Foundation
import Testing

@testable import BedrockClient

@Suite struct SignatureVerifierTests {
  static let date = PublishedSignatureTests.date
  static let credentials = AWSCredentials(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: "token")
  static let verifier = SignatureVerifier(credentials: [credentials], region: "us-east-1", service: "bedrock")

  static func signed(
    region: String = "us-east-1", service: String = "bedrock", credentials: AWSCredentials = credentials,
    at date: Date = date
  ) -> HTTPRequest {
    let request = HTTPRequest(
      method: "POST", host: "bedrock.us-east-1.amazonaws.com", path: "/model-copy-jobs",
      headers: HTTPHeaders([("Content-Type", "application/json"), ("x-amz-meta", "1")]), body: Array("{}".utf8))
    return SigV4Signer(region: region, service: service).sign(request, with: credentials, at: date)
  }

  private static func refusal(_ request: HTTPRequest, at date: Date = date) -> SignatureRefusal? {
    do {
      try verifier.verify(request, at: date)
      return nil
    } catch { return error }
  }

  private static func refusal(_ change: (inout HTTPRequest) -> Void) -> SignatureRefusal? {
    var request = signed()
    change(&request)
    return refusal(request)
  }

  @Test func acceptsWhatTheSignerSigns() throws {
    let header = try Self.verifier.verify(Self.signed(), at: Self.date)
    #expect(header.accessKeyID == "AKIDEXAMPLE")
    #expect(header.scope.region == "us-east-1")
  }

  @Test func fiveMinutesEitherWay() {
    for seconds in [-300.0, 300] { #expect(Self.refusal(Self.signed(), at: Self.date + seconds) == nil) }
    for seconds in [-301.0, 301] { #expect(Self.refusal(Self.signed(), at: Self.date + seconds) == .skewedDate) }
  }

  @Test func otherScopesAndKeys() {
    #expect(Self.refusal(Self.signed(region: "eu-west-1")) == .wrongScope)
    #expect(Self.refusal(Self.signed(service: "sts")) == .wrongScope)
    var other = Self.credentials
    other.accessKeyID = "AKIDOTHER"
    #expect(Self.refusal(Self.signed(credentials: other)) == .unknownKey)
    other = Self.credentials
    other.secretAccessKey = "other"
    #expect(Self.refusal(Self.signed(credentials: other)) == .wrongSignature)
    other = Self.credentials
    other.sessionToken = nil
    #expect(Self.refusal(Self.signed(credentials: other)) == .wrongToken)
  }

  @Test func changesAfterSigning() {
    #expect(Self.refusal { $0.headers["Content-Type"] = "text/plain" } == .wrongSignature)
    #expect(Self.refusal { $0.headers["Content-Type"] = nil } == .unsignedHeader)
    #expect(Self.refusal { $0.headers.append("x-amz-added", "1") } == .unsignedHeader)
    #expect(Self.refusal { $0.headers.append("Content-Type", "text/plain") } == .wrongSignature)
    #expect(Self.refusal { $0.headers["Host"] = "other.example" } == .wrongSignature)
    #expect(Self.refusal { $0.headers["User-Agent"] = "any" } == nil)
    #expect(Self.refusal { $0.query = "a=1" } == .wrongSignature)
    #expect(Self.refusal { $0.headers["X-Amz-Date"] = "20150830T123601Z" } == .wrongSignature)
    #expect(Self.refusal { $0.headers["X-Amz-Date"] = "20150831T123600Z" } == .malformedAuthorization)
    #expect(Self.refusal { $0.headers["X-Amz-Date"] = "2015-08-30T12:36:00Z" } == .malformedAuthorization)
    #expect(Self.refusal { $0.headers["X-Amz-Date"] = nil } == .malformedAuthorization)
    #expect(Self.refusal { $0.headers.append("X-Amz-Date", "20150830T123600Z") } == .malformedAuthorization)
  }

  @Test func hostMustBeSigned() {
    let header = Self.signed().headers["Authorization"] ?? ""
    #expect(
      Self.refusal { $0.headers["Authorization"] = header.replacingOccurrences(of: "host;", with: "") }
        == .unsignedHeader)
  }

  @Test(
    arguments: [
      ("", .malformedAuthorization), ("Bearer abc", .unsupportedAlgorithm),
      ("AWS4-HMAC-SHA256", .malformedAuthorization),
      ("AWS4-ECDSA-P256-SHA256 Credential=a", .unsupportedAlgorithm),
      ("AWS4-HMAC-SHA256 Credential", .malformedAuthorization),
      (
        "AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/bedrock/aws4_request, SignedHeaders=host",
        .malformedAuthorization
      ),
      ("AWS4-HMAC-SHA256 Credential=A/1, SignedHeaders=host, Signature=\(zeros)", .malformedAuthorization),
      (
        "AWS4-HMAC-SHA256 \(credential), \(credential), SignedHeaders=host, Signature=\(zeros)", .malformedAuthorization
      ),
      ("AWS4-HMAC-SHA256 \(credential), SignedHeaders=x;host, Signature=\(zeros)", .malformedAuthorization),
      ("AWS4-HMAC-SHA256 \(credential), SignedHeaders=Host, Signature=\(zeros)", .malformedAuthorization),
      ("AWS4-HMAC-SHA256 \(credential), SignedHeaders=host, Signature=0", .malformedAuthorization),
    ] as [(String, SignatureRefusal)])
  func headersThatCannotBeRead(_ value: String, _ refusal: SignatureRefusal) {
    #expect(Self.refusal { $0.headers["Authorization"] = value } == refusal)
  }

  private static let zeros = String(repeating: "0", count: 64)
  private static let credential = "Credential=A/20150830/us-east-1/bedrock/aws4_request"

  @Test func missingAndDoubledHeaders() {
    #expect(Self.refusal { $0.headers["Authorization"] = nil } == .missingAuthentication)
    #expect(Self.refusal { $0.headers.append("authorization", "x") } == .malformedAuthorization)
  }

  @Test func codesAreAWSs() {
    #expect(SignatureRefusal.missingAuthentication.errorCode == "MissingAuthenticationTokenException")
    #expect(SignatureRefusal.unknownKey.errorCode == "UnrecognizedClientException")
    #expect(SignatureRefusal.skewedDate.errorCode == "InvalidSignatureException")
    #expect(SignatureRefusal.malformedAuthorization.errorCode == "IncompleteSignatureException")
  }
}
