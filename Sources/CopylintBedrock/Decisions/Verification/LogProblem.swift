import Copylint

/// Where a line stands.
struct LogPlace: Hashable, Comparable {
  /// The file, counted from 0 in the order they are read.
  var file: Int
  /// From 1.
  var line: Int

  static func < (left: LogPlace, right: LogPlace) -> Bool {
    left.file == right.file ? left.line < right.line : left.file < right.file
  }
}

/// What is wrong with a log: somebody other than copylint wrote it, or removed from it.
public struct LogProblem: Sendable {
  /// What was done.
  public enum Kind: String, Sendable, CaseIterable {
    /// A line does not say what it said.
    case changed
    /// Lines are missing in between, or before the first.
    case removed
    /// Lines are missing after the last.
    case cut
    /// A line stands after one that came later.
    case reordered
    /// A line stands twice.
    case duplicated
    /// A line takes the place of another, or is none that the log writes.
    case inserted
  }

  /// What was done.
  public var kind: Kind
  /// The file, and the line from 1 that it shows at; nil for what shows nowhere.
  public var place: (path: String, line: Int)?
  /// The chain that it breaks; nil where none is known.
  public var chain: String?
  /// What is wrong: lowercase, no full stop, escaped.
  public var message: String
  /// What it may mean, or what to do.
  public var help: String?
}
