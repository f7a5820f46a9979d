/// Where the parts of a glob for ARNs stand in its text, and what each takes: most take one text only, or any.
// INVARIANT: it takes what `GlobText.matchesArn` takes.
struct PlannedArnGlob {
  /// Where the first five parts end.
  private var ends = SIMD8<UInt16>()
  /// A bit for each part that is `*`, and for each that holds no wildcard.
  private var takesAny: UInt8 = 0
  private var isLiteral: UInt8 = 0

  /// Nil for a text that is no glob for ARNs, or a very long one.
  init?(_ text: Span) {
    guard text.count <= UInt16.max else { return nil }
    var start = 0
    for part in 0..<6 {
      let end = part == 5 ? text.count : GlobText.end(of: text, from: start, by: UInt8(ascii: ":"))
      guard start <= end else { return nil }
      let glob = text.part(start, end)
      if glob.isWord("*") { takesAny |= 1 << UInt8(part) }
      if !glob.contains(where: GlobText.isSpecial) { isLiteral |= 1 << UInt8(part) }
      ends[part] = UInt16(end)
      start = end + 1
    }
  }

  /// Whether it takes a value of these parts, `text` being its own. What most globs of a list differ in comes first.
  func matches(_ text: Span, _ arn: ArnSpans) -> Bool {
    takes(3, text, arn.region) && takes(4, text, arn.account) && takes(5, text, arn.resource)
      && takes(1, text, arn.partition) && takes(2, text, arn.service) && takes(0, text, arn.prefix)
  }

  @inline(__always)
  private func takes(_ part: Int, _ text: Span, _ value: Span) -> Bool {
    if takesAny &>> UInt8(part) & 1 == 1 { return true }
    let wanted = text.part(part == 0 ? 0 : Int(ends[part - 1]) + 1, Int(ends[part]))
    return isLiteral &>> UInt8(part) & 1 == 1 ? wanted.isSame(as: value) : GlobText.matches(wanted, value)
  }
}
