import BedrockClient
import CopylintBedrock
import Synchronization

/// A Bedrock that keeps what arrives and answers what a test says.
final class ScriptedUpstream: GateUpstream {
  typealias Answer = Result<HTTPResponse, UpstreamError>

  private struct State {
    var calls: [(call: UpstreamCall, region: String)] = []
    var answers: [Answer] = []
    var accountQuestions = 0
    var hasAccount = true
    var check: @Sendable () -> Bool = { true }
    var wasReady: [Bool] = []
    var prepared = 0
    /// Calls that wait until they are answered; nil where none does.
    var held: [@Sendable () -> Void]?
  }

  static let job = "arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/abcdefghijkl"
  static let accepted = HTTPResponse(
    status: 201, headers: HTTPHeaders([("Content-Type", "application/json"), ("Set-Cookie", "a=b")]),
    body: Array(#"{"jobArn": "\#(job)"}"#.utf8))

  private let state = Mutex(State())

  /// Everything that arrived, in order.
  var calls: [UpstreamCall] { state.withLock { $0.calls.map(\.call) } }
  var regions: [String] { state.withLock { $0.calls.map(\.region) } }
  var creates: Int { calls.count { $0.method == "POST" } }
  var accountQuestions: Int { state.withLock { $0.accountQuestions } }
  /// What the check said when each call arrived.
  var wasReady: [Bool] { state.withLock { $0.wasReady } }

  func answer(_ answer: Answer) { state.withLock { $0.answers.append(answer) } }
  /// Nobody can say from now on whose the credentials are.
  func forgetAccount() { state.withLock { $0.hasAccount = false } }
  func onCall(_ check: @escaping @Sendable () -> Bool) { state.withLock { $0.check = check } }

  func prepare(_ call: UpstreamCall, to region: String) async throws(UpstreamError) -> PreparedCall {
    state.withLock { $0.prepared += 1 }
    return PreparedCall { completion in
      let answer = self.answer(call, region)
      let isHeld = self.state.withLock { state in
        state.held?.append { completion(answer) }
        return state.held != nil
      }
      if !isHeld { completion(answer) }
    }
  }

  /// How many calls were made ready to be sent.
  var prepared: Int { state.withLock { $0.prepared } }

  /// From now on no call is answered, until `release` is called.
  func hold() { state.withLock { $0.held = [] } }

  func release() {
    let held = state.withLock { state in
      defer { state.held = nil }
      return state.held ?? []
    }
    for answer in held { answer() }
  }

  private func answer(_ call: UpstreamCall, _ region: String) -> Answer {
    state.withLock { state -> Answer in
      state.calls.append((call, region))
      state.wasReady.append(state.check())
      return state.answers.isEmpty ? .success(Self.accepted) : state.answers.removeFirst()
    }
  }

  func account(in region: String) async throws -> String {
    let hasAccount = state.withLock { state in
      state.accountQuestions += 1
      return state.hasAccount
    }
    guard hasAccount else { throw UpstreamError(effect: .none, message: "STS does not answer") }
    return "111122223333"
  }

  func keyID() async throws -> String { "GATE" }
}
