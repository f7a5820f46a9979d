/// Globs without placeholders, of which a value must match one, over bytes where they stand.
final class PlannedGlobs {
  private let globs: [Glob]
  private let index: LiteralIndex?

  /// Nil when one of them has placeholders.
  init?(_ alternatives: GlobAlternatives) {
    globs = alternatives.globs
    for glob in globs where glob.hasPlaceholders || glob.mode == .path { return nil }
    index = alternatives.index()
  }

  convenience init?(_ globs: [Glob]) { self.init(GlobAlternatives(globs)) }

  func matches(_ value: Span) -> Bool {
    guard let index else { return isMatched(value) }
    if index.contains(value, { globs[$0].matches(value) }) { return true }
    for other in index.others where globs[other].matches(value) { return true }
    return false
  }

  private func isMatched(_ value: Span) -> Bool {
    for position in globs.indices where globs[position].matches(value) { return true }
    return false
  }
}
