import BedrockClient
import Foundation
import Testing

@testable import CopylintBedrock

/// What never gets as far as the policy: refused, told, and nothing sent upstream.
@Suite struct GateRefusalTests {
  private static var good: [String: Any] { GateUnderTest.members() }

  private func refused(
    _ kind: GateRefusal.Kind, _ status: Int, way: Way = .inProcess, _ change: (inout GateOptions) -> Void = { _ in },
    _ call: (inout GateUnderTest) async throws -> WireResponse
  ) async throws {
    try await GateUnderTest.with(way, change) { gate async throws in
      let response = try await call(&gate)
      #expect(response.status == status)
      #expect(gate.upstream.calls.isEmpty)
      #expect(gate.lines.isEmpty)
      let kinds = gate.events.compactMap { event in
        if case .refused(let refusal) = event { refusal.kind } else { nil }
      }
      #expect(kinds == [kind])
    }
  }

  private static func body(_ members: [String: Any] = good) -> [UInt8] {
    Array((try? JSONSerialization.data(withJSONObject: members, options: .sortedKeys)) ?? Data())
  }

  @Test func unsignedForeignOldAndAlteredCalls() async throws {
    try await refused(.signature, 403) { gate in
      try await gate.create(Self.body()) { $0.headers.removeAll { $0.0 == "Authorization" } }
    }
    try await refused(.signature, 403) { gate in
      gate.credentials.accessKeyID = "AKIDFOREIGN"
      return try await gate.create(Self.good)
    }
    try await refused(.signature, 403) { gate in
      gate.credentials.secretAccessKey = "another"
      return try await gate.create(Self.good)
    }
    try await refused(.signature, 403) { gate in
      gate.credentials.sessionToken = "invented"
      return try await gate.create(Self.good)
    }
    try await refused(.signature, 403) { gate in
      let time = gate.time
      return try await gate.create(Self.body()) { _ in time.advance(301) }
    }
    try await refused(.signature, 403) { gate in
      try await gate.create(Self.body()) { $0.body = Self.body(GateUnderTest.members(["targetModelName": "fraud-v9"])) }
    }
    try await refused(.signature, 403) { gate in
      try await gate.create(Self.body()) { request in
        request.headers.removeAll { $0.0 == "Authorization" }
        request.headers.append(("Authorization", "Bearer abc"))
      }
    }
    try await refused(.signature, 403) { gate in
      try await gate.send("POST", "/model-copy-jobs", body: Self.body(), service: "s3")
    }
  }

  /// By the date of a refusal an SDK corrects a clock that is wrong (AWS SDKs and Tools Reference Guide, "Clock skew
  /// correction").
  @Test func aRefusedSignatureIsToldTheTime() async throws {
    try await GateUnderTest.with(.live) { gate async throws in
      let time = gate.time
      let response = try await gate.create(Self.body()) { _ in time.advance(301) }
      #expect(response.status == 403 && response.errorType == "InvalidSignatureException")
      #expect(response.headers["date"] == HTTPDate.text(time.date))
    }
  }

  @Test func aLargeBodyIsKeptOnlyWhereItMayBeSigned() async throws {
    let large = Self.body() + [UInt8](repeating: 0x20, count: 64 << 10)
    let small = { (options: inout GateOptions) in options.limits.totalBodyBytes = 32 << 10 }
    try await refused(.signature, 403, way: .live, small) { gate in
      try await gate.create(large) { $0.headers.removeAll { $0.0 == "Authorization" } }
    }
    try await refused(.signature, 403, way: .live, small) { gate in
      gate.credentials.accessKeyID = "AKIDFOREIGN"
      return try await gate.create(large)
    }
    try await refused(.signature, 403, way: .live, small) { gate in
      let time = gate.time
      return try await gate.create(large) { _ in time.advance(301) }
    }
    try await GateUnderTest.with(.live, small) { gate async throws in
      #expect(try await gate.create(large).status == 503)
      #expect(gate.upstream.calls.isEmpty)
    }
    try await GateUnderTest.with(.live) { gate async throws in
      #expect(try await gate.create(large).status == 201)
      #expect(gate.upstream.calls.map(\.body) == [large])
    }
  }

  @Test(arguments: ["us-east-1.evil.example", "us-east-1/", "US-EAST-1", "é", "us east 1"])
  func aRegionThatIsNone(_ region: String) async throws {
    try await GateUnderTest.with { gate async throws in
      gate.region = region
      #expect(try await gate.create(Self.good).status == 403)
      #expect(gate.upstream.calls.isEmpty)
    }
  }

  /// Rules read the name of a Region, so it goes by one name alone.
  @Test(arguments: ["us-east-1-fips", "fips-us-east-1", "aws-global", "aws-us-gov-global", "-", "eu-west-1-", "s3"])
  func aRegionUnderAnotherName(_ region: String) async throws {
    try await refused(.region, 403) { gate in
      gate.region = region
      return try await gate.create(Self.good)
    }
  }

  @Test func aRegionThatTheConfigurationLeavesOut() async throws {
    try await refused(.region, 403, { $0.regions = ["us-east-1"] }) { gate in try await gate.create(Self.good) }
  }

  @Test(arguments: [
    "/model-copy-jobs?x=1", "/Model-Copy-Jobs", "/v1/model-copy-jobs", "/model-copy-jobs%2Fx", "/model-copy-jobs/x",
  ])
  func aCreateUnderAnotherPath(_ target: String) async throws {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    for allows in [false, true] {
      try await refused(.operation, 404, { $0.allowsOtherOperations = allows }) { gate in
        try await gate.send("POST", parts[0], query: parts.count > 1 ? parts[1] : "", body: Self.body())
      }
    }
  }

  @Test(arguments: ["PUT", "PATCH", "DELETE"])
  func anotherMethodOnCopyJobs(_ method: String) async throws {
    try await refused(.operation, 404, { $0.allowsOtherOperations = true }) { gate in
      try await gate.send(method, "/model-copy-jobs", body: Self.body())
    }
  }

  @Test func otherWritesNeedLeave() async throws {
    try await refused(.operation, 403) { gate in
      try await gate.send("POST", "/guardrails", body: Array("{}".utf8))
    }
    try await GateUnderTest.with(.inProcess, { $0.allowsOtherOperations = true }) { gate async throws in
      #expect(try await gate.send("POST", "/guardrails", body: Array("{}".utf8)).status == 201)
      #expect(gate.upstream.calls.map(\.path) == ["/guardrails"])
    }
  }

  @Test func readsPassWithTheirQueryAndNoneOfTheirHeaders() async throws {
    try await GateUnderTest.with(.live) { gate async throws in
      gate.upstream.answer(.success(HTTPResponse(status: 200, body: Array("{}".utf8))))
      let response = try await gate.send(
        "GET", "/custom-models", query: "maxResults=5", headers: [("X-Amz-Meta", "a"), ("Cookie", "b")])
      #expect(response.status == 200 && response.text == "{}")
      #expect(gate.upstream.calls.map(\.query) == ["maxResults=5"])
      #expect(gate.upstream.calls.map(\.contentType) == [nil])
    }
  }

  /// ListTagsForResource reads, though it is a POST.
  @Test func theTagsOfAResourceAreRead() async throws {
    try await GateUnderTest.with { gate async throws in
      gate.upstream.answer(.success(HTTPResponse(status: 200, body: Array("{}".utf8))))
      let body = Array(#"{"resourceARN":"a"}"#.utf8)
      #expect(try await gate.send("POST", "/listTagsForResource", body: body).status == 200)
      #expect(gate.upstream.calls.map(\.body) == [body])
      #expect(try await gate.send("POST", "/listTagsForResource/x", body: body).status == 403)
      #expect(gate.upstream.calls.count == 1)
    }
  }

  static let types: [String?] = [
    nil, "text/plain", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "application/jsonx",
    "application/json; charset=utf-8; charset=utf-16", "",
  ]

  @Test(arguments: types)
  func anotherContentType(_ type: String?) async throws {
    try await refused(.body, 415) { gate in
      try await gate.send("POST", "/model-copy-jobs", body: Self.body(), type: type)
    }
  }

  @Test func encodedBodies() async throws {
    for encoding in ["gzip", "identity", "aws-chunked"] {
      try await refused(.body, 415) { gate in
        try await gate.create(Self.body()) { $0.headers.append(("Content-Encoding", encoding)) }
      }
    }
  }

  static let bodies: [[UInt8]] = [
    [], Array("[]".utf8), Array("null".utf8), Array("{\"a\":1}{\"a\":1}".utf8), [0xEF, 0xBB, 0xBF] + body(),
    Array(String(decoding: body(), as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
    body() + [0], Array("{\"request\":{}}".utf8),
    Array("{\"target\":{\"region\":\"us-east-1\"},\"request\":".utf8) + body() + Array("}".utf8),
    Array("{\"targetModelName\":\"a\",\"targetModelName\":\"fraud-a\"}".utf8), [0xFF, 0xFE],
  ]

  @Test(arguments: bodies)
  func aBodyThatIsNoRequest(_ body: [UInt8]) async throws {
    try await refused(.body, 400) { gate in
      try await gate.send("POST", "/model-copy-jobs", body: body, headers: [("Content-Type", "application/json")])
    }
  }
}
