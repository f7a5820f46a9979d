import Foundation
import Synchronization

@testable import BedrockClient

/// Answers by a script and keeps what it was asked.
final class ScriptedTransport: HTTPTransport {
  enum Step: Sendable {
    case answer(HTTPResponse)
    case failure(TransportError.Reason, TransportError.Delivery)
  }

  private let state: Mutex<(steps: [Step], requests: [HTTPRequest], limits: [TransferLimits])>

  init(_ steps: [Step]) { state = Mutex((steps, [], [])) }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }
  var limits: [TransferLimits] { state.withLock { $0.limits } }

  func send(_ request: HTTPRequest, limits: TransferLimits) async throws(TransportError) -> HTTPResponse {
    let step = state.withLock { state in
      state.requests.append(request)
      state.limits.append(limits)
      return state.steps.isEmpty ? nil : state.steps.removeFirst()
    }
    switch step {
    case .answer(let response): return response
    case .failure(let reason, let delivery): throw TransportError(reason, delivery: delivery, message: "scripted")
    case nil: throw TransportError(.invalidRequest, delivery: .notSent, message: "the script is over")
    }
  }
}

/// Clocks that stand still until somebody sleeps.
final class ManualTime: TimeSource {
  private let state = Mutex<(uptime: Duration, sleeps: [Duration])>((.zero, []))
  private let start: Date

  init(start: Date = Date(timeIntervalSince1970: 1_440_938_160)) { self.start = start }

  var uptime: Duration { state.withLock { $0.uptime } }
  var date: Date { start.addingTimeInterval(uptime / .seconds(1)) }
  var sleeps: [Duration] { state.withLock { $0.sleeps } }

  func sleep(for duration: Duration) async throws(CancellationError) {
    state.withLock { state in
      state.uptime += duration
      state.sleeps.append(duration)
    }
  }
}

extension HTTPResponse {
  /// An answer of the REST-JSON protocol.
  static func json(_ status: Int, _ body: String = "{}", _ headers: [(String, String)] = []) -> HTTPResponse {
    HTTPResponse(status: status, headers: HTTPHeaders(headers), body: Array(body.utf8))
  }

  /// An error by its header.
  static func error(_ status: Int, _ code: String, _ headers: [(String, String)] = []) -> HTTPResponse {
    json(status, "{\"message\":\"words\"}", [("x-amzn-errortype", code), ("x-amzn-requestid", "r-1")] + headers)
  }
}
