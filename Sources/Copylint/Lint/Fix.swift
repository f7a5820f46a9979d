/// An edit of a request file that mends what a finding is about.
///
/// Edits touch the bytes they must and nothing else: indentation, order and line endings of the file stay.
public struct Fix: Sendable, Hashable {
  /// How sure it is that the edit is what the author wants.
  public enum Safety: String, CaseIterable, Sendable {
    /// Says the same to the API as was meant: applied by `--fix`.
    case safe
    /// Changes what is asked for: applied only with `--unsafe-fixes` too.
    case unsafe
  }

  /// One replacement.
  public struct Edit: Sendable, Hashable {
    /// Byte offsets into the file's content; empty to insert.
    public var range: Range<Int>
    /// What stands there afterwards, JSON text.
    public var replacement: [UInt8]

    /// One replacement.
    public init(range: Range<Int>, replacement: [UInt8]) {
      self.range = range
      self.replacement = replacement
    }
  }

  /// How sure it is.
  public var safety: Safety
  /// What it does, in the form of a command: ``rename the key to `Owner` ``.
  public var summary: String
  /// Sorted by range, which do not overlap. Never empty.
  public var edits: [Edit]

  /// A fix of at least one edit.
  public init(safety: Safety, summary: String, edits: [Edit]) {
    self.safety = safety
    self.summary = summary
    self.edits = edits
  }
}
