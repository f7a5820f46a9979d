import BedrockClient
import Foundation
import Testing

@testable import CopylintBedrock

/// Creates with a signature that holds, on a wire that two readers could take for different things.
@Suite struct GateAttackTests {
  /// A name, what is done to the wire, and whether the request that was signed may go nevertheless.
  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (String) -> String

    init(_ name: String, _ change: @escaping @Sendable (String) -> String) {
      (testDescription, self.change) = (name, change)
    }

    static func replacing(_ name: String, _ old: String, _ new: String) -> Attack {
      Attack(name) { $0.replacingOccurrences(of: old, with: new) }
    }

    static func adding(_ name: String, _ header: String) -> Attack {
      Attack(name) { $0.replacingOccurrences(of: "\r\n\r\n", with: "\r\n\(header)\r\n\r\n") }
    }
  }

  static let attacks: [Attack] = [
    .adding("a length and chunks", "Transfer-Encoding: chunked"),
    .adding("chunks of another spelling", "Transfer-Encoding: xchunked"),
    .adding("two lengths", "Content-Length: 5"),
    .adding("two equal lengths in a list", "Content-Length: 5, 5"),
    .adding("a folded header", "X-Fold: a\r\n b"),
    .adding("a name with a space", "Content-Length : 5"),
    .adding("a name without a value", "NoColon"),
    .adding("an override", "X-HTTP-Method-Override: GET"),
    .adding("an older override", "X-Method-Override: PUT"),
    .adding("an origin", "Origin: https://evil.example"),
    .adding("a second host", "Host: evil.example"),
    .adding("a second authorization", "Authorization: AWS4-HMAC-SHA256 x"),
    .adding("a second date", "X-Amz-Date: 20200101T000000Z"),
    .adding("an unsigned x-amz header", "X-Amz-Meta: a"),
    .adding("gzip", "Content-Encoding: gzip"),
    .adding("another type beside", "Content-Type: text/plain"),
    .adding("an expectation", "Expect: 100-continue"),
    .adding("an upgrade", "Upgrade: h2c"),
    .adding("a target of another protocol", "X-Amz-Target: Bedrock.CreateModelCopyJob"),
    .replacing("bare line feeds", "\r\n", "\n"),
    .replacing("bare carriage returns", "\r\n", "\r"),
    .replacing("HTTP/1.0", "HTTP/1.1", "HTTP/1.0"),
    .replacing("HTTP/2.0", "HTTP/1.1", "HTTP/2.0"),
    .replacing("a foreign host", "Host: 127.0.0.1", "Host: evil.example"),
    .replacing("a signed length that is signed as plus", "content-length: ", "content-length: +"),
    .replacing("a hexadecimal length", "content-length: ", "content-length: 0x"),
    .replacing("an absolute target", "POST /model", "POST http://127.0.0.1/model"),
    .replacing("two slashes", "POST /model", "POST //model"),
    .replacing("a slash at the end", "model-copy-jobs HTTP", "model-copy-jobs/ HTTP"),
    .replacing("a dot", "POST /model", "POST /./model"),
    .replacing("two dots", "POST /model", "POST /x/../model"),
    .replacing("an encoded letter", "POST /model", "POST /%6dodel"),
    .replacing("encoded dots", "POST /model", "POST /x/%2e%2e/model"),
    .replacing("an encoded slash", "POST /model-copy-jobs", "POST /x%2f..%2fmodel-copy-jobs"),
    .replacing("a query", "model-copy-jobs HTTP", "model-copy-jobs?x=y HTTP"),
    .replacing("a fragment", "model-copy-jobs HTTP", "model-copy-jobs#x HTTP"),
    .replacing("a parameter", "model-copy-jobs HTTP", "model-copy-jobs;x=y HTTP"),
    .replacing("a backslash", "POST /model", "POST \\model"),
    .replacing("another case", "POST /model-copy-jobs", "POST /Model-Copy-Jobs"),
    .replacing("a tab for a space", "POST /model", "POST\t/model"),
    .replacing("another method", "POST /model", "PUT /model"),
    .replacing("a method in lower case", "POST /model", "post /model"),
    .replacing("NUL in the target", "model-copy-jobs HTTP", "model-copy-jobs\u{0} HTTP"),
    .replacing("another name in the body", "fraud-v3", "fraud-v4"),
  ]

  private static func body(_ name: String = "fraud-v3") -> [UInt8] {
    let members = GateUnderTest.members(["targetModelName": name])
    return Array((try? JSONSerialization.data(withJSONObject: members, options: .sortedKeys)) ?? Data())
  }

  private func wire(_ gate: GateUnderTest, _ body: [UInt8]) -> [UInt8] {
    let unsigned = HTTPRequest(
      method: "POST", scheme: .http, host: "127.0.0.1", path: "/model-copy-jobs",
      headers: HTTPHeaders([("Host", "127.0.0.1"), ("Content-Type", "application/json")]), body: body)
    let signed = SigV4Signer(region: "eu-west-1", service: "bedrock")
      .sign(unsigned, with: gate.credentials, at: gate.time.date)
    return TestRequest(
      method: "POST", target: signed.target, headers: signed.headers.fields.map { ($0.name, $0.value) }, body: body
    ).wire
  }

  private func exchange(_ gate: GateUnderTest, _ bytes: [UInt8]) async throws -> [WireResponse] {
    let connection = try await RawConnection.open(try #require(gate.exchange.server?.port))
    await connection.send(bytes + Array("\r\n\r\n".utf8))
    let responses = await connection.readResponses(1)
    await connection.close()
    return responses
  }

  @Test func theUnchangedRequestGoes() async throws {
    try await GateUnderTest.with(.live) { gate async throws in
      let connection = try await RawConnection.open(try #require(gate.exchange.server?.port))
      await connection.send(wire(gate, Self.body()))
      #expect(await connection.readResponses(1).map(\.status) == [201])
      await connection.close()
      #expect(gate.upstream.creates == 1)
    }
  }

  @Test(arguments: attacks)
  func nothingIsSent(_ attack: Attack) async throws {
    try await GateUnderTest.with(.live, { $0.limits.requestTime = .milliseconds(300) }) { gate async throws in
      let text = String(decoding: wire(gate, Self.body()), as: UTF8.self)
      let changed = attack.change(text)
      #expect(changed != text)
      let responses = try await exchange(gate, Array(changed.utf8))
      #expect(responses.allSatisfy { (400..<506).contains($0.status) })
      #expect(gate.upstream.calls.isEmpty)
    }
  }

  /// A denied create hidden in or behind a good one.
  @Test func aRequestInARequestIsNone() async throws {
    try await GateUnderTest.with(.live, { $0.limits.requestTime = .milliseconds(300) }) { gate async throws in
      let good = wire(gate, Self.body())
      let hidden = wire(gate, Self.body("risk-v3"))
      for bytes in [good + hidden, good + Array("\r\n".utf8) + hidden, hidden + good] {
        _ = try await exchange(gate, bytes)
      }
      #expect(gate.upstream.calls.allSatisfy { $0.body == Self.body() })
    }
  }

  @Test func theLengthOfABodyThatGrowsDecides() async throws {
    try await GateUnderTest.with(.live, { $0.limits.requestTime = .milliseconds(300) }) { gate async throws in
      let body = Self.body()
      let text = String(decoding: wire(gate, body), as: UTF8.self)
      for length in [0, 1, body.count - 1, body.count + 4] {
        let changed = text.replacingOccurrences(of: "content-length: \(body.count)", with: "content-length: \(length)")
        #expect(changed != text)
        _ = try await exchange(gate, Array(changed.utf8))
      }
      #expect(gate.upstream.calls.isEmpty)
    }
  }
}
