/// What a watch waits for.
public enum WatchEvent: Sendable {
  /// Something changed in a watched directory.
  case changed
  /// Nothing happened in the time that was given.
  case quiet
  /// The user, or the system, wants the watch to end.
  case interrupted
}

/// Where a watch hears of changes.
public protocol ChangeSource {
  /// Watches these directories from now on, beside those before. Absolute paths; one that is gone is passed over. Throws
  /// where the system does not let one be watched.
  mutating func watch(_ directories: Set<ByteString>) throws(Diagnostic)

  /// The next thing that happens; waits `milliseconds` at most, for ever when nil.
  mutating func next(within milliseconds: Int?) throws(Diagnostic) -> WatchEvent
}
