import BedrockClient
import Foundation
import Testing

@testable import CopylintBedrock

/// What is on disk, and when, of the calls that a gate answers.
@Suite struct GateDurabilityTests {
  private let disk = FailingDisk()

  private func with(_ body: (inout GateUnderTest) async throws -> Void) async throws {
    try await GateUnderTest.with(.inProcess, calls: disk.calls, { _ in }, body)
  }

  private static var denied: [String: Any] { GateUnderTest.members(["targetModelTags": nil]) }

  @Test func aDenialIsWrittenDownBeforeItIsAnsweredAndOnDiskAfter() async throws {
    try await with { gate async throws in
      #expect(try await gate.create(Self.denied, finishes: false).status == 403)
      #expect(gate.lines.count == 1)
      await gate.finish()
      #expect(disk.synchronised == 1)
    }
  }

  @Test func aDenialWaitsWhileAnFsyncIsUnderWay() async throws {
    try await with { gate async throws in
      disk.hang(true)
      #expect(try await gate.create(Self.denied, finishes: false).status == 403)
      while disk.attempts == 0 { try await Task.sleep(for: .milliseconds(1)) }
      let second = Task { [gate] in try await gate.create(Self.denied, finishes: false).status }
      try await Task.sleep(for: .milliseconds(50))
      #expect(gate.lines.count == 1 && gate.events.count == 1)
      disk.hang(false)
      #expect(try await second.value == 403)
      #expect(gate.lines.count == 2)
    }
  }

  @Test func aLogThatCannotBeWrittenRefusesDeniedCallsToo() async throws {
    try await with { gate async throws in
      disk.failWrites(ENOSPC)
      for _ in 0..<3 {
        let response = try await gate.create(Self.denied)
        #expect(response.status == 503 && response.message.contains("decision log cannot be written"))
        #expect(response.message.contains("the disk is full"))
      }
      #expect(try await gate.create(GateUnderTest.members()).status == 503)
      #expect(gate.upstream.calls.isEmpty)
      disk.failWrites(nil)
      #expect(try await gate.create(Self.denied).status == 403)
      #expect(gate.lines.map { $0["kind"] as? String } == ["interruption", "decision"])
      #expect(gate.lines.first?["lines"] as? Int == 4)
    }
  }

  @Test func aDiskThatFailsRefusesTheNextDeniedCall() async throws {
    try await with { gate async throws in
      disk.failSynchronising(EIO)
      // The answer does not wait for the disk, and what it loses is found when it ends.
      #expect(try await gate.create(Self.denied).status == 403)
      for _ in 0..<2 { #expect(try await gate.create(Self.denied).status == 503) }
      #expect(try await gate.create(GateUnderTest.members()).status == 503)
      #expect(gate.upstream.calls.isEmpty)
      #expect(gate.lines.isEmpty)
      #expect(try gate.journal.entries().map(\.state) == [.rejected])
      disk.failSynchronising(nil)
      #expect(try await gate.create(Self.denied).status == 403)
      #expect(gate.lines.first?["lines"] as? Int == 4)
      #expect(try await gate.create(GateUnderTest.members(["clientRequestToken": "token-2"])).status == 201)
    }
  }

  @Test func anOutcomeFollowsTheAnswerAndIsThereAtTheEnd() async throws {
    try await with { gate async throws in
      for number in 1...3 {
        let members = GateUnderTest.members(["clientRequestToken": "token-\(number)"])
        #expect(try await gate.create(members, finishes: false).status == 201)
      }
      await gate.finish()
      #expect(gate.lines.filter { $0["kind"] as? String == "outcome" }.count == 3)
      #expect(try gate.journal.entries().map(\.state) == [.accepted, .accepted, .accepted])
    }
  }

  @Test func whenAGateEndsTheJournalStandsInItsOwnFile() async throws {
    try await with { gate async throws in
      #expect(try await gate.create(GateUnderTest.members(), finishes: false).status == 201)
      await gate.close()
      let copy = gate.folder["copy.sqlite"]
      try FileManager.default.copyItem(atPath: gate.folder["journal.sqlite"], toPath: copy)
      #expect(try Journal(path: copy).entries().map(\.state) == [.accepted])
    }
  }

  @Test func aGateThatEndsWaitsForCallsThatNobodyWaitsFor() async throws {
    try await with { gate async throws in
      gate.upstream.hold()
      // Its client goes, and the call does not.
      let call = Task { [gate] in try await gate.create(GateUnderTest.members(), finishes: false).status }
      while gate.upstream.creates == 0 { try await Task.sleep(for: .milliseconds(1)) }
      await gate.close(within: .milliseconds(50))
      #expect(try gate.journal.entries().map(\.state) == [.unresolved])
      let end = Task { [gate] in await gate.close() }
      try await Task.sleep(for: .milliseconds(50))
      #expect(try gate.journal.entries().map(\.state) == [.unresolved])
      gate.upstream.release()
      await end.value
      #expect(try gate.journal.entries().map(\.state) == [.accepted])
      #expect(gate.lines.last?["kind"] as? String == "outcome")
      #expect(try await call.value == 201)
    }
  }

  @Test func aCallIsMadeReadyWhileTheDiskWorks() async throws {
    try await with { gate async throws in
      disk.hang(true)
      let call = Task { [gate] in try await gate.create(GateUnderTest.members(), finishes: false).status }
      while gate.upstream.prepared == 0 { try await Task.sleep(for: .milliseconds(1)) }
      try await Task.sleep(for: .milliseconds(50))
      #expect(gate.upstream.calls.isEmpty)
      disk.hang(false)
      #expect(try await call.value == 201)
    }
  }

  @Test func aCallWaitsForTheDisk() async throws {
    try await with { gate async throws in
      let disk = disk
      // How often something reached the disk is asked when the call arrives upstream.
      gate.upstream.onCall { disk.synchronised >= 1 }
      #expect(try await gate.create(GateUnderTest.members()).status == 201)
      #expect(gate.upstream.wasReady == [true])
    }
  }
}
