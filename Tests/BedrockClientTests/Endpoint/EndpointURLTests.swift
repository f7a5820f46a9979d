import Testing

@testable import BedrockClient

@Suite struct EndpointURLTests {
  @Test func partsOfAURL() throws {
    let url = try #require(EndpointURL("HTTPS://vpce-1.example.com:8443/base/path//?a=b&c"))
    #expect(url.scheme == .https)
    #expect(url.host == "vpce-1.example.com")
    #expect(url.port == 8443)
    #expect(url.basePath == "/base/path")
    #expect(url.path == "/base/path//")
    #expect(url.query == "a=b&c")
  }

  @Test func anAddressStandsInBrackets() throws {
    let url = try #require(EndpointURL("http://[fd00:ec2::23]:80/v1"))
    #expect(url.host == "fd00:ec2::23")
    #expect(url.port == 80)
    #expect(EndpointURL("http://[fd00:ec2::23]x/") == nil)
    #expect(EndpointURL("http://[127.0.0.1]/") == nil)
    #expect(EndpointURL("http://[::1") == nil)
  }

  @Test(arguments: [
    "", "localhost", "//localhost", "ftp://localhost", "http://", "http:///path", "http://:80", "http://a:b",
    "http://a:0", "http://a:65536", "http://a:+1", "http://user@host", "http://user:pass@host/", "http://a/#b",
    "http://a b", "http://a\\b", "http://a\n", "http://a..b", "http://-a", "http://é", "http://a\u{0}",
    "http://good.example\\@evil.example/", "https://a?b#c",
  ])
  func whatIsNotOneIsRefused(_ text: String) {
    #expect(EndpointURL(text) == nil)
  }

  @Test(arguments: [
    ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true), ("::ffff:127.0.0.1", true), ("10.0.0.1", false),
    ("::", false), ("::2", false), ("::ffff:10.0.0.1", false), ("169.254.170.2", false),
  ])
  func loopback(_ address: String, _ isLoopback: Bool) throws {
    #expect(try #require(IPAddress(address)).isLoopback == isLoopback)
  }

  @Test(arguments: ["localhost", "127.1", "0x7f.0.0.1", "127.0.0.1.evil.example", "2130706433", "127.0.0.1\u{0}"])
  func whatIsNoAddressIsNone(_ text: String) {
    #expect(IPAddress(text) == nil)
  }
}
