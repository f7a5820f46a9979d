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
  /// Whether a value that is not ASCII may match, which is for RE2 to say.
  let takesBeyondASCII: Bool
  /// Nil where matching is left to others.
  let program: SimplePatternProgram?

  /// What a repeat without an upper bound has for one.
  static let unbounded = Int.max - 1

  /// Nil for a pattern with anything beyond the plain part.
  init?(_ source: ByteString) {
    var parser = SimplePatternParser()
    self.init(source, &parser)
  }

  /// The same, read by a parser that may have read others.
  init?(_ source: ByteString, _ parser: inout SimplePatternParser) {
    guard parser.parse(source.bytes) else { return nil }
    (nodes, links, literals) = (parser.nodes, parser.links, parser.literals)
    takesBeyondASCII = parser.takesBeyondASCII
    var compiler = SimplePatternCompiler(nodes: nodes, links: links, literals: literals)
    program = compiler.compile()
  }

  /// Whether the whole value matches; nil where that takes RE2: values beyond ASCII that may match, and those that need
  /// much going back and forth.
  func matches(_ value: ByteString) -> Bool? {
    value.bytes.withUnsafeBufferPointer { matches($0) }
  }

  /// The same for bytes in place.
  func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard let program, let isMatch = program.matches(value) else { return nil }
    // Every step takes ASCII alone, so that a match says that there is nothing else.
    return isMatch || !takesBeyondASCII || value.allSatisfy { $0 < 0x80 } ? isMatch : nil
  }
}
