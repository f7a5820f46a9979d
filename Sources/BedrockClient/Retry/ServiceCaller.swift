#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Makes calls: attempts, each signed anew, until one is answered, none may follow, or the limits are reached.
struct ServiceCaller: Sendable {
  private let authenticator: RequestAuthenticator
  private let transport: any HTTPTransport
  private let retries: RetryPolicy
  private let time: any TimeSource
  private let userAgent: String
  private let quota = RetryQuota()
  private let skew = ClockSkew()

  init(
    authenticator: RequestAuthenticator, transport: any HTTPTransport, retries: RetryPolicy, time: any TimeSource,
    userAgent: String
  ) {
    self.authenticator = authenticator
    self.transport = transport
    self.retries = retries
    self.time = time
    self.userAgent = userAgent
  }

  /// A response with a status of success, and the number of attempts that it took.
  struct Answer {
    let response: HTTPResponse
    let attempts: Int
  }

  /// Sends the request. Throws the last attempt's failure, with the effect that all of them may have had.
  func call(_ request: HTTPRequest) async throws(BedrockError) -> Answer {
    var call = Call(id: UUID().uuidString.lowercased(), deadline: retries.totalTimeout.map { time.uptime + $0 })
    while true {
      call.attempts += 1
      let outcome = await attempt(marked(request, call), call)
      switch outcome {
      case .success(let response):
        quota.release(call.lastCost)
        return Answer(response: response, attempts: call.attempts)
      case .failure(let failure):
        if failure.effect == .unknown { call.effect = .unknown }
        try await wait(after: failure, &call)
      }
    }
  }

  private struct Call {
    let id: String
    let deadline: Duration?
    var attempts = 0
    var effect = BedrockError.Effect.none
    var lastCost: Int?

    init(id: String, deadline: Duration?) {
      self.id = id
      self.deadline = deadline
    }

    func error(_ cause: BedrockError.Cause) -> BedrockError {
      BedrockError(cause, attempts: attempts, effect: effect)
    }
  }

  private enum Outcome {
    case success(HTTPResponse)
    case failure(AttemptFailure)
  }

  /// Waits for the next attempt, or throws where there is none.
  private func wait(after failure: AttemptFailure, _ call: inout Call) async throws(BedrockError) {
    guard failure.retry != .never, call.attempts < retries.maxAttempts else { throw call.error(failure.cause) }
    let delay = Backoff.delay(
      afterAttempt: call.attempts, jitter: retries.jitter(), requested: failure.requestedDelay)
    if let deadline = call.deadline, time.uptime + delay >= deadline { throw call.error(failure.cause) }
    let cost = RetryQuota.cost(failure.retry)
    guard quota.acquire(cost) else { throw call.error(failure.cause) }
    call.lastCost = cost
    do { try await time.sleep(for: delay) } catch { throw call.error(.cancelled) }
  }

  /// The headers by which SDKs tell attempts of one call from calls.
  private func marked(_ request: HTTPRequest, _ call: Call) -> HTTPRequest {
    var marked = request
    marked.headers["User-Agent"] = userAgent
    marked.headers["amz-sdk-invocation-id"] = call.id
    marked.headers["amz-sdk-request"] = "attempt=\(call.attempts); max=\(retries.maxAttempts)"
    return marked
  }

  private func attempt(_ request: HTTPRequest, _ call: Call) async -> Outcome {
    do {
      let (signed, secrets) = try await authenticator.authenticate(request, at: skew.corrected(time.date))
      return await send(signed, secrets: secrets, call)
    } catch { return .failure(AttemptFailure(error)) }
  }

  private func send(_ signed: HTTPRequest, secrets: [String], _ call: Call) async -> Outcome {
    do {
      let response = try await transport.send(signed, limits: limits(call))
      guard !(200..<300).contains(response.status) else { return .success(response) }
      return .failure(failure(response, secrets: secrets))
    } catch { return .failure(AttemptFailure(error)) }
  }

  private func failure(_ response: HTTPResponse, secrets: [String]) -> AttemptFailure {
    var error = ServiceError(response)
    error.message = Redaction.redact(error.message, secrets)
    let isSkew = skew.learn(from: response, error: error, at: time.date)
    return AttemptFailure(error, in: response, retry: isSkew ? .clockSkew : nil)
  }

  private func limits(_ call: Call) -> TransferLimits {
    var limits = retries.limits
    guard let deadline = call.deadline else { return limits }
    limits.timeout = max(.milliseconds(1), min(limits.timeout, deadline - time.uptime))
    return limits
  }
}
