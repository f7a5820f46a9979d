import BedrockClient
import Copylint

/// CreateModelCopyJob at the gate: judged, written down, and sent as the very bytes that were judged.
struct GatedCopies: Sendable {
  private let options: GateOptions
  private let journal: GateJournal

  init(_ options: GateOptions) {
    self.options = options
    journal = GateJournal(options.journal)
  }

  /// A call that is judged.
  private struct Judged {
    let decision: GateDecision
    let record: DecisionRecord
    /// Nil where the request is denied and has not the members that the API demands.
    let values: CopyValues?
    let copy: LogicalCopy?
  }

  func respond(to request: ServerRequest, _ call: GateCall) async throws(GateStop) -> ServerResponse {
    let start = options.time.uptime
    do throws(ServiceError) { try CreateBody.check(request) } catch { throw GateStop(.body, error) }
    let policy = options.policy.current
    let submission = try await judge(request.body, call, policy)
    let judged = judged(submission, call, policy, since: start)
    guard judged.record.isForwarded else {
      try await write(judged.record)
      options.onEvent(.denied(judged.decision))
      return Self.denial(judged.decision)
    }
    guard let values = judged.values, let token = values.clientRequestToken, let copy = judged.copy else {
      throw GateStop(.token, .validation("copylint: the request has no `clientRequestToken`; SDKs fill it in"))
    }
    try await write(judged.record)
    return try await send(
      request, call, Admitted(judged: judged, values: values, token: token, copy: copy, start: start))
  }

  // MARK: Judging

  private func judge(_ body: [UInt8], _ call: GateCall, _ policy: CallPolicy) async throws(GateStop) -> Submission {
    let today = options.today ?? CalendarDate(secondsSinceEpoch: Int(options.time.date.timeIntervalSince1970))
    var destination = CallPolicy.Destination(region: call.region)
    var submission = policy.judge(body, to: destination, today: today, maxBytes: options.limits.bodyBytes)
    if submission.needsAccount {
      destination.account = try await account(call.region)
      submission = policy.judge(body, to: destination, today: today, maxBytes: options.limits.bodyBytes)
    }
    guard submission.report.verdict != .unreadable else {
      let reason = submission.report.error.map { "\($0.message)" } ?? "it is no request"
      throw GateStop(
        .body, ServiceError(.badRequest, "SerializationException", "copylint: \(Escaping.visible(reason))"))
    }
    return submission
  }

  /// STS is asked only where a rule reads the account.
  private func account(_ region: String) async throws(GateStop) -> String {
    do {
      return try await options.upstream.account(in: region)
    } catch {
      let words = ConnectionWords.diagnostic(error, "a rule reads the account of the credentials, which is not known")
      throw GateStop(.unable, .unavailable(words.message))
    }
  }

  private func judged(
    _ submission: Submission, _ call: GateCall, _ policy: CallPolicy, since start: Duration
  ) -> Judged {
    let report = submission.report
    let account = report.target.account?.displayString
    let copy = submission.values.map { LogicalCopy($0, region: call.region, account: account) }
    let isForwarded = report.verdict == .compliant || (options.isAuditOnly && submission.values != nil)
    let decision = GateDecision(
      id: options.newID(), report: report, region: call.region, targetModelName: submission.values?.targetModelName,
      keyID: call.keyID, token: submission.values?.clientRequestToken, duration: options.time.uptime - start)
    let record = DecisionRecord(
      id: decision.id, source: "gate", path: "", keyID: call.keyID, copyDigest: copy?.digest ?? "",
      packs: policy.packs, report: report, isForwarded: isForwarded)
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
  ) async throws(GateStop) -> ServerResponse {
    let admission = try await admit(admitted)
    var decision = admitted.judged.decision
    let sent = options.time.uptime
    decision.duration = sent - admitted.start
    let answer = await answer(to: request, call)
    let outcome = GateOutcome(answer, took: options.time.uptime - sent)
    await settle(admission, outcome, admitted)
    options.onEvent(.forwarded(decision, outcome))
    switch answer {
    case .success(let response): return try UpstreamAnswer(response).response
    case .failure(let error): throw GateStop(error)
    }
  }

  private func answer(to request: ServerRequest, _ call: GateCall) async -> Result<HTTPResponse, UpstreamError> {
    do throws(UpstreamError) {
      return .success(try await options.upstream.send(UpstreamCall(request), to: call.region))
    } catch {
      return .failure(error)
    }
  }

  /// The intent is durable when this returns.
  private func admit(_ admitted: Admitted) async throws(GateStop) -> GateJournal.Admission {
    let details = Journal.Details(
      committedToken: admitted.tokenText, targetModelName: admitted.values.targetModelName.displayString,
      sourceModelArn: admitted.values.sourceModelArn.displayString, now: now)
    do throws(JournalError) {
      return try await journal.admit(admitted.copy, details)
    } catch {
      // The decision says that the call goes, and it does not.
      let record = OutcomeRecord(
        id: admitted.judged.decision.id, outcome: .rejected, token: admitted.tokenText, error: error.description)
      try? await options.log.append(record)
      throw GateStop(error)
    }
  }

  /// The call has left: that its outcome cannot be written changes nothing about it. The intent stays open then, and
  /// the next decision that cannot be written stops its call.
  private func settle(_ admission: GateJournal.Admission, _ outcome: GateOutcome, _ admitted: Admitted) async {
    let record = OutcomeRecord(
      id: admitted.judged.decision.id, outcome: outcome.outcome, token: admitted.tokenText, jobArn: outcome.jobArn,
      error: outcome.error)
    async let logged: Void? = try? await options.log.append(record)
    async let settled: Void? = try? journal.settle(admission, outcome, now: now)
    _ = await (logged, settled)
  }

  private func write(_ record: DecisionRecord) async throws(GateStop) {
    do throws(DecisionLogError) {
      try await options.log.append(record)
    } catch {
      throw GateStop(.unable, .unavailable("the decision log cannot be written, so nothing is sent: \(error.reason)"))
    }
  }

  private var now: Int64 { Int64(options.time.date.timeIntervalSince1970) }
}

extension GateStop {
  fileprivate init(_ error: JournalError) {
    switch error {
    case .tokenOfAnotherCopy, .tokenSpent:
      self.init(.token, .validation("copylint: \(Escaping.visible(error.description)); draw a new token"))
    case .damaged, .unusable:
      self.init(.unable, .unavailable("\(error.description), so nothing is sent"))
    }
  }
}
