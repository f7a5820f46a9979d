import Foundation
import Testing

@testable import BedrockClient

@Suite struct CredentialsSummaryTests {
  private func summary(_ keyID: String, expiration: Date? = nil, stated: String? = nil, account: String? = nil)
    -> CredentialsSummary
  {
    let credentials = AWSCredentials(
      accessKeyID: keyID, secretAccessKey: "canary", sessionToken: "canary", expiration: expiration, accountID: stated)
    return CredentialsSummary(ResolvedCredentials(source: "environment", credentials: credentials), account: account)
  }

  @Test func tellsTheEndOfTheKeyIDAlone() {
    #expect(summary("AKIAIOSFODNN7EXAMPLE").keyIDSuffix == "MPLE")
    #expect(summary("abcdef").keyIDSuffix == "def")
    #expect(summary("ab").keyIDSuffix == "b")
    #expect(summary("").keyIDSuffix == "")
  }

  @Test func nothingElseOfTheKeysIsInIt() {
    var dumped = ""
    dump(summary("AKIAIOSFODNN7EXAMPLE"), to: &dumped)
    #expect(!dumped.contains("canary"))
    #expect(!dumped.contains("AKIA"))
  }

  @Test func theEndIsInUTC() {
    #expect(summary("A", expiration: Date(timeIntervalSince1970: 1_234_567_890)).expiration == "2009-02-13T23:31:30Z")
    #expect(summary("A").expiration == nil)
  }

  @Test func whatSTSSaysGoesBeforeWhatTheSourceStates() {
    #expect(summary("A", stated: "1", account: "2").account == "2")
    #expect(summary("A", stated: "1").account == "1")
    #expect(summary("A").account == nil)
  }
}
