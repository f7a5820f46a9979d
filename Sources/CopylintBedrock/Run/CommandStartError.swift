import Copylint
import Glibc

/// Why a command did not start.
package struct CommandStartError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The program, as it was named.
  package let program: ByteString
  /// The system's error number.
  package let code: Int32

  /// 127 where there is no such program, 126 where it cannot be executed: as `env`, `nohup` and shells have it.
  package var exitCode: Int32 { isMissing ? 127 : 126 }

  /// What is wrong: lowercase, no full stop.
  package var description: String {
    isMissing
      ? "there is no program \(Escaping.quoted(program))"
      : "\(Escaping.quoted(program)) cannot be executed: \(reason)"
  }

  /// What to do.
  package var help: String {
    isMissing
      ? "look at its name and at PATH; what stands behind `--` is no line for a shell, which `sh -c '…'` would read"
      : "see whether it is a program for this machine, and yours to execute"
  }

  private var isMissing: Bool { code == ENOENT }

  private var reason: String {
    switch code {
    case EACCES: "permission denied"
    case ENOEXEC: "it is no program for this machine"
    case E2BIG: "its arguments and environment are too long"
    case ENOTDIR: "a part of its path is no directory"
    case EAGAIN, ENOMEM: "the system has no room for another process"
    default: "error \(code)"
    }
  }
}
