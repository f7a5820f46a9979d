/// A pattern without placeholders, ready to be matched against bytes where they stand.
final class PlannedPattern {
  /// Nil where the pattern is no row of classes.
  let sequence: SequencePattern?
  /// Of a plain pattern that is none; made when the first value is matched. Called without counting references, as the
  /// automaton, which decides what the steps do not, and what has none.
  private var steps: Unmanaged<PatternSteps>?
  private var hasTriedSteps = false
  private var automaton: Unmanaged<PatternAutomaton>?
  private let simple: SimplePattern?
  private let takesBeyondASCII: Bool
  private let byRE2: LazyAutomaton

  /// Nil for a pattern with placeholders.
  init?(_ pattern: Pattern) {
    guard let expression = pattern.expression else { return nil }
    simple = pattern.simple
    takesBeyondASCII = simple?.takesBeyondASCII ?? true
    sequence = simple.flatMap { SequencePattern($0) }
    byRE2 = LazyAutomaton(pattern, expression)
  }

  deinit {
    steps?.release()
    automaton?.release()
  }

  func matches(_ value: Span) -> Bool {
    if let sequence {
      if sequence.rulesOut(value) { return false }
      if sequence.matches(value) { return true }
    } else if let answer = answer(value) {
      if answer { return true }
    } else {
      return (takesBeyondASCII || value.allSatisfy { $0 < 0x80 }) && byRE2.matches(value)
    }
    return takesBeyondASCII && value.contains { $0 >= 0x80 } && byRE2.matches(value)
  }

  /// Whether a value matches, if it is ASCII; nil where that is for RE2 to say.
  @inline(__always)
  private func answer(_ value: Span) -> Bool? {
    if !hasTriedSteps { makeSteps() }
    if let answer = steps?._withUnsafeGuaranteedRef({ $0.matches(value) }) { return answer }
    return automatonAnswer(value)
  }

  private func makeSteps() {
    hasTriedSteps = true
    steps = simple.flatMap { PatternSteps($0, PatternWorkspace()) }.map { .passRetained($0) }
  }

  private func automatonAnswer(_ value: Span) -> Bool? {
    if automaton == nil { automaton = simple.map { .passRetained(PatternAutomaton($0)) } }
    return automaton?._withUnsafeGuaranteedRef { $0.matches(value) }
  }
}

/// An RE2 automaton that is made when the first value is matched; for one plan alone, so that threads do not meet at the
/// locks within RE2.
final class LazyAutomaton {
  private let pattern: Pattern
  private let expression: ByteString
  private var compiled: CompiledPattern?

  init(_ pattern: Pattern, _ expression: ByteString) { (self.pattern, self.expression) = (pattern, expression) }

  func matches(_ value: Span) -> Bool {
    if let compiled { return compiled.matches(value) }
    // The pattern was compiled when its pack was read, so RE2 takes it; else it decides as the pack's own does.
    guard let made = try? CompiledPattern(expression) else { return pattern.matches(ByteString(value)) }
    compiled = made
    return made.matches(value)
  }
}

/// Patterns without placeholders, of which a value must match one, over bytes where they stand. Those of a long list are
/// made when a value first could match them.
final class PlannedPatterns {
  private let patterns: [Pattern]
  private let index: PatternIndex?
  /// One for each pattern, nil until it is needed, or where it has none. Called without counting references.
  private let steps: UnsafeMutablePointer<Unmanaged<PatternSteps>?>
  /// Of a pattern without steps.
  private let simples: UnsafeMutablePointer<SimplePattern?>
  private let planned: UnsafeMutablePointer<Unmanaged<PlannedPattern>?>
  /// How often each was asked without a plan.
  private let asked: UnsafeMutablePointer<UInt8>
  private var parser = SimplePatternParser()
  private var workspace = PatternWorkspace()
  /// How many patterns of the list may still have an automaton: it takes thousands of bytes for each.
  private var automata = 256

  /// Matches of one pattern of a long list that pay for an automaton.
  private static let warmUp: UInt8 = 64

  /// Nil when one of them has placeholders.
  init?(_ alternatives: PatternAlternatives) {
    patterns = alternatives.patterns
    index = alternatives.index()
    steps = .allocate(capacity: patterns.count)
    steps.initialize(repeating: nil, count: patterns.count)
    simples = .allocate(capacity: patterns.count)
    simples.initialize(repeating: nil, count: patterns.count)
    planned = .allocate(capacity: patterns.count)
    planned.initialize(repeating: nil, count: patterns.count)
    asked = .allocate(capacity: patterns.count)
    asked.initialize(repeating: 0, count: patterns.count)
    for pattern in patterns where pattern.hasPlaceholders { return nil }
  }

  convenience init?(_ pattern: Pattern) { self.init(PatternAlternatives([pattern])) }

  deinit {
    simples.deinitialize(count: patterns.count).deallocate()
    for position in patterns.indices {
      steps[position]?.release()
      planned[position]?.release()
    }
    steps.deallocate()
    planned.deallocate()
    asked.deallocate()
  }

  @inline(never)
  func matches(_ value: Span) -> Bool {
    if let index { return index.contains(value) { isMatched($0, value) } }
    for position in patterns.indices where isMatched(position, value) { return true }
    return false
  }

  private func isMatched(_ position: Int, _ value: Span) -> Bool {
    if let known = planned[position] { return known._withUnsafeGuaranteedRef { $0.matches(value) } }
    if asked[position] < Self.warmUp || automata == 0, let answer = simpleAnswer(position, value) {
      return answer
    }
    automata = max(0, automata - 1)
    guard let made = PlannedPattern(patterns[position]) else { return false }
    planned[position] = .passRetained(made)
    return made.matches(value)
  }

  @inline(__always)
  private func answerBySteps(_ position: Int, _ value: Span) -> Bool? {
    steps[position]?._withUnsafeGuaranteedRef { $0.matches(value) }
  }

  /// Nil where that takes a plan.
  private func simpleAnswer(_ position: Int, _ value: Span) -> Bool? {
    if asked[position] == 0 { read(position) }
    if asked[position] < Self.warmUp { asked[position] += 1 }
    return answerBySteps(position, value) ?? simples[position]?.matches(value)
  }

  private func read(_ position: Int) {
    guard let simple = patterns[position].simple(by: &parser) else { return }
    if workspace.isFull { workspace = PatternWorkspace() }
    guard let made = PatternSteps(simple, workspace) else {
      simples[position] = simple
      return
    }
    steps[position] = .passRetained(made)
  }

  /// The patterns that match, by their positions, ascending.
  func matching(_ value: Span) -> [Int] {
    var found: [Int] = []
    guard let index else {
      for position in patterns.indices where isMatched(position, value) { found.append(position) }
      return found
    }
    // One that is looked up by a text which stands twice in the value is named twice.
    _ = index.contains(value) { position in
      if !found.contains(position), isMatched(position, value) { found.append(position) }
      return false
    }
    return found.sorted()
  }
}
