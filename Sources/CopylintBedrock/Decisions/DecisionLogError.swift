import Copylint
import Glibc

/// Why nothing can be written down, and so nothing is sent.
public struct DecisionLogError: Error, Sendable, Equatable {
  /// The file.
  public var path: String
  /// What is wrong: lowercase, no full stop.
  public var reason: String

  init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// Whether there is no such file.
  var isAbsence: Bool { reason == Self.absence }

  static func absence(_ path: String) -> DecisionLogError { DecisionLogError(path: path, reason: absence) }

  private static let absence = "there is no such file"

  /// What a call failed with; to be made before any other call.
  static func last(_ path: String) -> DecisionLogError {
    DecisionLogError(path: path, reason: StateFileFault.words(errno))
  }
}
