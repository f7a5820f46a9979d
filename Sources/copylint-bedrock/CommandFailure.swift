import Copylint
import CopylintBedrock
import Glibc
import NIOCore

/// Why a verb ends without its work done.
struct CommandFailure: Error {
  /// What is wrong: lowercase, no full stop.
  var message: String
  /// What to do.
  var help: String?
  /// How the process ends.
  var code = Copylint.ExitCode.unusable
  /// How it ends instead, as shells have it for a program that cannot be run.
  var shellCode: Int32?

  /// The code that the process ends with.
  var exitCode: Int32 { shellCode ?? code.rawValue }

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }

  /// What the errors of a policy are, each at its place.
  private var places: [Diagnostic] = []

  init(_ diagnostic: Diagnostic) { self.init(diagnostic.message, help: diagnostic.help) }

  /// An address that cannot be had.
  init(listening host: String, _ port: Int, _ error: any Error, help: String) {
    let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)).lowercased() } ?? "\(error)"
    self.init("cannot listen on \(Escaping.visible(host)) port \(port): \(Escaping.visible(reason))", help: help)
  }

  init(_ errors: PolicyErrors) {
    self.init("")
    places = errors.diagnostics
  }

  /// Throws where this process may not open as many files as a verb needs that has connections.
  static func checkOpenFiles() throws(CommandFailure) {
    do throws(Diagnostic) { try DescriptorLimit.check() } catch { throw CommandFailure(error) }
  }

  /// As diagnostics are shown.
  var text: String {
    guard places.isEmpty else { return PolicyErrors.lines(places, color: false).joined(separator: "\n") }
    return "error: \(message)" + (help.map { "\n  = help: \($0)" } ?? "")
  }
}
