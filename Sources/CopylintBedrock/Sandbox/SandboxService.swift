import Copylint
import NIOHTTP1
import Synchronization

/// The service itself, without a socket: requests to answers.
final class SandboxService: HTTPHandler {
  private let options: SandboxOptions
  private let state: Mutex<State>

  private struct State {
    var store: CopyJobStore
    var dice: FaultDice
    var rules: PolicyLinter
    var requests = 0
  }

  /// Throws when the built-in pack cannot be used.
  init(_ options: SandboxOptions) throws(PolicyErrors) {
    self.options = options
    let today = CalendarDate(secondsSinceEpoch: Int(options.time.date.timeIntervalSince1970))
    let rules = try PolicyLinter(packs: [], today: today, stage: .gate)
    state = Mutex(
      State(store: CopyJobStore(seed: options.faults.seed), dice: FaultDice(options.faults), rules: rules))
  }

  /// The accepted jobs, in order.
  var jobs: [CopyJob] { state.withLock { $0.store.jobs } }

  func respond(to request: ServerRequest) async -> ServerResponse {
    state.withLock { state in
      state.requests += 1
      let requestID = Self.requestID(state.requests)
      guard let operation = Self.operation(request) else {
        return finish(ServiceError.unknownOperation.response, request, requestID, fault: nil)
      }
      let fault = state.dice.next(operation)
      let response =
        fault?.precedesEffect ?? false ? ServerResponse() : perform(operation, request, requestID, &state)
      return finish(response, request, requestID, fault: fault)
    }
  }

  private static func operation(_ request: ServerRequest) -> SandboxOperation? {
    let segments = request.target.segments
    guard segments.first == "model-copy-jobs" else {
      return segments.isEmpty && CallerIdentityOperation.isAsked(by: request) ? .identity : nil
    }
    switch (request.head.method, segments.count) {
    case (.POST, 1): return .create
    case (.GET, 1): return .list
    case (.GET, 2): return .get
    default: return nil
    }
  }

  private func perform(
    _ operation: SandboxOperation, _ request: ServerRequest, _ requestID: String, _ state: inout State
  ) -> ServerResponse {
    let identity = CallerIdentityOperation(requestID: requestID)
    do throws(ServiceError) {
      let service = operation == .identity ? "sts" : "bedrock"
      let caller = try CallerAuthentication(options: options).caller(of: request, service: service)
      let now = Timestamp.asTold(options.time.date)
      switch operation {
      case .create:
        return CreateOperation(owner: caller, now: now, options: options)
          .respond(request.body, &state.rules, &state.store)
      case .get: return try Self.get(request.target.segments[1], caller, state.store).response(at: now)
      case .list: return try ListOperation(request.target).respond(state.store, caller, at: now)
      case .identity: return identity.respond(account: caller.account)
      }
    } catch {
      return operation == .identity ? identity.respond(error) : error.response
    }
  }

  private static func get(
    _ arn: ByteString, _ caller: JobOwner, _ store: CopyJobStore
  ) throws(ServiceError) -> CopyJob {
    guard let job = store.job(arn: arn, of: caller) else {
      throw ServiceError(
        .notFound, "ResourceNotFoundException", "The model copy job \(Escaping.quoted(arn)) was not found")
    }
    return job
  }

  private func finish(
    _ response: ServerResponse, _ request: ServerRequest, _ requestID: String, fault: Fault?
  ) -> ServerResponse {
    var response = fault?.applied(to: response, slowness: options.faults.slowness) ?? response
    response.headers.add(name: "x-amzn-requestid", value: requestID)
    let isSent = response.delivery != .reset && response.delivery != .silence
    options.onExchange(
      SandboxExchange(
        request: Escaping.visible("\(request.head.method.rawValue) \(request.target.path)"),
        status: isSent ? Int(response.status.code) : nil, error: response.headers.first(name: "x-amzn-errortype"),
        fault: fault))
    return response
  }

  /// A UUID in form, and the request's number.
  private static func requestID(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
  }
}
