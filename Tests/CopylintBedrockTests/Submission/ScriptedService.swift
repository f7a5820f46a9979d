import BedrockClient
import Foundation
import Synchronization

/// A Bedrock that does what a test says, and knows tokens as Bedrock does.
final class ScriptedService: HTTPTransport {
  /// What becomes of one call of CreateModelCopyJob.
  enum Step: Sendable, Equatable {
    case lostBeforeEffect
    case lostAfterEffect
    case garbage
    case truncated
    case status(Int)
  }

  private struct State {
    var script: [Step] = []
    var tokens: [String] = []
    var jobs: [String] = []
    var isHidden = false
    var hasFailed = false
    var check: @Sendable () -> Bool = { true }
    var wasReady = false
  }

  private let state = Mutex(State())

  /// The token of every create that arrived, in order.
  var tokens: [String] { state.withLock { $0.tokens } }
  /// Whether the check held when the first create arrived.
  var wasReady: Bool { state.withLock { $0.wasReady } }

  func script(_ step: Step) { state.withLock { $0.script.append(step) } }
  func hideJobs() { state.withLock { $0.isHidden = true } }
  func failJobs() { state.withLock { $0.hasFailed = true } }
  func onCreate(_ check: @escaping @Sendable () -> Bool) { state.withLock { $0.check = check } }

  func send(_ request: HTTPRequest, limits: TransferLimits) async throws(TransportError) -> HTTPResponse {
    if request.method == "POST" { return try create(request) }
    return request.path == "/model-copy-jobs" ? list() : get()
  }

  private func create(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
    let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any]
    let token = body?["clientRequestToken"] as? String ?? ""
    let step = state.withLock { state -> Step? in
      if state.tokens.isEmpty { state.wasReady = state.check() }
      state.tokens.append(token)
      let step = state.script.isEmpty ? nil : state.script.removeFirst()
      let hasEffect = step == nil || step == .lostAfterEffect || step == .garbage || step == .truncated
      if hasEffect, !state.jobs.contains(token) { state.jobs.append(token) }
      return step
    }
    switch step {
    case .lostBeforeEffect, .lostAfterEffect:
      throw TransportError(.closed, delivery: .unknown, message: "the connection was closed")
    case .truncated: throw TransportError(.closed, delivery: .unknown, message: "the response was cut off")
    case .garbage: return HTTPResponse(status: 201, body: Array("<html>".utf8))
    case .status(let status):
      return HTTPResponse(status: status, body: Array(#"{"message": "no"}"#.utf8))
    case nil: return HTTPResponse(status: 201, body: Array(#"{"jobArn": "\#(Self.job)"}"#.utf8))
    }
  }

  private static let job = "arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/abcdefghijkl"

  private func summary(_ status: String) -> String {
    """
    {"jobArn": "\(Self.job)", "status": "\(status)", "creationTime": "2026-11-24T10:00:00Z",
     "targetModelArn": "arn:aws:bedrock:eu-west-1:111122223333:custom-model/imported/abcdefghijkl",
     "targetModelName": "m", "sourceAccountId": "111122223333",
     "sourceModelArn": "arn:aws:bedrock:us-east-1:111122223333:custom-model/imported/abcdefghijkl"}
    """
  }

  private func get() -> HTTPResponse {
    let status = state.withLock { $0.hasFailed ? "Failed" : "Completed" }
    return HTTPResponse(status: 200, body: Array(summary(status).utf8))
  }

  private func list() -> HTTPResponse {
    let hasJobs = state.withLock { !$0.jobs.isEmpty && !$0.isHidden }
    let jobs = hasJobs ? summary("InProgress") : ""
    return HTTPResponse(status: 200, body: Array("{\"modelCopyJobSummaries\": [\(jobs)]}".utf8))
  }
}
