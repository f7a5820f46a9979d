import Copylint

/// Why a verb ends without its work done.
struct CommandFailure: Error {
  /// What is wrong: lowercase, no full stop.
  var message: String
  /// What to do.
  var help: String?
  /// How the process ends.
  var code = Copylint.ExitCode.unusable

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }

  /// As diagnostics without a place are shown.
  var text: String { "error: \(message)" + (help.map { "\n  = help: \($0)" } ?? "") }
}
