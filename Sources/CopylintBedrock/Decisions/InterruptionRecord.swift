import Copylint

/// That lines could not be written for a while: the first line that can be, so that the log itself says what it lacks.
/// Nothing of what those lines were about was sent.
struct InterruptionRecord {
  /// How many lines were refused.
  var lines: Int
  /// Why the first one was: lowercase, no full stop.
  var reason: String
  /// The chain that this one goes on for, where it is not known what the file has after its last line.
  var after: ChainHead?

  func write(to writer: inout JSONWriter) {
    writer.member("kind", "interruption")
    writer.member("lines", lines)
    writer.member("reason", reason)
    writer.member("after", ifPresent: after?.description)
  }
}
