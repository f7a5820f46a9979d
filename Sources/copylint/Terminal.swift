import Copylint
import Glibc

/// Standard output and standard error as bytes, and what is known of the terminal.
enum Terminal {
  static func print(_ text: String) { write(Array(text.utf8) + [0x0A], to: STDOUT_FILENO) }
  static func printError(_ text: String) { write(Array(text.utf8) + [0x0A], to: STDERR_FILENO) }

  static func write(_ output: ReportOutput) {
    write(output.standardOutput, to: STDOUT_FILENO)
    write(output.standardError, to: STDERR_FILENO)
  }

  /// A report that cannot be written is a run that did not happen: the process ends with 2.
  private static func write(_ bytes: [UInt8], to descriptor: CInt) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR && errno != EAGAIN {
        exit(withCode: Copylint.ExitCode.unusable.rawValue)
      }
    }
  }

  /// A variable of the environment; nil when it is not set or empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// Whether standard output is a terminal that takes colours (no-color.org for `NO_COLOR`).
  static var takesColor: Bool {
    isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
  }

  /// Whether standard output is a terminal that makes links of OSC 8 sequences.
  static var takesHyperlinks: Bool { isatty(STDOUT_FILENO) == 1 && HyperlinkSupport.isOffered(environment) }

  /// Whether standard error is a terminal on which a line can be drawn over.
  static var takesProgress: Bool { isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb" }

  /// Draws on standard error. That it cannot is no reason to end.
  static func draw(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Nanoseconds since the machine started.
  static var clock: Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1_000_000_000 + now.tv_nsec
  }

  /// Empties the screen; a pipe or a file keeps what it has.
  static func clear() {
    guard isatty(STDOUT_FILENO) == 1, environment("TERM") != "dumb" else { return }
    write(Array("\u{1B}[H\u{1B}[2J\u{1B}[3J".utf8), to: STDOUT_FILENO)
  }

  static var today: CalendarDate { CalendarDate(secondsSinceEpoch: time(nil)) }

  /// Ends the process at once: nothing is buffered, and the libraries have nothing to tidy up.
  static func exit(withCode code: Int32) -> Never { _exit(code) }
}
