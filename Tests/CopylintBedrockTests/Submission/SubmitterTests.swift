import BedrockClient
import Copylint
import Foundation
import Synchronization
import Testing

@testable import CopylintBedrock

/// No copy is made twice, nothing that may have been made is called failed.
@Suite struct SubmitterTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func submitter() throws -> Submitter {
    let paths = StatePaths(journal: folder["journal.sqlite"], decisionLog: folder["decisions.jsonl"])
    return try paths.submitter(paths.openLog())
  }

  private func proposal(token: String? = nil, again: Bool = false) throws -> Submitter.Proposal {
    let target = Report.Target(region: "eu-west-1", account: nil, declaredBy: "option")
    let report = Report.Request(path: "a.json", verdict: .compliant, target: target)
    let submission = Submission(
      report: report, values: .sample(token: token.map { ByteString($0) }))
    return try #require(Submitter.Proposal(submission, account: nil, packs: [], keyID: "MPLE", again: again))
  }

  private static func client(_ service: ScriptedService) throws -> ModelCopyClient {
    ModelCopyClient(
      endpoint: try EndpointResolver().endpoint(.bedrock, in: try Region("eu-west-1")),
      authentication: .sigV4(FixedCredentials()), transport: service, retries: RetryPolicy(maxAttempts: 1),
      time: SystemTimeSource())
  }

  private func state() throws -> [JournalEntry.State] {
    try Journal(path: folder["journal.sqlite"]).entries().map(\.state)
  }

  @Test func aDeniedRequestThatLacksAMemberIsToldFromOthersInTheLog() throws {
    let report = Report.Request(
      path: "a.json", verdict: .denied, target: Report.Target(region: "eu-west-1", account: nil, declaredBy: "option"))
    let digests = ["a", "b", ""].map { text in
      DecisionRecord(denying: Submission(report: report, text: Array(text.utf8)), packs: []).copyDigest
    }
    #expect(digests.map(\.utf8.count) == [64, 64, 0] && Set(digests).count == 3)
  }

  @Test func acceptedIsAcceptedAndNotSentAgain() async throws {
    let service = ScriptedService()
    let first = try await submitter().submit(proposal(), by: try Self.client(service))
    #expect(first.jobArn == CopyValues.sampleJob)
    let second = try await submitter().submit(proposal(), by: try Self.client(service))
    guard case .acceptedBefore = second else {
      Issue.record("\(second)")
      return
    }
    #expect(service.tokens.count == 1)
    #expect(try state() == [.accepted])
  }

  @Test func aLostResponseIsUnknownAndTheNextRunHasTheSameToken() async throws {
    let service = ScriptedService()
    service.script(.lostAfterEffect)
    let first = try await submitter().submit(proposal(), by: try Self.client(service))
    guard case .unknown = first else {
      Issue.record("\(first)")
      return
    }
    service.hideJobs()
    let second = try await submitter().submit(proposal(), by: try Self.client(service))
    guard case .accepted = second else {
      Issue.record("\(second)")
      return
    }
    #expect(service.tokens.count == 2 && Set(service.tokens).count == 1)
  }

  @Test func aJobThatIsFoundIsNotSentAgain() async throws {
    let service = ScriptedService()
    service.script(.lostAfterEffect)
    _ = try await submitter().submit(proposal(), by: try Self.client(service))
    let second = try await submitter().submit(proposal(), by: try Self.client(service))
    guard case .accepted = second else {
      Issue.record("\(second)")
      return
    }
    #expect(service.tokens.count == 1)
  }

  @Test(arguments: [ScriptedService.Step.lostBeforeEffect, .lostAfterEffect, .garbage, .status(500), .truncated])
  func whatMayHaveHappenedIsUnknown(_ step: ScriptedService.Step) async throws {
    let service = ScriptedService()
    service.script(step)
    let outcome = try await submitter().submit(proposal(), by: try Self.client(service))
    guard case .unknown = outcome else {
      Issue.record("\(step): \(outcome)")
      return
    }
    #expect(try state() == [.unresolved])
  }

  @Test(arguments: [400, 403, 404, 429]) func whatCertainlyDidNotHappenIsRejected(_ status: Int) async throws {
    let service = ScriptedService()
    service.script(.status(status))
    let outcome = try await submitter().submit(proposal(), by: try Self.client(service))
    guard case .rejected = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(try state() == [.rejected])
  }

  /// The first attempt is in doubt; that the second is refused says nothing about it.
  @Test func aRefusalDoesNotResolveADoubt() async throws {
    let service = ScriptedService()
    service.script(.lostBeforeEffect)
    _ = try await submitter().submit(proposal(), by: try Self.client(service))
    service.script(.status(403))
    let outcome = try await submitter().submit(proposal(), by: try Self.client(service))
    guard case .unknown = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(try state() == [.unresolved])
  }

  @Test func aFailedJobIsCopiedAgainWithANewToken() async throws {
    let service = ScriptedService()
    _ = try await submitter().submit(proposal(), by: try Self.client(service))
    service.failJobs()
    let again = try await submitter().submit(proposal(), by: try Self.client(service))
    guard case .accepted = again else {
      Issue.record("\(again)")
      return
    }
    #expect(Set(service.tokens).count == 2)
  }

  @Test func theDecisionIsOnDiskBeforeTheRequestLeaves() async throws {
    let service = ScriptedService()
    let log = folder["decisions.jsonl"]
    service.onCreate { (try? String(contentsOfFile: log, encoding: .utf8))?.contains("\"kind\":\"decision\"") == true }
    _ = try await submitter().submit(proposal(), by: try Self.client(service))
    #expect(service.wasReady)
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[1].contains("\"outcome\":\"accepted\""))
  }
}

/// Credentials that are made up.
struct FixedCredentials: CredentialsProvider {
  func credentials() async throws(CredentialsError) -> AWSCredentials {
    AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "example-secret-not-for-aws")
  }
}
