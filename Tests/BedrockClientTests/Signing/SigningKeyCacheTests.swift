import Foundation
import Testing

@testable import BedrockClient

@Suite struct SigningKeyCacheTests {
  private static let date = SignatureVerifierTests.date

  private static func signed(
    secret: String, region: String = "us-east-1", service: String = "bedrock", at date: Date = date
  ) -> HTTPRequest {
    SignatureVerifierTests.signed(
      region: region, service: service,
      credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: secret), at: date)
  }

  /// What a verifier says that knows the key with this secret.
  private static func refusal(
    _ request: HTTPRequest, secret: String, _ keys: SigningKeyCache?, service: String = "bedrock", at date: Date = date
  ) -> SignatureRefusal? {
    var verifier = SignatureVerifier(
      credentials: [AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: secret)], region: nil,
      service: service)
    verifier.keys = keys
    do {
      try verifier.verify(request, at: date)
      return nil
    } catch { return error }
  }

  /// NFC and NFD, which Swift takes for the same text; and parts that only their lengths keep apart.
  private static let secrets = ["secret/A", "secret/B", "caf\u{E9}", "cafe\u{301}", "", "1us-east-1", "us-east-1"]

  @Test func aKeptKeyIsOfOneSecretDayRegionAndServiceAlone() {
    let keys = SigningKeyCache()
    for _ in 1...2 {
      for secret in Self.secrets {
        for region in ["us-east-1", "eu-west-1"] {
          for day in [0.0, 86400] {
            let request = Self.signed(secret: secret, region: region, at: Self.date + day)
            for known in Self.secrets {
              let refusal = Self.refusal(request, secret: known, keys, at: Self.date + day)
              #expect(refusal == Self.refusal(request, secret: known, nil, at: Self.date + day))
              #expect((refusal == nil) == (Array(known.utf8) == Array(secret.utf8)))
            }
          }
        }
      }
    }
  }

  @Test func aScopeThatIsChangedAfterSigningFindsNoKey() throws {
    let keys = SigningKeyCache()
    let request = Self.signed(secret: "secret/A")
    #expect(Self.refusal(request, secret: "secret/A", keys) == nil)
    #expect(Self.refusal(Self.signed(secret: "secret/A", region: "eu-west-1"), secret: "secret/A", keys) == nil)
    var other = request
    let header = try #require(request.headers["Authorization"])
    other.headers["Authorization"] = header.replacingOccurrences(of: "us-east-1", with: "eu-west-1")
    #expect(Self.refusal(other, secret: "secret/A", keys) == .wrongSignature)
  }

  @Test func aChangedSecretCountsAtOnce() {
    let keys = SigningKeyCache()
    let request = Self.signed(secret: "secret/A")
    #expect(Self.refusal(request, secret: "secret/A", keys) == nil)
    #expect(Self.refusal(request, secret: "secret/B", keys) == .wrongSignature)
    #expect(Self.refusal(Self.signed(secret: "secret/B"), secret: "secret/B", keys) == nil)
    #expect(Self.refusal(request, secret: "secret/A", keys) == nil)
  }

  @Test func onlyKeysOfSignaturesThatHeldAreKept() {
    let keys = SigningKeyCache()
    for number in 0..<50 {
      let request = Self.signed(secret: "another", region: "region-\(number)")
      #expect(Self.refusal(request, secret: "secret/A", keys) == .wrongSignature)
    }
    #expect(keys.count == 0)
    #expect(Self.refusal(Self.signed(secret: "secret/A"), secret: "secret/A", keys) == nil)
    #expect(keys.count == 1)
  }

  @Test func itStaysBounded() {
    let keys = SigningKeyCache(limit: 4)
    for number in 0..<50 {
      let request = Self.signed(secret: "secret/A", region: "region-\(number)")
      #expect(Self.refusal(request, secret: "secret/A", keys) == nil)
      #expect((1...4).contains(keys.count))
    }
  }

  @Test func theSignerSignsTheSameWithAndWithoutIt() {
    let keys = SigningKeyCache()
    let request = HTTPRequest(method: "POST", host: "bedrock.us-east-1.amazonaws.com", body: Array("{}".utf8))
    for secret in Self.secrets + Self.secrets {
      let credentials = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: secret)
      let signer = SigV4Signer(region: "us-east-1", service: "bedrock")
      #expect(
        signer.sign(request, with: credentials, at: Self.date, keys: keys)
          == signer.sign(request, with: credentials, at: Self.date))
    }
    #expect(keys.count == Self.secrets.count)
  }
}
