import BedrockClient
import Copylint
import Foundation
import Synchronization

@testable import CopylintBedrock

/// Decisions, and calls of the system that fail, for tests.
enum DecisionSample {
  static func record(_ id: String) -> DecisionRecord {
    let report = Report.Request(
      path: "a\u{1B}]0;x\u{7}.json", verdict: .denied, target: Report.Target(region: "eu-west-1"))
    return DecisionRecord(
      id: id, source: "submit", path: report.path, keyID: "MPLE", copyDigest: "d", packs: [], report: report,
      isForwarded: false)
  }

  /// The lines of a file, as JSON objects.
  static func lines(_ path: String) throws -> [[String: Any]] {
    try texts(path).map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
  }

  static func texts(_ path: String) throws -> [Substring] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
  }
}

/// A disk that fails when it is told to.
final class FailingDisk: Sendable {
  private struct State {
    var write: Int32?
    var synchronise: Int32?
    var failures = Int.max
    var truncates = true
    var synchronised = 0
    var attempts = 0
    var hangs = false
  }

  private let state = Mutex(State())

  /// From now on writes stop half way with this error; nil for none.
  func failWrites(_ error: Int32?) { state.withLock { $0.write = error } }

  /// From now on fsync fails with this error, so many times; nil for none.
  func failSynchronising(_ error: Int32?, times: Int = .max) {
    state.withLock { ($0.synchronise, $0.failures) = (error, times) }
  }

  /// From now on nothing can be taken back.
  func failTruncating(_ fails: Bool) { state.withLock { $0.truncates = !fails } }

  /// From now on no fsync ends, until this is called with false.
  func hang(_ hangs: Bool) { state.withLock { $0.hangs = hangs } }

  /// How often fsync began.
  var attempts: Int { state.withLock { $0.attempts } }

  /// How often fsync ended.
  var synchronised: Int { state.withLock { $0.synchronised } }

  var calls: LogFileCalls {
    let system = LogFileCalls.system
    return LogFileCalls(
      write: { descriptor, bytes in
        guard let error = self.state.withLock({ $0.write }) else { return system.write(descriptor, bytes) }
        if bytes.count > 40 {
          return system.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]))
        }
        errno = error
        return -1
      },
      synchronise: { descriptor in
        self.state.withLock { $0.attempts += 1 }
        while self.state.withLock({ $0.hangs }) { usleep(500) }
        let error = self.state.withLock { state -> Int32? in
          state.synchronised += 1
          guard state.failures > 0 else { return nil }
          if state.synchronise != nil { state.failures -= 1 }
          return state.synchronise
        }
        guard let error else { return system.synchronise(descriptor) }
        errno = error
        return -1
      },
      truncate: { self.state.withLock { $0.truncates } ? system.truncate($0, $1) : -1 })
  }
}
