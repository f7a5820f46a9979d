// @unchecked: as every chunk.
/// Files that are judged at a time. Those that are large, hold an array, or cannot be read are not: each may take memory
/// and time of its own.
final class FileBatch: Chunk, @unchecked Sendable {
  /// A file with what it is judged by.
  struct Item {
    let input: FileSelection.Input
    let known: Linter.Input
    let rules: RuleSet
  }

  var items: [Item] = []

  /// How many files it has, but for the last one.
  static let size = 64

  /// The largest file that is judged with others, in bytes.
  static let largestFile = 1 << 16
}
