// @unchecked: as every chunk.
/// Files that are judged at a time. Those that are large, hold an array, or cannot be read are not: each may take memory
/// and time of its own.
final class FileBatch: Chunk, @unchecked Sendable {
  /// What a file is judged by: one for all that have it in common.
  final class Basis: Sendable {
    let declarations: [TargetDeclaration]
    let rules: RuleSet

    init(_ declarations: [TargetDeclaration], _ rules: RuleSet) {
      (self.declarations, self.rules) = (declarations, rules)
    }
  }

  var inputs: ArraySlice<FileSelection.Input> = []
  /// What each of them is judged by.
  var bases: [Basis] = []

  /// A file by its position in the batch.
  func input(at position: Int) -> FileSelection.Input { inputs[inputs.startIndex + position] }

  /// How many files it has, but for the last one.
  static let size = 64

  /// The largest file that is judged with others, in bytes.
  static let largestFile = 1 << 16
}
