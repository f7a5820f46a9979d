import NIOHTTP1
import Testing

@testable import CopylintBedrock

@Suite struct HeadRulesTests {
  static func refusal(_ headers: [(String, String)], method: String = "POST", hosts: Set<String> = []) -> UInt? {
    let head = TestRequest(method: method, target: "/model-copy-jobs", headers: headers).head
    do throws(Refusal) {
      _ = try HeadRules(hosts: hosts).check(head)
      return nil
    } catch {
      return error.status.code
    }
  }

  @Test(arguments: ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]", "[::1]:80"])
  func loopbackHasNames(_ host: String) { #expect(Self.refusal([("Host", host)]) == nil) }

  @Test(arguments: [
    "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1:", ":80", "",
    "127.0.0.1:123456", "user@127.0.0.1", "127.0.0.1:80:80", "[::2]:80", "::1",
  ])
  func otherHostsAreOthers(_ host: String) { #expect(Self.refusal([("Host", host)]) == 421) }

  @Test func moreNamesCanBeGiven() {
    #expect(Self.refusal([("Host", "gate.internal:8080")], hosts: ["gate.internal"]) == nil)
  }

  /// Probes of an orchestrator and a scraper of metrics call a server by its address.
  @Test(arguments: [
    ("10.1.2.3:8720", "/-/ready", true), ("[fd00::1]:8720", "/-/metrics", true),
    ("10.1.2.3", "/model-copy-jobs", false), ("evil.example", "/-/ready", false),
    ("10.1.2.3.evil.example", "/-/ready", false), ("0x0a.1", "/-/ready", false), ("[fd00::1", "/-/ready", false),
    ("fd00::1", "/-/ready", false),
  ])
  func somePathsAreServedUnderEveryAddress(_ host: String, _ target: String, _ isServed: Bool) {
    let head = TestRequest(method: "GET", target: target, headers: [("Host", host)]).head
    let target = try? HeadRules(addressedPaths: "/-/").check(head)
    #expect((target != nil) == isServed)
    #expect((try? HeadRules().check(head)) == nil)
  }

  static let refused: [(String, String, UInt)] = [
    ("Origin", "http://evil.example", 403), ("Origin", "null", 403), ("Upgrade", "h2c", 403),
    ("X-HTTP-Method-Override", "PUT", 400), ("X-HTTP-Method", "PUT", 400), ("X-Method-Override", "PUT", 400),
    ("Expect", "100-continue", 417),
  ]

  @Test(arguments: refused)
  func refusesHeadersThatChangeWhatIsMeant(_ example: (name: String, value: String, status: UInt)) {
    #expect(Self.refusal([(example.name, example.value)]) == example.status)
  }

  @Test(arguments: ["host", "Authorization", "content-type", "X-Amz-Date", "Content-Encoding"])
  func singularHeadersStandOnce(_ name: String) {
    #expect(Self.refusal([(name, "127.0.0.1"), (name, "127.0.0.1")]) == 400)
  }

  @Test(arguments: ["TRACE", "CONNECT", "PROPFIND"]) func refusesOtherMethods(_ method: String) {
    #expect(Self.refusal([], method: method) == 405)
  }
}
