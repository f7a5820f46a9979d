import BedrockClient
import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// The bytes that boto3 and the aws CLI put on the wire (Tests/Oracles/wire), as they came.
@Suite struct WireTests {
  struct Manifest: Decodable {
    struct Request: Decodable {
      var name: String
      var date: String
    }
    var accessKeyId: String
    var secretAccessKey: String
    var sessionToken: String
    var requests: [Request]
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Oracles/wire")

  private static let pack = """
    {"format": 1, "name": "team", "version": "1", "rules": [
      {"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "%s"}]}
    """

  /// Sends a captured request to a gate whose clock shows the time of the capture.
  private func replay(
    _ request: Manifest.Request, _ manifest: Manifest, name pattern: String,
    _ body: (WireResponse, GateUnderTest, [UInt8]) throws -> Void
  ) async throws {
    let wire = Array(
      try Data(contentsOf: Self.folder.appendingPathComponent("captured/\(request.name).http")))
    let key = AWSCredentials(accessKeyID: manifest.accessKeyId, secretAccessKey: manifest.secretAccessKey)
    var temporary = key
    temporary.sessionToken = manifest.sessionToken
    let date = try #require(SigningTime(request.date)?.date)
    let pack = Self.pack.replacingOccurrences(of: "%s", with: pattern)
    try await GateUnderTest.with(.live, pack: pack, { $0.callers = FixedCallers([key, temporary]) }) {
      gate async throws in
      gate.time.advance(date.timeIntervalSince(gate.time.date))
      let port = try #require(gate.exchange.server?.port)
      let connection = try await RawConnection.open(port)
      await connection.send(wire)
      let response = try #require(await connection.readResponses(1).first)
      await connection.close()
      try body(response, gate, wire)
    }
  }

  private static func manifest() throws -> Manifest {
    try JSONDecoder().decode(
      Manifest.self, from: try Data(contentsOf: folder.appendingPathComponent("manifest.json")))
  }

  @Test func whatRealClientsSendArrivesAsItCame() async throws {
    let manifest = try Self.manifest()
    #expect(manifest.requests.count == 15)
    for request in manifest.requests {
      try await replay(request, manifest, name: "fraud-.*") { response, gate, wire in
        #expect(response.status == 201, "\(request.name): \(response.text)")
        let end = try #require(wire.indices.first { wire[$0...].starts(with: "\r\n\r\n".utf8) })
        #expect(gate.upstream.calls.map(\.body) == [Array(wire[(end + 4)...])], "\(request.name)")
        let line = String(decoding: wire.prefix { $0 != 0x0D }, as: UTF8.self)
        let call = try #require(gate.upstream.calls.first)
        let target = call.query.isEmpty ? call.path : "\(call.path)?\(call.query)"
        #expect(line == "\(call.method) \(target) HTTP/1.1")
        #expect(gate.upstream.regions == [request.name.hasSuffix("-gov") ? "us-gov-west-1" : "eu-west-1"])
      }
    }
  }

  @Test func noneOfThemGetsPastAPolicyThatDeniesIt() async throws {
    let manifest = try Self.manifest()
    for request in manifest.requests where request.name.contains("create") {
      try await replay(request, manifest, name: "risk-.*") { response, gate, _ in
        #expect(response.status == 403 && response.errorType == "AccessDeniedException", "\(request.name)")
        #expect(gate.upstream.calls.isEmpty)
      }
    }
  }

  /// Every byte of a request, changed by one bit at a time: no changed create is sent.
  @Test func noChangedBitGetsPastTheSignature() async throws {
    let manifest = try Self.manifest()
    let request = try #require(manifest.requests.first { $0.name == "boto3-create-minimal" })
    let wire = Array(
      try Data(contentsOf: Self.folder.appendingPathComponent("captured/\(request.name).http")))
    let key = AWSCredentials(accessKeyID: manifest.accessKeyId, secretAccessKey: manifest.secretAccessKey)
    let date = try #require(SigningTime(request.date)?.date)
    let end = try #require(wire.indices.first { wire[$0...].starts(with: "\r\n\r\n".utf8) })
    let body = Array(wire[(end + 4)...])
    try await GateUnderTest.with(
      .live, pack: Self.pack.replacingOccurrences(of: "%s", with: ".*"),
      {
        $0.callers = FixedCallers([key])
        // A changed length has the gate wait for a body that never comes.
        $0.limits.requestTime = .milliseconds(500)
      }
    ) { gate async throws in
      gate.time.advance(date.timeIntervalSince(gate.time.date))
      let port = try #require(gate.exchange.server?.port)
      for index in wire.indices {
        var changed = wire
        changed[index] ^= 1 << UInt8(index % 7)
        let connection = try await RawConnection.open(port)
        await connection.send(changed + Array("\r\n\r\n".utf8))
        _ = await connection.readResponses(1)
        await connection.close()
      }
      // Header bytes that are not signed may change; what is sent is the body that was signed, to the same place.
      #expect(
        gate.upstream.calls.allSatisfy { $0.method == "POST" ? $0.body == body && $0.path == "/model-copy-jobs" : true }
      )
      #expect(!gate.upstream.calls.contains { $0.method != "POST" })
    }
  }
}
