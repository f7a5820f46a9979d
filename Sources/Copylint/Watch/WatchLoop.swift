/// Judges, waits for a change, judges again, until it is interrupted.
public struct WatchLoop<Source: ChangeSource> {
  /// How long nothing must have happened before it is judged again: an editor writes a file in several steps.
  static var pause: Int { 50 }
  /// Events after which it is judged even if there is no such pause.
  static var maxEvents: Int { 20 }

  private var source: Source

  /// A watch that hears of changes from `source`.
  public init(_ source: Source) { self.source = source }

  /// Runs until it is interrupted; the exit code of the last time. `directories` says what to watch, before each time:
  /// a change that comes while it is judged is not missed. Throws where something cannot be watched.
  public mutating func run(
    watching directories: () -> Set<ByteString>, _ judge: () -> ExitCode
  ) throws(Diagnostic) -> ExitCode {
    while true {
      try source.watch(directories())
      let code = judge()
      if try isInterrupted() { return code }
    }
  }

  /// Waits for a change and for quiet after it; whether an interruption came instead.
  private mutating func isInterrupted() throws(Diagnostic) -> Bool {
    var event = try source.next(within: nil)
    for _ in 0..<Self.maxEvents {
      guard case .changed = event else { break }
      event = try source.next(within: Self.pause)
    }
    if case .interrupted = event { return true }
    return false
  }
}
