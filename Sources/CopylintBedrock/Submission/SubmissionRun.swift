import BedrockClient
import Copylint

/// One run of `submit`: everything is judged before the first request is sent.
public struct SubmissionRun: Sendable {
  /// What the run needs of the world.
  public struct World: Sendable {
    /// A client for a Region.
    public var client: @Sendable (String) throws -> ModelCopyClient
    /// The account of the credentials, by a Region's STS.
    public var account: @Sendable (String) async throws -> String
    /// The last four characters of the key id.
    public var keyID: @Sendable () async throws -> String
    /// Opens the decision log; not asked in a dry run.
    public var log: @Sendable () throws -> DecisionLog
    /// Opens the journal; asked only before something is sent.
    public var submitter: @Sendable (DecisionLog) throws -> Submitter
    /// The clocks.
    public var time: any TimeSource

    /// A world of these parts.
    public init(
      client: @escaping @Sendable (String) throws -> ModelCopyClient,
      account: @escaping @Sendable (String) async throws -> String,
      keyID: @escaping @Sendable () async throws -> String, log: @escaping @Sendable () throws -> DecisionLog,
      submitter: @escaping @Sendable (DecisionLog) throws -> Submitter, time: any TimeSource = SystemTimeSource()
    ) {
      self.client = client
      self.account = account
      self.keyID = keyID
      self.log = log
      self.submitter = submitter
      self.time = time
    }
  }

  private let options: SubmissionOptions
  private let world: World
  private let onEvent: @Sendable (SubmissionEvent) -> Void

  /// A run; `onEvent` hears of everything as it happens.
  public init(
    _ options: SubmissionOptions, in world: World, onEvent: @escaping @Sendable (SubmissionEvent) -> Void
  ) {
    self.options = options
    self.world = world
    self.onEvent = onEvent
  }

  /// Runs, and says how the process ends.
  public func run() async -> Copylint.ExitCode {
    do throws(SubmissionStop) {
      let (submissions, check, account) = try await judge()
      onEvent(.judged(submissions.map(\.report) + check.waiverReports, packs: check.packs))
      let verdict = Self.code(of: submissions.map(\.report.verdict))
      let ready = submissions.filter { $0.report.verdict == .compliant }
      if options.isDryRun {
        guard verdict == .compliant || options.keepsGoing else { return verdict }
        try requireRegions(ready)
        return try show(ready, verdict)
      }
      let log = try openLog(recording: submissions.filter { $0.report.verdict != .compliant }, check.packs)
      guard verdict == .compliant || options.keepsGoing else { return verdict }
      try requireRegions(ready)
      return try await send(ready, Policy(check.packs, account), log, startingAt: verdict)
    } catch {
      onEvent(.stopped(error.diagnostics))
      return .unusable
    }
  }

  // MARK: Judging

  private func judge() async throws(SubmissionStop) -> ([Submission], SubmissionCheck, String?) {
    var check: SubmissionCheck
    do throws(PolicyErrors) {
      check = try SubmissionCheck(options.check)
    } catch {
      throw SubmissionStop(error.diagnostics)
    }
    let region = check.needsRegion ? options.environmentRegion : nil
    let account = try await account(check, region)
    let surroundings = SubmissionCheck.Surroundings(region: region, account: account)
    return (check.judge(surroundings), check, account)
  }

  /// STS is asked only where the account decides something.
  private func account(_ check: SubmissionCheck, _ region: String?) async throws(SubmissionStop) -> String? {
    guard check.needsAccount(region: region) else { return nil }
    guard let place = region ?? check.declaredRegions.first ?? options.environmentRegion else {
      throw SubmissionStop("no Region is known to ask STS in, whose the credentials are", help: Self.regionHelp)
    }
    let account: String
    do {
      account = try await world.account(place)
    } catch {
      throw SubmissionStop(ConnectionWords.diagnostic(error, "the account of the credentials is not known"))
    }
    let conflicts = check.conflicts(withAccount: account)
    guard conflicts.isEmpty else { throw SubmissionStop(conflicts) }
    return account
  }

  private static func code(of verdicts: [RequestVerdict]) -> Copylint.ExitCode {
    if verdicts.contains(.unreadable) { return .unusable }
    return verdicts.allSatisfy { $0 == .compliant } ? .compliant : .denied
  }

  private static let regionHelp = "use `--region`, the path, an envelope, `AWS_REGION`, or `region` in the profile"

  private func requireRegions(_ ready: [Submission]) throws(SubmissionStop) {
    let homeless = ready.filter { $0.region == nil }
    guard let first = homeless.first else { return }
    throw SubmissionStop([
      Diagnostic("nothing says to which Region the copy goes", help: Self.regionHelp, path: first.report.path)
    ])
  }

  // MARK: Sending

  private func show(_ ready: [Submission], _ verdict: Copylint.ExitCode) throws(SubmissionStop) -> Copylint.ExitCode {
    for submission in ready {
      guard let region = submission.region, let values = submission.values else { continue }
      let token = values.clientRequestToken?.displayString
      do {
        let request = CreateModelCopyJobRequest(values, token: token ?? "DRAWN-WHEN-SENT")
        let http = try world.client(region).creation(request)
        onEvent(.wouldSend(http, submission.report, hasToken: token != nil))
      } catch {
        throw SubmissionStop(ConnectionWords.diagnostic(error, "the request cannot be made"))
      }
    }
    return verdict
  }

  /// What every request of the run was judged by.
  private struct Policy {
    let packs: [Report.Pack]
    let account: String?

    init(_ packs: [Report.Pack], _ account: String?) { (self.packs, self.account) = (packs, account) }
  }

  /// What is denied is written down like what is sent.
  private func openLog(
    recording denied: [Submission], _ packs: [Report.Pack]
  ) throws(SubmissionStop) -> DecisionLog {
    do {
      let log = try world.log()
      for submission in denied { try log.append(DecisionRecord(denying: submission, packs: packs)) }
      return log
    } catch {
      throw SubmissionStop(ConnectionWords.diagnostic(error, "nothing was sent"))
    }
  }

  private func send(
    _ ready: [Submission], _ policy: Policy, _ log: DecisionLog, startingAt verdict: Copylint.ExitCode
  ) async throws(SubmissionStop) -> Copylint.ExitCode {
    var code = verdict
    guard !ready.isEmpty else { return code }
    let submitter: Submitter
    let keyID: String
    do {
      submitter = try world.submitter(log)
      keyID = try await world.keyID()
    } catch {
      throw SubmissionStop(ConnectionWords.diagnostic(error, "nothing was sent"))
    }
    for (index, submission) in ready.enumerated() {
      guard
        let proposal = Submitter.Proposal(
          submission, account: policy.account, packs: policy.packs, keyID: keyID, again: options.again)
      else { continue }
      let one = try await send(proposal, submitter)
      code = Self.worse(code, one)
      guard one == .compliant || options.keepsGoing else {
        if index + 1 < ready.count { onEvent(.left(ready.count - index - 1)) }
        return code
      }
    }
    return code
  }

  private func send(_ proposal: Submitter.Proposal, _ submitter: Submitter) async throws(SubmissionStop)
    -> Copylint.ExitCode
  {
    let client: ModelCopyClient
    do {
      client = try world.client(proposal.region)
    } catch {
      throw SubmissionStop(ConnectionWords.diagnostic(error, "nothing more was sent"))
    }
    let outcome = await submitter.submit(proposal, by: client)
    onEvent(.submitted(proposal.report, region: proposal.region, outcome))
    guard options.waits, let jobArn = outcome.jobArn else { return Self.code(of: outcome) }
    return Self.worse(Self.code(of: outcome), await follow(jobArn, client))
  }

  private func follow(_ jobArn: String, _ client: ModelCopyClient) async -> Copylint.ExitCode {
    let waiter = JobWaiter(client: client, timeout: options.timeout, time: world.time)
    let end = await waiter.wait(for: jobArn) { [onEvent] status, elapsed in
      onEvent(.progress(jobArn: jobArn, status, elapsed: elapsed))
    }
    onEvent(.ended(jobArn: jobArn, end))
    switch end {
    case .completed: return .compliant
    case .failed: return .rejected
    case .timedOut, .lost: return .unknownOutcome
    }
  }

  private static func code(of outcome: SubmissionOutcome) -> Copylint.ExitCode {
    switch outcome {
    case .accepted, .acceptedBefore: .compliant
    case .rejected: .rejected
    case .unknown: .unknownOutcome
    case .stoppedByJournal, .stoppedByLog, .acceptedUnrecorded: .unusable
    }
  }

  /// That it could not work outranks a denial, that an unknown outcome, and that a rejection.
  private static func worse(_ left: Copylint.ExitCode, _ right: Copylint.ExitCode) -> Copylint.ExitCode {
    let order: [Copylint.ExitCode] = [.compliant, .rejected, .unknownOutcome, .denied, .unusable]
    let rank = { (code: Copylint.ExitCode) in order.firstIndex(of: code) ?? order.count }
    return rank(left) < rank(right) ? right : left
  }
}

/// Why a run ends before its work is done.
struct SubmissionStop: Error {
  var diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  init(_ diagnostic: Diagnostic) { diagnostics = [diagnostic] }
  init(_ message: String, help: String) { diagnostics = [Diagnostic(message, help: help)] }
}
