/// A pattern of the plain part of RE2's syntax, matched without RE2: characters, classes, groups, alternatives and
/// greedy repeats, all ASCII.
///
/// Compiling one pattern for RE2 costs more than the whole check of a request, and most patterns of policies are plain.
// INVARIANT: where it answers, it answers as RE2 does, and what it takes RE2 takes too. It is silent otherwise.
struct SimplePattern: Sendable {
  /// A node of the pattern; children stand before their parents.
  enum Node: Sendable {
    /// Bytes `literals[range]`.
    case literal(Range<Int>)
    /// One character of a class, repeated.
    case characters(ByteClass, Range<Int>)
    /// All of `links[range]`, one after another.
    case sequence(Range<Int>)
    /// One of `links[range]`.
    case alternatives(Range<Int>)
    /// Another node, repeated.
    case group(Int, Range<Int>)
  }

  /// The root is the last.
  let nodes: [Node]
  let links: [Int]
  let literals: [UInt8]

  /// What a repeat without an upper bound has for one.
  static let unbounded = Int.max - 1

  /// Nil for a pattern with anything beyond the plain part.
  init?(_ source: ByteString) {
    var parser = SimplePatternParser(source.bytes)
    guard parser.parse() else { return nil }
    (nodes, links, literals) = (parser.nodes, parser.links, parser.literals)
  }

  /// Whether the whole value matches; nil where that takes RE2: values beyond ASCII, and those that need much going
  /// back and forth.
  func matches(_ value: ByteString) -> Bool? {
    value.bytes.withUnsafeBufferPointer { matches($0) }
  }

  /// The same for bytes in place.
  func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard value.allSatisfy({ $0 < 0x80 }) else { return nil }
    return nodes.withUnsafeBufferPointer { nodes in
      links.withUnsafeBufferPointer { links in
        literals.withUnsafeBufferPointer { literals in
          var matching = Matching(nodes: nodes, links: links, literals: literals, value: value)
          let isMatch = matching.node(nodes.count - 1, 0) { matching, at in at == matching.value.count }
          return matching.steps > Matching.maxSteps ? nil : isMatch
        }
      }
    }
  }
}

/// One attempt, backtracking over the nodes. What is left of the pattern is the continuation.
private struct Matching {
  typealias Continuation = (inout Matching, Int) -> Bool

  /// Bounds time and the depth of recursion alike.
  static let maxSteps = 2048

  let nodes: UnsafeBufferPointer<SimplePattern.Node>
  let links: UnsafeBufferPointer<Int>
  let literals: UnsafeBufferPointer<UInt8>
  let value: UnsafeBufferPointer<UInt8>
  var steps = 0

  mutating func node(_ index: Int, _ at: Int, _ next: Continuation) -> Bool {
    steps += 1
    guard steps <= Self.maxSteps else { return false }
    switch nodes[index] {
    case .literal(let range): return literal(range, at) && next(&self, at + range.count)
    case .characters(let set, let counts): return characters(set, counts, at, next)
    case .sequence(let range): return sequence(range, at, next)
    case .alternatives(let range): return range.contains { node(links[$0], at, next) }
    case .group(let child, let counts): return group(child, counts, 0, at, next)
    }
  }

  private func literal(_ range: Range<Int>, _ at: Int) -> Bool {
    guard at + range.count <= value.count else { return false }
    for offset in 0..<range.count where literals[range.lowerBound + offset] != value[at + offset] { return false }
    return true
  }

  /// The longest run first, then shorter ones.
  private mutating func characters(_ set: ByteClass, _ counts: Range<Int>, _ at: Int, _ next: Continuation) -> Bool {
    let most = min(counts.upperBound - 1, value.count - at)
    var count = 0
    while count < most, set.contains(value[at + count]) { count += 1 }
    while count >= counts.lowerBound {
      if next(&self, at + count) { return true }
      steps += 1
      guard steps <= Self.maxSteps else { return false }
      count -= 1
    }
    return false
  }

  private mutating func sequence(_ range: Range<Int>, _ at: Int, _ next: Continuation) -> Bool {
    guard let first = range.first else { return next(&self, at) }
    return node(links[first], at) { matching, at in matching.sequence(first + 1..<range.upperBound, at, next) }
  }

  /// A round that takes nothing could go on for ever; the rounds still due may as well take nothing.
  private mutating func group(
    _ child: Int, _ counts: Range<Int>, _ done: Int, _ at: Int, _ next: Continuation
  ) -> Bool {
    let isMore =
      done < counts.upperBound - 1
      && node(child, at) { matching, reached in
        guard reached != at else { return done < counts.lowerBound && next(&matching, at) }
        return matching.group(child, counts, done + 1, reached, next)
      }
    return isMore || (done >= counts.lowerBound && next(&self, at))
  }
}
