import Synchronization

/// Patterns of which a value must match one. A long list is indexed when it is first asked.
final class PatternAlternatives: Sendable {
  let patterns: [Pattern]
  private let literals: LiteralIndexBuilder
  private let made = Mutex<PatternIndex?>(nil)

  /// Fewer are matched one after another.
  static let leastIndexed = 9

  /// What the patterns need was collected while they were read.
  init(_ patterns: [Pattern], _ literals: LiteralIndexBuilder) { (self.patterns, self.literals) = (patterns, literals) }

  convenience init(_ patterns: [Pattern]) {
    var literals = LiteralIndexBuilder()
    var parser = SimplePatternParser()
    for pattern in patterns where patterns.count >= Self.leastIndexed {
      if pattern.isPlain, let expression = pattern.expression, parser.parse(expression.bytes) {
        parser.addLiterals(to: &literals)
      }
      literals.next()
    }
    self.init(patterns, literals)
  }

  /// The alternatives for a message: the first three, and how many more there are.
  var summary: String { GlobList.summary(patterns.prefix(3).map(\.source)[...], of: patterns.count) }

  /// The index of a list that is long enough for one.
  func index() -> PatternIndex? {
    guard patterns.count >= Self.leastIndexed else { return nil }
    return made.withLock { made in
      if made == nil { made = PatternIndex(patterns, literals) }
      return made
    }
  }

  /// Whether one of them matches.
  func truth(_ value: ByteString, in context: RequestContext) -> Truth {
    guard let index = index() else { return Truth.any(patterns) { $0.truth(value, in: context) } }
    let isMatch = value.bytes.withUnsafeBufferPointer { span in
      index.contains(span) { patterns[$0].matches(value) }
    }
    return isMatch ? .yes : Truth.any(index.withPlaceholders) { patterns[$0].truth(value, in: context) }
  }
}

/// Finds, among many patterns, those that a value could match. What it names are positions in the list.
struct PatternIndex: Sendable {
  private let literals: LiteralIndex
  /// Patterns that no literal text tells from others.
  private let others: [Int]
  /// The same as one automaton; nil where they are few, or too much for one.
  private let set: CompiledPatternSet?
  /// Those that are no candidates of any value by themselves.
  let withPlaceholders: [Int]

  fileprivate init(_ patterns: [Pattern], _ builder: LiteralIndexBuilder) {
    literals = builder.build()
    others = literals.others.filter { !patterns[$0].hasPlaceholders }
    withPlaceholders = literals.others.filter { patterns[$0].hasPlaceholders }
    set =
      others.count < PatternAlternatives.leastIndexed
      ? nil : CompiledPatternSet(others.compactMap { patterns[$0].expression })
  }

  /// Whether `matches` is true of one of the candidates.
  func contains(_ value: Span, _ matches: (Int) -> Bool) -> Bool {
    if literals.contains(value, nil, matches) { return true }
    guard let set, let found = set.candidates(value) else {
      for other in others where matches(other) { return true }
      return false
    }
    for position in found where matches(others[position]) { return true }
    return false
  }
}

extension SimplePatternParser {
  /// Adds the literal texts that every match of the pattern has at its beginning, at its end and in between.
  func addLiterals(to builder: inout LiteralIndexBuilder) {
    var runs = LiteralRuns()
    collect(nodes.count - 1, &runs)
    guard let first = runs.first else {
      runs.current.withUnsafeBufferPointer { builder.add($0, at: .start) }
      return
    }
    first.withUnsafeBufferPointer { builder.add($0, at: .start) }
    runs.current.withUnsafeBufferPointer { builder.add($0, at: .end) }
    runs.longest.withUnsafeBufferPointer { builder.add($0, at: .anywhere) }
  }

  private struct LiteralRuns {
    var current: [UInt8] = []
    /// The text at the beginning, once something else follows.
    var first: [UInt8]?
    /// Of those in between.
    var longest: [UInt8] = []

    mutating func end() {
      if first == nil { first = current } else if current.count > longest.count { longest = current }
      current.removeAll(keepingCapacity: true)
    }
  }

  private func collect(_ node: Int, _ runs: inout LiteralRuns) {
    switch nodes[node] {
    case .literal(let range): runs.current += literals[range]
    case .sequence(let range): for link in links[range] { collect(link, &runs) }
    case .characters, .alternatives, .group: runs.end()
    }
  }
}
