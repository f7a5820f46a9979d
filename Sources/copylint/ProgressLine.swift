import Copylint

/// The line at the bottom of a terminal that says how far a long run has come. It goes before anything else is written.
final class ProgressLine {
  private var text = ProgressText(now: Terminal.clock)
  private var isShown = false

  /// Nil where nobody would see it.
  init?(quiet: Bool) {
    guard !quiet, Terminal.takesProgress else { return nil }
  }

  /// Shows it anew, where it is time for that.
  func show(_ progress: RunProgress) {
    guard let line = text.line(progress, now: Terminal.clock) else { return }
    Terminal.draw("\r\(line)\u{1B}[K")
    isShown = true
  }

  /// Takes it away.
  func erase() {
    if isShown { Terminal.draw("\r\u{1B}[K") }
    isShown = false
  }
}
