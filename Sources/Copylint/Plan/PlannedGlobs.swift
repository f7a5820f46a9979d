/// Globs without placeholders, of which a value must match one, over bytes where they stand.
final class PlannedGlobs {
  /// A glob whose text is read without counting references.
  private struct Planned {
    let text: Span
    let isArn: Bool
    /// Nil for a glob whose parts are found again for each value.
    let parts: PlannedArnGlob?

    init(_ text: Span, isArn: Bool) {
      (self.text, self.isArn) = (text, isArn)
      parts = isArn ? PlannedArnGlob(text) : nil
    }

    func matches(_ value: Span, _ arn: ArnSpans?) -> Bool {
      guard isArn else { return GlobText.matches(text, value) }
      guard let parts else { return GlobText.matchesArn(text, value) }
      return arn.map { parts.matches(text, $0) } ?? false
    }
  }

  /// Of all globs, one after another.
  private let texts: OwnedSpan
  private let globs: UnsafeMutableBufferPointer<Planned>
  private let index: LiteralIndex?
  private let hasArns: Bool

  /// Nil when one of them has placeholders.
  init?(_ alternatives: GlobAlternatives) {
    for glob in alternatives.globs where glob.hasPlaceholders || glob.mode == .path { return nil }
    texts = OwnedSpan(ByteString(alternatives.globs.flatMap(\.text)))
    globs = .allocate(capacity: alternatives.globs.count)
    var start = 0
    for (position, glob) in alternatives.globs.enumerated() {
      let text = texts.span.part(start, start + glob.text.count)
      globs.initializeElement(at: position, to: Planned(text, isArn: glob.mode == .arn))
      start += text.count
    }
    index = alternatives.index()
    hasArns = alternatives.globs.contains { $0.mode == .arn }
  }

  convenience init?(_ globs: [Glob]) { self.init(GlobAlternatives(globs)) }

  deinit { globs.deallocate() }

  func matches(_ value: Span) -> Bool { matches(value, hasArns ? ArnSpans(value) : nil) }

  /// The same for a value whose parts are known, as `ArnSpans` has them.
  func matches(_ value: Span, _ arn: ArnSpans?) -> Bool {
    let globs = globs
    guard let index else {
      for glob in globs where glob.matches(value, arn) { return true }
      return false
    }
    if index.contains(value, arn, { globs[$0].matches(value, arn) }) { return true }
    for other in index.others where globs[other].matches(value, arn) { return true }
    return false
  }
}
