/// Globs without placeholders, of which a value must match one, over bytes where they stand.
final class PlannedGlobs {
  /// A glob whose text is read without counting references.
  private struct Planned {
    let text: Span
    let isArn: Bool

    func matches(_ value: Span) -> Bool {
      isArn ? GlobText.matchesArn(text, value) : GlobText.matches(text, value)
    }
  }

  /// Of all globs, one after another.
  private let texts: OwnedSpan
  private let globs: UnsafeMutableBufferPointer<Planned>
  private let index: LiteralIndex?

  /// Nil when one of them has placeholders.
  init?(_ alternatives: GlobAlternatives) {
    for glob in alternatives.globs where glob.hasPlaceholders || glob.mode == .path { return nil }
    texts = OwnedSpan(ByteString(alternatives.globs.flatMap(\.text)))
    globs = .allocate(capacity: alternatives.globs.count)
    var start = 0
    for (position, glob) in alternatives.globs.enumerated() {
      let text = texts.span.part(start, start + glob.text.count)
      globs.initializeElement(at: position, to: Planned(text: text, isArn: glob.mode == .arn))
      start += text.count
    }
    index = alternatives.index()
  }

  convenience init?(_ globs: [Glob]) { self.init(GlobAlternatives(globs)) }

  deinit { globs.deallocate() }

  func matches(_ value: Span) -> Bool {
    guard let index else { return isMatched(value) }
    let globs = globs
    if index.contains(value, { globs[$0].matches(value) }) { return true }
    for other in index.others where globs[other].matches(value) { return true }
    return false
  }

  private func isMatched(_ value: Span) -> Bool {
    for glob in globs where glob.matches(value) { return true }
    return false
  }
}
