import Testing

@testable import BedrockClient

/// A name that looks like this machine's is believed only where its connection leads to a loopback address.
@Suite struct CurlTransferTests {
  private static func transfer(to host: String = "localhost", scheme: HTTPRequest.Scheme = .http) -> CurlTransfer {
    CurlTransfer(
      HTTPRequest(method: "POST", scheme: scheme, host: host), limits: TransferLimits(),
      settings: CurlTransport.Settings(plainHTTP: .hosts(["169.254.169.254"])))
  }

  /// What the transfer comes to when libcurl ends it before there is an answer (CURLE_ABORTED_BY_CALLBACK).
  private static func failure(_ transfer: CurlTransfer) -> TransportError? {
    if case .failure(let error) = transfer.result(.init(42)) { error } else { nil }
  }

  @Test(arguments: ["192.0.2.1", "169.254.169.254", "0.0.0.0", "2001:db8::1", "::ffff:192.0.2.1", ""])
  func localhostThatLeadsElsewhereIsRefused(_ address: String) {
    let transfer = Self.transfer()
    #expect(!transfer.begin(address: address))
    #expect(Self.failure(transfer)?.reason == .plainHTTPRefused)
    #expect(Self.failure(transfer)?.delivery == .notSent)
  }

  @Test(arguments: ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
  func localhostOnThisMachineIsSentTo(_ address: String) {
    let transfer = Self.transfer()
    #expect(transfer.begin(address: address))
    #expect(Self.failure(transfer)?.delivery == .unknown)
  }

  @Test func aListedHostIsSentToWhereverItIs() {
    #expect(Self.transfer(to: "169.254.169.254").begin(address: "169.254.169.254"))
  }

  @Test func overTLSTheCertificateDecides() {
    #expect(Self.transfer(scheme: .https).begin(address: "192.0.2.1"))
  }
}
