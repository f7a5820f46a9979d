import BedrockClient
import Copylint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Sends compliant requests so that no copy is made twice: the intent is in the journal before the first byte leaves,
/// and whatever happens, every attempt at one copy travels with one token.
public struct Submitter: Sendable {
  private let journal: Journal
  private let log: DecisionLog
  private let time: any TimeSource
  private let newID: @Sendable () -> String

  /// A submitter over one journal and one log. `newID` draws tokens and decision ids: UUIDs.
  public init(
    journal: Journal, log: DecisionLog, time: any TimeSource = SystemTimeSource(),
    newID: @escaping @Sendable () -> String = { UUID().uuidString.lowercased() }
  ) {
    self.journal = journal
    self.log = log
    self.time = time
    self.newID = newID
  }

  /// One compliant request and the way it goes.
  public struct Proposal: Sendable {
    /// The request as it was judged.
    public var report: Report.Request
    /// What is sent.
    public var values: CopyValues
    /// The Region that was judged; the client's.
    public var region: String
    /// The account, where it is known.
    public var account: String?
    /// The packs in force.
    public var packs: [Report.Pack]
    /// The last four characters of the key id it is sent with.
    public var keyID: String
    /// Whether a copy that was accepted is to be made again.
    public var again: Bool

    /// Nil unless the request is compliant and its Region is known.
    public init?(
      _ submission: Submission, account: String?, packs: [Report.Pack], keyID: String, again: Bool = false
    ) {
      guard let region = submission.region, let values = submission.values else { return nil }
      (report, self.values, self.region) = (submission.report, values, region)
      (self.account, self.packs, self.keyID, self.again) = (account, packs, keyID, again)
    }

    var copy: LogicalCopy { LogicalCopy(values, region: region, account: account) }
  }

  /// Submits one. `client` must be of the proposal's Region.
  public func submit(_ proposal: Proposal, by client: ModelCopyClient) async -> SubmissionOutcome {
    let decision = newID()
    do throws(DecisionLogError) {
      try await log.append(record(decision, proposal))
    } catch {
      return .stoppedByLog(error)
    }
    let outcome = await decide(proposal, client)
    // The request has left: that its outcome cannot be logged changes nothing about it, and the journal has it.
    try? await log.append(Self.record(decision, outcome, token(of: outcome)))
    return outcome
  }

  private func decide(_ proposal: Proposal, _ client: ModelCopyClient) async -> SubmissionOutcome {
    do throws(JournalError) {
      switch try begin(proposal, again: proposal.again) {
      case .send(let entry): return try await send(entry, proposal, client)
      case .resume(let entry): return try await resume(entry, proposal, client)
      case .accepted(let entry): return try await revisit(entry, proposal, client)
      }
    } catch {
      return .stoppedByJournal(error)
    }
  }

  private func begin(_ proposal: Proposal, again: Bool) throws(JournalError) -> Journal.Beginning {
    let values = proposal.values
    let details = Journal.Details(
      committedToken: values.clientRequestToken?.displayString, targetModelName: values.targetModelName.displayString,
      sourceModelArn: values.sourceModelArn.displayString, now: now, again: again)
    return try journal.begin(proposal.copy, details, newToken: newID)
  }

  // MARK: The three beginnings

  private func send(
    _ entry: JournalEntry, _ proposal: Proposal, _ client: ModelCopyClient
  ) async throws(JournalError) -> SubmissionOutcome {
    do throws(BedrockError) {
      let request = CreateModelCopyJobRequest(proposal.values, token: entry.token)
      return accepted(entry, try await client.createModelCopyJob(request).jobArn)
    } catch {
      guard error.effect == .none else { return .unknown(error, token: entry.token) }
      try journal.reject(entry, now: now)
      return .rejected(error)
    }
  }

  /// Nobody knows what became of the intent: Bedrock is asked, and where it knows of no such job the request is sent
  /// once more, with the token of the first time. An intent that was in doubt stays in doubt until it is accepted.
  private func resume(
    _ entry: JournalEntry, _ proposal: Proposal, _ client: ModelCopyClient
  ) async throws(JournalError) -> SubmissionOutcome {
    do throws(BedrockError) {
      if let jobArn = try await JobSearch(entry, proposal.values).jobArn(by: client) { return accepted(entry, jobArn) }
      let request = CreateModelCopyJobRequest(proposal.values, token: entry.token)
      return accepted(entry, try await client.createModelCopyJob(request).jobArn)
    } catch {
      return .unknown(error, token: entry.token)
    }
  }

  /// A copy that was accepted is made again only where its job failed.
  private func revisit(
    _ entry: JournalEntry, _ proposal: Proposal, _ client: ModelCopyClient
  ) async throws(JournalError) -> SubmissionOutcome {
    let jobArn = entry.jobArn ?? ""
    guard let job = try? await client.getModelCopyJob(jobArn: jobArn), job.status == .failed else {
      return .acceptedBefore(jobArn: jobArn)
    }
    switch try begin(proposal, again: true) {
    case .send(let entry): return try await send(entry, proposal, client)
    case .resume(let entry): return try await resume(entry, proposal, client)
    case .accepted: return .acceptedBefore(jobArn: jobArn)
    }
  }

  private func accepted(_ entry: JournalEntry, _ jobArn: String) -> SubmissionOutcome {
    do throws(JournalError) {
      try journal.accept(entry, jobArn: jobArn, now: now)
      return .accepted(jobArn: jobArn, token: entry.token)
    } catch {
      return .acceptedUnrecorded(jobArn: jobArn, error)
    }
  }

  private var now: Int64 { Int64(time.date.timeIntervalSince1970) }

  // MARK: Records

  private func record(_ id: String, _ proposal: Proposal) -> DecisionRecord {
    DecisionRecord(
      id: id, source: "submit", path: proposal.report.path, keyID: proposal.keyID, copyDigest: proposal.copy.digest,
      packs: proposal.packs, report: proposal.report, isForwarded: true, copy: DecisionRecord.Copy(proposal.values))
  }

  private func token(of outcome: SubmissionOutcome) -> String {
    switch outcome {
    case .accepted(_, let token), .unknown(_, let token): token
    default: ""
    }
  }

  private static func record(_ id: String, _ outcome: SubmissionOutcome, _ token: String) -> OutcomeRecord {
    var record = OutcomeRecord(id: id, outcome: .unknown, token: token, jobArn: outcome.jobArn)
    switch outcome {
    case .accepted, .acceptedUnrecorded: record.outcome = .accepted
    case .acceptedBefore: record.outcome = .acceptedBefore
    case .rejected(let error): (record.outcome, record.error) = (.rejected, error.description)
    case .unknown(let error, _): record.error = error.description
    case .stoppedByJournal(let error): (record.outcome, record.error) = (.rejected, error.description)
    case .stoppedByLog(let error): (record.outcome, record.error) = (.rejected, error.reason)
    }
    return record
  }
}
