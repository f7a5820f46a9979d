import BedrockClient
import Foundation
import Testing

@testable import CopylintBedrock

/// What becomes of a CreateModelCopyJob at the gate.
@Suite struct GatedCopiesTests {
  @Test(arguments: Way.allCases)
  func whatIsCompliantIsSentAsItCame(_ way: Way) async throws {
    try await GateUnderTest.with(way) { gate async throws in
      // Spaces, escapes and member order are the caller's.
      let body = Array(
        #"{ "targetModelTags":[ {"value":"fr\u0061ud","key":"Owner"} ],"clientRequestToken":"token-1", "sourceModelArn":"\#(GoodRequest.source)","targetModelName" : "fraud-v3"}"#
          .utf8)
      let response = try await gate.create(body)
      #expect(response.status == 201)
      #expect(response.json["jobArn"] as? String == ScriptedUpstream.job)
      #expect(response.headers["set-cookie"] == nil)
      #expect(gate.upstream.calls.map(\.body) == [body])
      #expect(gate.upstream.calls.map(\.contentType) == ["application/json"])
      #expect(gate.upstream.regions == ["eu-west-1"])
      #expect(gate.lines.map { $0["kind"] as? String } == ["decision", "outcome"])
      #expect(gate.lines.map { $0["id"] as? String }.allSatisfy { $0 == gate.lines[0]["id"] as? String })
      #expect(gate.lines[0]["keyId"] as? String == "LLER")
      #expect(gate.lines[1]["jobArn"] as? String == ScriptedUpstream.job)
      #expect(try gate.journal.entries().map(\.token) == ["token-1"])
      #expect(try gate.journal.entries().map(\.state) == [.accepted])
    }
  }

  @Test(arguments: Way.allCases)
  func whatPolicyDeniesGoesNowhere(_ way: Way) async throws {
    try await GateUnderTest.with(way) { gate async throws in
      let response = try await gate.create(
        GateUnderTest.members(["targetModelTags": nil, "targetModelName": "risk\u{1B}-v3"]))
      #expect(response.status == 403 && response.errorType == "AccessDeniedException")
      let id = try #require(gate.lines.first?["id"] as? String)
      #expect(response.message.hasPrefix("copylint: denied by policy, not by IAM (decision \(id)): 3 findings\n"))
      #expect(response.message.contains("team/owner: "))
      #expect(response.message.contains("say who owns it"))
      #expect(response.message.contains("platform@acme.example"))
      #expect(response.message.contains("can be waived") && response.message.contains("cannot be waived"))
      #expect(!response.message.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      #expect(gate.upstream.calls.isEmpty)
      #expect(gate.lines.map { $0["forwarded"] as? String } == ["no"])
      #expect(try gate.journal.entries().isEmpty)
    }
  }

  @Test func decisionAndIntentAreOnDiskBeforeTheCallLeaves() async throws {
    try await GateUnderTest.with { gate async throws in
      let (log, journal) = (gate.folder["decisions.jsonl"], gate.journal)
      gate.upstream.onCall {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.contains(#""kind":"decision""#) && (try? journal.entries().map(\.state)) == [.unresolved]
      }
      _ = try await gate.create(GateUnderTest.members())
      #expect(gate.upstream.wasReady == [true])
    }
  }

  @Test func aCallWithoutATokenIsNotSent() async throws {
    try await GateUnderTest.with { gate async throws in
      let response = try await gate.create(GateUnderTest.members(["clientRequestToken": nil]))
      #expect(response.status == 400 && response.errorType == "ValidationException")
      #expect(gate.upstream.calls.isEmpty)
    }
  }

  @Test func aTokenThatStandsForAnotherCopyIsNotSent() async throws {
    try await GateUnderTest.with { gate async throws in
      #expect(try await gate.create(GateUnderTest.members()).status == 201)
      let response = try await gate.create(GateUnderTest.members(["targetModelName": "fraud-v4"]))
      #expect(response.status == 400 && response.errorType == "ValidationException")
      #expect(gate.upstream.creates == 1)
      #expect(gate.lines.last?["outcome"] as? String == "rejected")
    }
  }

  @Test func aRepeatedCallTravelsWithItsOwnTokenAgain() async throws {
    try await GateUnderTest.with { gate async throws in
      gate.upstream.answer(.failure(UpstreamError(effect: .unknown, message: "the connection was closed")))
      let lost = try await gate.create(GateUnderTest.members())
      #expect(lost.status == 500 && lost.errorType == "InternalServerException")
      #expect(try gate.journal.entries().map(\.state) == [.unresolved])
      gate.upstream.answer(.success(HTTPResponse(status: 429)))
      #expect(try await gate.create(GateUnderTest.members()).status == 429)
      // The first call may have had its effect: a refusal of the second says nothing about it.
      #expect(try gate.journal.entries().map(\.state) == [.unresolved])
      #expect(try await gate.create(GateUnderTest.members()).status == 201)
      #expect(try gate.journal.entries().map(\.state) == [.accepted])
      #expect(Set(gate.upstream.calls.map(\.body)).count == 1)
    }
  }

  @Test func whatWasNeverSentIsToldApart() async throws {
    try await GateUnderTest.with { gate async throws in
      gate.upstream.answer(.failure(UpstreamError(effect: .none, message: "the host has no address")))
      let response = try await gate.create(GateUnderTest.members())
      #expect(response.status == 503 && response.message.contains("the host has no address"))
      #expect(gate.events.count == 1)
      #expect(try gate.journal.entries().map(\.state) == [.rejected])
    }
  }

  @Test(arguments: [301, 302, 307, 308, 101])
  func aRedirectIsNotPassedOn(_ status: Int) async throws {
    try await GateUnderTest.with { gate async throws in
      let answer = HTTPResponse(status: status, headers: HTTPHeaders([("Location", "https://evil.example/")]))
      gate.upstream.answer(.success(answer))
      let response = try await gate.create(GateUnderTest.members())
      #expect(response.status == 503 && response.headers["location"] == nil)
      #expect(try gate.journal.entries().map(\.state) == [.unresolved])
    }
  }

  @Test func aBrokenAnswerLeavesTheIntentOpen() async throws {
    try await GateUnderTest.with { gate async throws in
      gate.upstream.answer(.success(HTTPResponse(status: 201, body: Array("<html>".utf8))))
      #expect(try await gate.create(GateUnderTest.members()).status == 201)
      #expect(try gate.journal.entries().map(\.state) == [.unresolved])
      #expect(gate.lines.last?["outcome"] as? String == "unknown")
    }
  }

  @Test func auditOnlySendsWhatIsDeniedAndSaysSo() async throws {
    try await GateUnderTest.with(.inProcess, { $0.isAuditOnly = true }) { gate async throws in
      #expect(try await gate.create(GateUnderTest.members(["targetModelTags": nil])).status == 201)
      #expect(gate.lines.first?["verdict"] as? String == "denied")
      #expect(gate.lines.first?["forwarded"] as? String == "yes")
      #expect(try await gate.create(Array("{".utf8)).status == 400)
      #expect(try await gate.create(GateUnderTest.members(["clientRequestToken": nil])).status == 400)
      gate.region = "eu-west-1/evil"
      #expect(try await gate.create(GateUnderTest.members()).status == 403)
      #expect(gate.upstream.creates == 1)
    }
  }

  /// Also what is no copy is told apart in the log.
  @Test func aRequestThatLacksAMemberHasADigestToo() async throws {
    try await GateUnderTest.with { gate async throws in
      for name in ["fraud-a", "fraud-b"] {
        let members: [String: Any?] = ["targetModelName": name, "sourceModelArn": nil]
        #expect(try await gate.create(GateUnderTest.members(members)).status == 403)
      }
      let digests = gate.lines.compactMap { $0["requestSha256"] as? String }
      #expect(Set(digests).count == 2 && digests.allSatisfy { $0.utf8.count == 64 })
    }
  }

  static let accountPack = """
    {"format": 1, "name": "team", "version": "1", "rules": [
      {"id": "own", "kind": "allowed-accounts", "target": ["999988887777"]}]}
    """

  @Test func stsIsAskedOnlyWhereARuleReadsTheAccount() async throws {
    try await GateUnderTest.with { gate async throws in
      _ = try await gate.create(GateUnderTest.members())
      #expect(gate.upstream.accountQuestions == 0)
    }
    try await GateUnderTest.with(.inProcess, pack: Self.accountPack) { gate async throws in
      let response = try await gate.create(GateUnderTest.members())
      #expect(response.status == 403 && response.message.contains("team/own"))
      #expect(gate.upstream.accountQuestions == 1)
      #expect((gate.lines[0]["target"] as? [String: Any])?["account"] as? String == "111122223333")
    }
  }

  @Test(arguments: [false, true])
  func withoutAnAnswerOfStsACallGoesOnlyWhereAllDo(_ isAuditOnly: Bool) async throws {
    try await GateUnderTest.with(.inProcess, pack: Self.accountPack, { $0.isAuditOnly = isAuditOnly }) {
      gate async throws in
      gate.upstream.forgetAccount()
      let response = try await gate.create(GateUnderTest.members())
      #expect(response.status == (isAuditOnly ? 201 : 503))
      #expect(gate.upstream.creates == (isAuditOnly ? 1 : 0))
      #expect(gate.lines.first?["verdict"] as? String == (isAuditOnly ? "undetermined" : nil))
    }
  }
}
