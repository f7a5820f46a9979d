import BedrockClient
import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

/// A gate knows the keys that its run has handed out, and no others.
@Suite struct RunCallersTests {
  private static func keys(_ id: String, _ token: String, until: Date) -> AWSCredentials {
    AWSCredentials(accessKeyID: id, secretAccessKey: "secret of \(id)", sessionToken: token, expiration: until)
  }

  @Test func acrossARefreshBothSetsOfKeysAreGood() async throws {
    let time = FixedTime()
    let first = Self.keys("ASIAEXAMPLE1", "t1", until: time.date.addingTimeInterval(60))
    let second = Self.keys("ASIAEXAMPLE2", "t2", until: time.date.addingTimeInterval(3600))
    let run = RunCredentials(ScriptedCredentials([.success(first), .success(second)]), time: time)
    try await GateUnderTest.with { options in
      options.callers = run
    } _: { gate async throws in
      let refused = "UnrecognizedClientException"
      gate.credentials = first
      #expect(try await gate.create(GateUnderTest.members()).errorType == refused)
      _ = try await run.current()
      #expect(try await gate.create(GateUnderTest.members()).status == 201)
      _ = try await run.current()
      for (index, credentials) in [first, second].enumerated() {
        gate.credentials = credentials
        let members = GateUnderTest.members(["clientRequestToken": "token-\(index + 2)"])
        #expect(try await gate.create(members).status == 201)
      }
      gate.credentials.sessionToken = "t1"
      #expect(try await gate.create(GateUnderTest.members()).errorType == refused)
    }
  }

  @Test func theDateOfAnOptionIsJudgedBy() async throws {
    let pack = """
      {"format": 1, "name": "team", "version": "1", "rules": [
        {"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "x", "enforceFrom": "2027-01-01"}]}
      """
    for (today, status) in [(nil, 201), ("2026-12-31", 201), ("2027-01-01", 403)] as [(String?, Int)] {
      let date = try today.map { try #require(CalendarDate(ByteString($0))) }
      try await GateUnderTest.with(pack: pack) { options in
        options.today = date
      } _: { gate async throws in
        #expect(try await gate.create(GateUnderTest.members()).status == status, "\(today ?? "clock")")
      }
    }
  }
}
