import BedrockClient
import Copylint
import NIOCore

/// CreateModelCopyJob at the gate: judged, written down, and sent as the very bytes that were judged.
final class GatedCopies: Sendable {
  private let options: GateOptions
  private let journal: GateJournal
  private let underWay = CallsUnderWay()
  /// Those that are answered, and what became of them is still to be taken down.
  private let answered = CallsUnderWay()

  init(_ options: GateOptions) {
    self.options = options
    journal = GateJournal(options.journal, options.log, onCommit: options.onCommit)
  }

  /// A call that is judged.
  private struct Judged {
    let decision: GateDecision
    let record: DecisionRecord
    /// Nil where the request is denied and has not the members that the API demands.
    let values: CopyValues?
    let copy: LogicalCopy?
  }

  /// Judges a call and begins to answer it; `stopped` answers one that goes no further after all.
  func begin(
    _ request: ServerRequest, _ call: GateCall, _ stopped: @escaping @Sendable (GateStop) -> ServerResponse
  ) throws(GateStop) -> Answering {
    let start = options.time.uptime
    do throws(ServiceError) { try CreateBody.check(request) } catch { throw GateStop(.body, error) }
    let policy = options.policy.current
    let submission = judge(request.body, CallPolicy.Destination(region: call.region), policy)
    guard submission.needsAccount else { return try decide(submission, request, call, policy, start, stopped) }
    let work = underWay.counting {
      do throws(GateStop) {
        let submission = self.judge(request.body, try await self.destination(call.region), policy)
        return await (try self.decide(submission, request, call, policy, start, stopped)).response
      } catch {
        return stopped(error)
      }
    }
    return .task(work)
  }

  private func decide(
    _ submission: Submission, _ request: ServerRequest, _ call: GateCall, _ policy: CallPolicy, _ start: Duration,
    _ stopped: @escaping @Sendable (GateStop) -> ServerResponse
  ) throws(GateStop) -> Answering {
    try checkReadable(submission)
    let judged = judged(submission, request.body, call, policy, since: start)
    guard judged.record.isForwarded else { return try deny(judged, stopped) }
    guard let values = judged.values, let token = values.clientRequestToken, let copy = judged.copy else {
      throw GateStop(.token, .validation("copylint: the request has no `clientRequestToken`; SDKs fill it in"))
    }
    let admitted = Admitted(judged: judged, values: values, token: token, copy: copy, start: start)
    let work = underWay.counting { () -> Answer in
      do throws(GateStop) {
        return try await self.send(request, call, admitted)
      } catch {
        return Answer(stopped(error))
      }
    }
    return .steps(work)
  }

  /// The answer goes out when the line of the decision is with the system, which brings it to the disk soon. Where the log
  /// failed before, it waits for the disk. No task waits for that.
  private func deny(
    _ judged: Judged, _ stopped: @escaping @Sendable (GateStop) -> ServerResponse
  ) throws(GateStop) -> Answering {
    let answer = Pending<@Sendable () -> ServerResponse>()
    do throws(DecisionLogError) {
      let isWritten = try options.log.note(judged.record) { failure in
        answer.fulfil { failure.map { stopped(GateStop($0)) } ?? self.denied(judged) }
      }
      return isWritten ? .ready(denied(judged)) : .later(answer.whenFulfilled)
    } catch {
      throw GateStop(error)
    }
  }

  private func denied(_ judged: Judged) -> ServerResponse {
    options.onEvent(.denied(judged.decision))
    return Self.denial(judged.decision)
  }

  /// Returns when all outcomes of calls that were answered are on disk.
  func finish() async {
    await answered.ended(before: .distantFuture)
    await journal.finish()
    await options.log.synchronise()
  }

  /// The same, also of calls whose clients have gone, unless they last beyond the deadline; and the journal stands in its
  /// own file.
  func close(before deadline: NIODeadline) async {
    await underWay.ended(before: deadline)
    await journal.close()
    await options.log.synchronise()
  }

  // MARK: Judging

  private func judge(_ body: [UInt8], _ destination: CallPolicy.Destination, _ policy: CallPolicy) -> Submission {
    let today = options.today ?? CalendarDate(secondsSinceEpoch: Int(options.time.date.timeIntervalSince1970))
    return policy.judge(body, to: destination, today: today, maxBytes: options.limits.bodyBytes)
  }

  private func checkReadable(_ submission: Submission) throws(GateStop) {
    guard submission.report.verdict == .unreadable else { return }
    let reason = submission.report.error.map { "\($0.message)" } ?? "it is no request"
    throw GateStop(.body, ServiceError(.badRequest, "SerializationException", "copylint: \(Escaping.visible(reason))"))
  }

  /// STS is asked only where a rule reads the account. A gate that forwards all the same reports what it left undecided.
  private func destination(_ region: String) async throws(GateStop) -> CallPolicy.Destination {
    do {
      return CallPolicy.Destination(region: region, account: try await options.upstream.account(in: region))
    } catch {
      guard !options.isAuditOnly else { return CallPolicy.Destination(region: region) }
      let words = ConnectionWords.diagnostic(error, "a rule reads the account of the credentials, which is not known")
      throw GateStop(.unable, .unavailable(words.message))
    }
  }

  private func judged(
    _ submission: Submission, _ body: [UInt8], _ call: GateCall, _ policy: CallPolicy, since start: Duration
  ) -> Judged {
    let report = submission.report
    let account = report.target.account?.displayString
    let copy = submission.values.map { LogicalCopy($0, region: call.region, account: account) }
    let isForwarded = report.verdict == .compliant || (options.isAuditOnly && submission.values != nil)
    let decision = GateDecision(
      id: options.newID(), report: report, region: call.region, targetModelName: submission.values?.targetModelName,
      keyID: call.keyID, token: submission.values?.clientRequestToken, duration: options.time.uptime - start)
    let record = DecisionRecord(
      id: decision.id, source: "gate", path: "", keyID: call.keyID,
      copyDigest: copy?.digest ?? SHA256Digest.hexadecimal(body), packs: policy.packs, report: report,
      isForwarded: isForwarded, copy: isForwarded ? submission.values.map(DecisionRecord.Copy.init) : nil)
    return Judged(decision: decision, record: record, values: submission.values, copy: copy)
  }

  private static func denial(_ decision: GateDecision) -> ServerResponse {
    ServiceError(
      .forbidden, "AccessDeniedException", DenialMessage.text(decision.report, decision: decision.id)
    ).response
  }

  // MARK: Sending

  /// A call that may go.
  private struct Admitted {
    let judged: Judged
    let values: CopyValues
    let token: ByteString
    let copy: LogicalCopy
    let start: Duration

    var tokenText: String { token.displayString }
  }

  private func send(
    _ request: ServerRequest, _ call: GateCall, _ admitted: Admitted
  ) async throws(GateStop) -> Answer {
    let admission = try admit(admitted)
    // While the disk works.
    let prepared = await prepare(request, call.region)
    let sent: Sent
    do throws(GateJournal.Refusal) { sent = try await send(prepared, once: admission) } catch {
      throw stop(error, admitted)
    }
    var decision = admitted.judged.decision
    decision.duration = sent.start - admitted.start
    let outcome = GateOutcome(sent.answer, took: sent.end - sent.start)
    answered.begin()
    return Answer(Self.response(sent.answer)) { [decision] in
      defer { self.answered.end() }
      self.settle(sent.admission, outcome, admitted)
      self.options.onEvent(.forwarded(decision, outcome))
    }
  }

  /// What the caller is told; of a call that is forwarded nothing else is to be told than that.
  private static func response(_ answer: Result<HTTPResponse, UpstreamError>) -> ServerResponse {
    do throws(GateStop) {
      switch answer {
      case .success(let response): return try UpstreamAnswer(response).response
      case .failure(let error): throw GateStop(error)
      }
    } catch {
      return error.response
    }
  }

  /// The token makes it idempotent.
  private func prepare(_ request: ServerRequest, _ region: String) async -> Result<PreparedCall, UpstreamError> {
    do throws(UpstreamError) {
      var call = UpstreamCall(request)
      call.isIdempotent = true
      return .success(try await options.upstream.prepare(call, to: region))
    } catch {
      return .failure(error)
    }
  }

  /// A call that left, or could not.
  private struct Sent {
    let admission: GateJournal.Admission
    let answer: Result<HTTPResponse, UpstreamError>
    let start: Duration
    let end: Duration
  }

  /// Sends the call when the decision is on disk and the intent written: from the thread that learns it, without a turn of
  /// the event loop between.
  private func send(
    _ prepared: Result<PreparedCall, UpstreamError>, once admission: GateJournal.Answer
  ) async throws(GateJournal.Refusal) -> Sent {
    try await withCheckedContinuation { continuation in
      admission.whenFulfilled { [time = options.time] result in
        switch result {
        case .failure(let refusal): continuation.resume(returning: Result<Sent, GateJournal.Refusal>.failure(refusal))
        case .success(let admission):
          let start = time.uptime
          prepared.send { answer in
            let sent = Sent(admission: admission, answer: answer, start: start, end: time.uptime)
            continuation.resume(returning: .success(sent))
          }
        }
      }
    }.get()
  }

  /// Begins to write decision and intent down.
  private func admit(_ admitted: Admitted) throws(GateStop) -> GateJournal.Answer {
    let details = Journal.Details(
      committedToken: admitted.tokenText, targetModelName: admitted.values.targetModelName.displayString,
      sourceModelArn: admitted.values.sourceModelArn.displayString, now: now)
    do throws(DecisionLogError) {
      return try journal.admit(admitted.copy, details, admitted.judged.record)
    } catch {
      throw GateStop(error)
    }
  }

  private func stop(_ refusal: GateJournal.Refusal, _ admitted: Admitted) -> GateStop {
    switch refusal {
    case .log(let error): return GateStop(error)
    case .journal(let error):
      // The decision says that the call goes, and it does not.
      let outcome = OutcomeRecord(
        id: admitted.judged.decision.id, outcome: .rejected, token: admitted.tokenText, error: error.description)
      try? options.log.note(outcome)
      return GateStop(error)
    }
  }

  /// Line and entry of the outcome follow the answer to the disk. The call has left: that its outcome cannot be written
  /// changes nothing about it. The intent stays open then, and the next decision that cannot be written stops its call.
  private func settle(_ admission: GateJournal.Admission, _ outcome: GateOutcome, _ admitted: Admitted) {
    let record = OutcomeRecord(
      id: admitted.judged.decision.id, outcome: outcome.outcome, token: admitted.tokenText, jobArn: outcome.jobArn,
      error: outcome.error)
    journal.settle(admission, outcome, now: now, record)
  }

  private var now: Int64 { Int64(options.time.date.timeIntervalSince1970) }
}

extension Result where Success == PreparedCall, Failure == UpstreamError {
  /// Sends the call, or says why there is none.
  fileprivate func send(_ completion: @escaping PreparedCall.Completion) {
    switch self {
    case .success(let call): call.send(completion)
    case .failure(let error): completion(.failure(error))
    }
  }
}

extension GateStop {
  fileprivate init(_ error: DecisionLogError) {
    self.init(.unable, .unavailable("the decision log cannot be written, so nothing is sent: \(error.reason)"))
  }

  fileprivate init(_ error: JournalError) {
    switch error {
    case .tokenOfAnotherCopy, .tokenSpent:
      self.init(.token, .validation("copylint: \(Escaping.visible(error.description)); draw a new token"))
    case .damaged, .unusable, .unrecovered:
      self.init(.unable, .unavailable("\(error.description), so nothing is sent"))
    }
  }
}
