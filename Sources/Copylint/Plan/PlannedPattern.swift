/// A pattern without placeholders, ready to be matched against bytes where they stand.
final class PlannedPattern {
  /// Nil where the pattern is no row of classes.
  let sequence: SequencePattern?
  /// Of a plain pattern that is none; made when the first value is matched.
  private var automaton: PatternAutomaton?
  private let simple: SimplePattern?
  private let byRE2: LazyAutomaton

  /// Nil for a pattern with placeholders.
  init?(_ pattern: Pattern) {
    guard let expression = pattern.expression else { return nil }
    simple = pattern.simple
    sequence = simple.flatMap { SequencePattern($0) }
    byRE2 = LazyAutomaton(pattern, expression)
  }

  func matches(_ value: Span) -> Bool {
    guard let sequence else { return matchesOther(value) }
    if sequence.matches(value) { return true }
    // Classes that are told by what they leave out take characters beyond ASCII, which RE2 knows.
    return value.contains { $0 >= 0x80 } && byRE2.matches(value)
  }

  private func matchesOther(_ value: Span) -> Bool {
    if automaton == nil { automaton = simple.map { PatternAutomaton($0) } }
    return automaton?.matches(value) ?? byRE2.matches(value)
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

/// Alternatives, of which one must match.
final class PlannedPatterns {
  private let index: AffixIndex
  private let indexed: [PlannedPattern]
  private let others: [PlannedPattern]

  /// Nil when one of them has placeholders.
  init?(_ patterns: [Pattern]) {
    var indexed: [PlannedPattern] = []
    var affixes: [(prefix: [UInt8], suffix: [UInt8])] = []
    var others: [PlannedPattern] = []
    for pattern in patterns {
      guard let planned = PlannedPattern(pattern) else { return nil }
      if let sequence = planned.sequence, !(sequence.prefix.isEmpty && sequence.suffix.isEmpty) {
        indexed.append(planned)
        affixes.append((sequence.prefix, sequence.suffix))
      } else {
        others.append(planned)
      }
    }
    self.indexed = indexed
    self.others = others
    index = AffixIndex(affixes)
  }

  @inline(never)
  func matches(_ value: Span) -> Bool {
    index.contains(value) { indexed[$0].matches(value) } || others.contains { $0.matches(value) }
  }
}
