import Foundation
import Synchronization

@testable import BedrockClient

/// Answers requests from a list, in order, and keeps them. Beyond the list nobody answers.
final class AnsweringTransport: HTTPTransport {
  enum Answer: Sendable {
    case response(HTTPResponse)
    case failure(TransportError)

    static func body(_ text: String, status: Int = 200) -> Answer {
      .response(HTTPResponse(status: status, body: Array(text.utf8)))
    }

    /// 50 MB.
    static let huge = response(HTTPResponse(status: 200, body: [UInt8](repeating: 97, count: 50 << 20)))

    static let silence = failure(TransportError(.connection, delivery: .notSent, message: "nobody answers"))
  }

  private struct State {
    var answers: [Answer]
    var requests: [HTTPRequest] = []
    var limits: [TransferLimits] = []
  }

  private let state: Mutex<State>

  init(_ answers: [Answer] = []) { state = Mutex(State(answers: answers)) }

  /// The requests so far.
  var requests: [HTTPRequest] { state.withLock { $0.requests } }

  /// The bounds of each.
  var limits: [TransferLimits] { state.withLock { $0.limits } }

  func send(_ request: HTTPRequest, limits: TransferLimits) async throws(TransportError) -> HTTPResponse {
    let answer = state.withLock { state in
      state.requests.append(request)
      state.limits.append(limits)
      return state.answers.isEmpty ? .silence : state.answers.removeFirst()
    }
    switch answer {
    case .failure(let error): throw error
    case .response(let response):
      guard response.body.count <= limits.maximumResponseSize else {
        throw TransportError(.responseTooLarge, delivery: .unknown, message: "too large")
      }
      return response
    }
  }
}

/// A clock that only sleeping moves.
final class AdjustableTime: TimeSource {
  private let seconds: Mutex<Double>

  init(_ date: Date = Date(timeIntervalSince1970: 1_234_560_000)) { seconds = Mutex(date.timeIntervalSince1970) }

  var date: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
  var uptime: Duration { .seconds(seconds.withLock { $0 }) }

  func sleep(for duration: Duration) async throws(CancellationError) { advance(by: duration) }

  func advance(by duration: Duration) {
    seconds.withLock { $0 += Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18 }
  }
}

/// Runs nothing: answers with an output or an error, and keeps the command lines.
final class ScriptedProcesses: ProcessRunner {
  private let outcome: Result<[UInt8], ProcessError>
  private let kept = Mutex<[String]>([])

  init(_ output: String) { outcome = .success(Array(output.utf8)) }
  init(_ error: ProcessError) { outcome = .failure(error) }

  var commandLines: [String] { kept.withLock { $0 } }

  func run(_ commandLine: String, limits: ProcessLimits) async throws(ProcessError) -> [UInt8] {
    kept.withLock { $0.append(commandLine) }
    return try outcome.get()
  }
}
