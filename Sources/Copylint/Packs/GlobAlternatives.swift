import Synchronization

/// Globs of which a value must match one. A long list is indexed when it is first asked.
final class GlobAlternatives: Sendable {
  let globs: [Glob]
  private let made = Mutex<LiteralIndex?>(nil)

  /// Fewer are matched one after another.
  static let leastIndexed = 9
  /// The index of fewer takes longer to make than a few values take without it.
  private static let leastIndexedAtOnce = 64

  init(_ globs: [Glob]) { self.globs = globs }

  /// The index of a list that is long enough for one; candidates are positions in `globs`. A glob with placeholders is
  /// one of the others.
  func index() -> LiteralIndex? {
    guard globs.count >= Self.leastIndexed else { return nil }
    return made.withLock { made in
      if made == nil { made = Self.index(globs) }
      return made
    }
  }

  private static func index(_ globs: [Glob]) -> LiteralIndex {
    var builder = LiteralIndexBuilder()
    for glob in globs {
      if !glob.hasPlaceholders { glob.addLiterals(to: &builder) }
      builder.next()
    }
    return builder.build()
  }

  /// Whether one of them matches. For one request among few: bulk is judged by plans.
  func truth(_ value: ByteString, in context: RequestContext) -> Truth {
    guard globs.count >= Self.leastIndexedAtOnce, let index = index() else {
      return Truth.any(globs) { $0.truth(value, in: context) }
    }
    let isMatch = value.bytes.withUnsafeBufferPointer { span in
      index.contains(span, ArnSpans(span)) { globs[$0].matches(span) }
    }
    return isMatch ? .yes : Truth.any(index.others) { globs[$0].truth(value, in: context) }
  }
}

extension Glob {
  /// Adds the literal texts that every match has at its beginning, at its end, at the beginning of a part of an ARN, or
  /// elsewhere.
  fileprivate func addLiterals(to builder: inout LiteralIndexBuilder) {
    guard mode != .path else { return }
    text.withUnsafeBufferPointer { text in
      // What most ARNs of a list are told apart by comes first.
      if mode == .arn { Self.addPartBeginnings(text, to: &builder) }
      let head = Self.run(text, from: 0)
      builder.add(text.part(0, head), at: .start)
      guard head < text.count else { return }
      var tail = text.count
      while tail > head, !GlobText.isSpecial(text[tail - 1]) { tail -= 1 }
      builder.add(text.part(tail, text.count), at: .end)
      guard mode == .plain else { return }
      let middle = Self.longestRun(text, head, tail)
      builder.add(text.part(middle.lowerBound, middle.upperBound), at: .anywhere)
    }
  }

  /// Where the literal text ends that begins at an offset.
  private static func run(_ text: Span, from start: Int) -> Int {
    var at = start
    while at < text.count, !GlobText.isSpecial(text[at]) { at += 1 }
    return at
  }

  private static func addPartBeginnings(_ text: Span, to builder: inout LiteralIndexBuilder) {
    var at = 0
    for part in 1...5 {
      at = GlobText.end(of: text, from: at, by: UInt8(ascii: ":")) + 1
      guard at < text.count else { return }
      if part >= 4 { builder.add(text.part(at, run(text, from: at)), at: part == 4 ? .account : .resource) }
    }
  }

  /// Without the byte that an escape is for.
  private static func longestRun(_ text: Span, _ from: Int, _ to: Int) -> Range<Int> {
    var longest = 0..<0
    var at = from
    while at < to {
      let end = min(run(text, from: at), to)
      if end - at > longest.count { longest = at..<end }
      at = end + 1
      if end < to, text[end] == UInt8(ascii: "\\") { at += 1 }
    }
    return longest
  }
}
