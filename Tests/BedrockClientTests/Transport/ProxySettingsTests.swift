import Testing

@testable import BedrockClient

@Suite struct ProxySettingsTests {
  private static func proxy(
    _ environment: [String: String], host: String = "bedrock.eu-west-1.amazonaws.com", port: Int? = nil,
    scheme: HTTPRequest.Scheme = .https
  ) -> String? {
    ProxySettings(environment: environment)
      .proxy(for: HTTPRequest(method: "GET", scheme: scheme, host: host, port: port))
  }

  @Test func schemesHaveTheirOwnVariables() {
    #expect(Self.proxy(["HTTPS_PROXY": "http://p:1"]) == "http://p:1")
    #expect(Self.proxy(["HTTP_PROXY": "http://p:1"]) == nil)
    #expect(Self.proxy(["HTTP_PROXY": "http://p:1"], scheme: .http) == "http://p:1")
    #expect(Self.proxy(["ALL_PROXY": "http://p:1", "all_proxy": "http://p:1"]) == nil)
  }

  @Test func lowercaseWinsEvenWhereItIsEmpty() {
    #expect(Self.proxy(["HTTPS_PROXY": "http://p:1", "https_proxy": "http://q:2"]) == "http://q:2")
    #expect(Self.proxy(["HTTPS_PROXY": "http://p:1", "https_proxy": ""]) == nil)
  }

  @Test func aClientCannotSetTheProxyOfACGIProcess() {
    #expect(Self.proxy(["HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"], scheme: .http) == nil)
    #expect(Self.proxy(["http_proxy": "http://p:1", "REQUEST_METHOD": "GET"], scheme: .http) == "http://p:1")
  }

  @Test func schemeOfTheProxyDefaultsToHTTP() {
    #expect(Self.proxy(["https_proxy": "p:1"]) == "http://p:1")
    #expect(Self.proxy(["https_proxy": "//p:1"]) == "http://p:1")
    #expect(Self.proxy(["https_proxy": "https://p:1"]) == "https://p:1")
  }

  @Test(arguments: [
    ("*", true), ("amazonaws.com", true), (".amazonaws.com", true), ("AMAZONAWS.COM", true),
    (" other.example , eu-west-1.amazonaws.com ", true), ("bedrock.eu-west-1.amazonaws.com:443", true),
    ("naws.com", false), ("aws.com,", false), ("bedrock.eu-west-1.amazonaws.com:80", false), ("", false),
    ("*,other.example", false), ("*.amazonaws.com", false),
  ]) func exceptions(_ list: String, _ isDirect: Bool) {
    let proxy = Self.proxy(["https_proxy": "p:1", "NO_PROXY": list], port: 443)
    #expect((proxy == nil) == isDirect)
  }

  @Test func addressesOfIPv6() {
    #expect(Self.proxy(["https_proxy": "p:1", "no_proxy": "::1"], host: "::1", port: 8443) == nil)
    #expect(Self.proxy(["https_proxy": "p:1", "no_proxy": "[::1]:8443"], host: "::1", port: 8443) == nil)
  }

  @Test func printsNoPassword() {
    let settings = ProxySettings(environment: ["https_proxy": "http://user:hunter2@p:1"])
    var dumped = ""
    dump(settings, to: &dumped)
    #expect(!"\(settings)\(dumped)\(String(reflecting: settings))".contains("hunter2"))
  }
}
