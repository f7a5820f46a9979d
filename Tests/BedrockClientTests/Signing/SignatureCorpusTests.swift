import Foundation
import Testing

@testable import BedrockClient

/// Every stage against botocore's, on the requests of Tests/Oracles/signing.
@Suite struct SignatureCorpusTests {
  struct Case: Decodable {
    var method: String
    var scheme: String
    var host: String
    var port: Int?
    var path: String
    var query: String
    var headers: [[String]]
    var body: String
    var token: String?
    var region: String
    var service: String
    var date: String
    var canonicalRequest: String
    var stringToSign: String
    var authorization: String

    var request: HTTPRequest {
      let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
      return HTTPRequest(
        method: method, scheme: scheme == "http" ? .http : .https, host: bare, port: port, path: path, query: query,
        headers: HTTPHeaders(headers.map { ($0[0], $0[1]) }), body: Array(body.utf8))
    }

    var credentials: AWSCredentials {
      AWSCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: PublishedSignatureTests.credentials.secretAccessKey,
        sessionToken: token)
    }
  }

  @Test func everyStageIsBotocores() throws {
    let cases = try OracleFile.lines("signing/signatures.jsonl", as: Case.self)
    #expect(cases.count >= 500)
    for each in cases {
      let time = try #require(SigningTime(each.date))
      let signed = SigV4Signer(region: each.region, service: each.service)
        .sign(each.request, with: each.credentials, at: time.date)
      let canonical = CanonicalRequest(signed)
      #expect(ASCII.same(canonical.text, each.canonicalRequest), "\(each.canonicalRequest)")
      let scope = CredentialScope(day: time.day, region: each.region, service: each.service)
      #expect(ASCII.same(StringToSign(canonical, time: time, scope: scope).text, each.stringToSign))
      #expect(signed.headers["Authorization"] == each.authorization)
    }
  }

  /// What botocore signed is verified, and no longer once a part of it is changed.
  @Test func verifierAcceptsEveryCaseAndNoChangeOfIt() throws {
    for each in try OracleFile.lines("signing/signatures.jsonl", as: Case.self) {
      let time = try #require(SigningTime(each.date))
      var signed = each.request
      signed.headers["X-Amz-Date"] = each.date
      signed.headers["X-Amz-Security-Token"] = each.token
      signed.headers["Authorization"] = each.authorization
      let verifier = SignatureVerifier(credentials: [each.credentials], region: each.region, service: each.service)
      guard signed.headers["X-Amz-Content-SHA256"] == nil else {
        #expect(throws: SignatureRefusal.wrongPayload) { try verifier.verify(signed, at: time.date) }
        continue
      }
      try verifier.verify(signed, at: time.date)
      var changed = signed
      changed.body.append(0)
      #expect(throws: SignatureRefusal.wrongSignature) { try verifier.verify(changed, at: time.date) }
      changed = signed
      changed.path += "/x"
      #expect(throws: SignatureRefusal.wrongSignature) { try verifier.verify(changed, at: time.date) }
      changed = signed
      changed.method = "PATCH"
      #expect(throws: SignatureRefusal.wrongSignature) { try verifier.verify(changed, at: time.date) }
    }
  }
}
