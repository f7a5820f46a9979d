// @unchecked: as every chunk.
/// Files that are judged at a time, each of one request or an array of them.
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
}
