import Foundation
import Testing

@testable import BedrockClient

@Suite struct HTTPValueTests {
  @Test func headerNamesIgnoreCaseOfASCIIAlone() {
    var headers = HTTPHeaders([("X-A", "1"), ("x-a", "2"), ("K", "3")])
    #expect(headers["x-A"] == "1")
    #expect(headers.values("X-A") == ["1", "2"])
    #expect(headers["\u{212A}"] == nil)
    headers["X-a"] = "4"
    #expect(headers.values("x-a") == ["4"])
    headers["K"] = nil
    #expect(headers.fields.count == 1)
  }

  @Test(
    arguments: [
      (HTTPRequest.Scheme.https, "A.example", nil, "a.example", "https://A.example/"),
      (.https, "a", 443, "a", "https://a:443/"), (.http, "a", 443, "a:443", "http://a:443/"),
      (.http, "a", 80, "a", "http://a:80/"), (.https, "2001:DB8::1", nil, "[2001:db8::1]", "https://[2001:DB8::1]/"),
      (.https, "::1", 8443, "[::1]:8443", "https://[::1]:8443/"),
    ] as [(HTTPRequest.Scheme, String, Int?, String, String)])
  func authorityAndURL(_ scheme: HTTPRequest.Scheme, _ host: String, _ port: Int?, _ authority: String, _ url: String) {
    let request = HTTPRequest(method: "GET", scheme: scheme, host: host, port: port)
    #expect(request.authority == authority)
    #expect(request.url == url)
  }

  @Test func percentEncodingKeepsUnreservedBytesAlone() {
    #expect(PercentEncoding.component("aZ09-._~ /:+%é\u{0}") == "aZ09-._~%20%2F%3A%2B%25%C3%A9%00")
    #expect(PercentEncoding.path("/a b/%") == "/a%20b/%25")
    #expect(PercentEncoding.query([("a b", "c&d"), ("e", "")]) == "a%20b=c%26d&e=")
  }

  @Test(
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun Nov  6 08:49:37 1994", nil),
      ("Sun, 06 Nov 1994 08:49:37 CET", nil),
      ("Sun, 6 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 Non 1994 08:49:37 GMT", nil), ("", nil),
    ] as [(String, Double?)])
  func datesOfHeaders(_ text: String, _ seconds: Double?) {
    #expect(HTTPDate.parse(text)?.timeIntervalSince1970 == seconds)
    if let seconds { #expect(HTTPDate.text(Date(timeIntervalSince1970: seconds + 0.9)) == text) }
  }

  @Test(arguments: [
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_795_808_096, "Fri, 27 Nov 2026 19:34:56 GMT"),
    (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
  ])
  func datesHaveTheirWeekday(_ seconds: Double, _ text: String) {
    #expect(HTTPDate.text(Date(timeIntervalSince1970: seconds)) == text)
  }

  @Test(arguments: [
    ("localhost", true), ("LOCALHOST", true), ("127.0.0.1", true), ("127.255.255.255", true), ("::1", true),
    ("localhost.", false), ("127.1", false), ("2130706433", false), ("128.0.0.1", false), ("::2", false),
    ("localhost.evil.example", false), ("127.0.0.1.evil.example", false), ("", false),
  ]) func loopback(_ host: String, _ isLoopback: Bool) {
    #expect(Loopback.isLoopback(host: host) == isLoopback)
    #expect(PlainHTTPPolicy.loopback.allows(host: host) == isLoopback)
    #expect(PlainHTTPPolicy.anywhere.allows(host: host))
  }

  @Test func listedHostsMayGoInTheClear() {
    let policy = PlainHTTPPolicy.hosts(["169.254.170.2", "fd00:ec2::254"])
    #expect(policy.allows(host: "169.254.170.2"))
    #expect(policy.allows(host: "FD00:EC2::254"))
    #expect(policy.allows(host: "::1"))
    #expect(!policy.allows(host: "169.254.170.3"))
  }
}
