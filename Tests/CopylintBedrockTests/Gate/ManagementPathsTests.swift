import Testing

@testable import CopylintBedrock

@Suite struct ManagementPathsTests {
  @Test func theyNeedNoSignatureAndNothingElseGoesPastIt() async throws {
    var paths: ManagementPaths?
    try await GateUnderTest.with(.live) {
      paths = ManagementPaths(log: $0.log) { Array("copylint_up 1\n".utf8) }
      $0.management = paths
    } _: { gate async throws in
      #expect(try await gate.exchange.send(TestRequest(target: "/-/live")).text == "live\n")
      #expect(try await gate.exchange.send(TestRequest(target: "/-/ready")).status == 200)
      let metrics = try await gate.exchange.send(TestRequest(target: "/-/metrics"))
      #expect(metrics.text == "copylint_up 1\n")
      #expect(metrics.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(try await gate.exchange.send(TestRequest(target: "/-/x")).status == 404)
      #expect(try await gate.exchange.send(TestRequest(method: "POST", target: "/-/ready")).status == 405)
      #expect(try await gate.exchange.send(TestRequest(target: "/model-copy-jobs")).status == 403)
      paths?.drain()
      #expect(try await gate.exchange.send(TestRequest(target: "/-/ready")).status == 503)
      #expect(try await gate.exchange.send(TestRequest(target: "/-/live")).status == 200)
      #expect(gate.upstream.calls.isEmpty)
    }
  }

  @Test func aGateWithoutThemKnowsNone() async throws {
    try await GateUnderTest.with { gate async throws in
      #expect(try await gate.exchange.send(TestRequest(target: "/-/live")).status == 403)
    }
  }
}
