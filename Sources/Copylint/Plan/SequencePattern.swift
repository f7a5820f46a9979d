/// A pattern that is a row of character classes, each with how often it may stand, at most one of them without a fixed
/// number: `CC-[0-9]{4}`, `team-1-[a-z0-9]+`, `[a-zA-Z0-9._-]*`. The length of a value then says what stands where, so
/// that a byte table decides without an automaton.
///
/// Most patterns are no such row; those are RE2's.
// INVARIANT: a pattern read here matches exactly the values of ASCII that the simple one matches, and no other.
struct SequencePattern: Sendable {
  /// The class of each byte before the variable piece, and of each byte after it.
  private let head: [ByteClass]
  private let tail: [ByteClass]
  private let middle: (set: ByteClass, least: Int, most: Int)

  private typealias Piece = (set: ByteClass, counts: Range<Int>)

  /// Nil when the pattern is another.
  init?(_ pattern: SimplePattern) {
    var row: [Piece] = []
    guard Self.append(pattern.nodes.count - 1, of: pattern, to: &row) else { return nil }
    let variable = row.indices.filter { row[$0].counts.count > 1 }
    guard variable.count <= 1 else { return nil }
    let at = variable.first ?? row.endIndex
    head = row[..<at].flatMap { Array(repeating: $0.set, count: $0.counts.lowerBound) }
    tail = row[at...].dropFirst().flatMap { Array(repeating: $0.set, count: $0.counts.lowerBound) }
    middle =
      variable.first.map { (row[$0].set, row[$0].counts.lowerBound, row[$0].counts.upperBound - 1) }
      ?? (ByteClass(), 0, 0)
  }

  /// Appends a node's pieces; false where it is a choice or a repeated group.
  private static func append(_ node: Int, of pattern: SimplePattern, to row: inout [Piece]) -> Bool {
    switch pattern.nodes[node] {
    case .literal(let range): row += pattern.literals[range].map { (ByteClass($0...$0), 1..<2) }
    case .characters(let set, let counts): row.append((set, counts))
    case .sequence(let range): return pattern.links[range].allSatisfy { append($0, of: pattern, to: &row) }
    case .alternatives, .group: return false
    }
    return true
  }

  /// Whether a value's first byte or its length rule it out, whatever else stands in it, ASCII or not.
  func rulesOut(_ value: Span) -> Bool {
    guard let first = head.first else { return false }
    return value.count < head.count || (value[0] < 0x80 && !first.contains(value[0]))
  }

  func matches(_ value: Span) -> Bool {
    let free = value.count - head.count - tail.count
    guard free >= middle.least, free <= middle.most else { return false }
    for index in 0..<head.count where !head[index].contains(value[index]) { return false }
    guard middle.set.containsAll(value.part(head.count, head.count + free)) else { return false }
    let start = head.count + free
    for index in 0..<tail.count where !tail[index].contains(value[start + index]) { return false }
    return true
  }

  /// The only class, and how many bytes of it there may be; nil for a row of several.
  var only: (set: ByteClass, counts: ClosedRange<Int>)? {
    head.isEmpty && tail.isEmpty && middle.least <= middle.most ? (middle.set, middle.least...middle.most) : nil
  }
}
