/// A glob without placeholders, ready to be matched against bytes where they stand.
struct PlannedGlob {
  /// One part: the values of bytes, and the two wildcards beyond them.
  private struct Part {
    var tokens: [UInt16]

    static let one: UInt16 = 0x100
    static let run: UInt16 = 0x101

    func matches(_ value: Span) -> Bool {
      var at = 0
      var token = 0
      var retry: (token: Int, at: Int)?
      while true {
        if token == tokens.count, at == value.count { return true }
        if token < tokens.count {
          let wanted = tokens[token]
          if wanted == Self.run {
            if token == tokens.count - 1 { return true }
            retry = (token, at)
            token += 1
            continue
          }
          if at < value.count, wanted == Self.one || wanted == UInt16(value[at]) {
            (token, at) = (token + 1, at + 1)
            continue
          }
        }
        guard let last = retry, last.at < value.count else { return false }
        retry = (last.token, last.at + 1)
        (token, at) = (last.token + 1, last.at + 1)
      }
    }
  }

  private let isArn: Bool
  private let parts: [Part]
  let prefix: [UInt8]
  let suffix: [UInt8]

  /// Nil for a glob with placeholders, or for paths.
  init?(_ glob: Glob) {
    guard glob.placeholders.isEmpty, glob.mode != .path else { return nil }
    isArn = glob.mode == .arn
    parts = glob.parts.map { part in
      Part(
        tokens: part.tokens.map { token in
          switch token {
          case .byte(let byte): UInt16(byte)
          case .one: Part.one
          case .run, .placeholder: Part.run
          }
        })
    }
    let whole = Array(parts.map(\.tokens).joined(separator: [UInt16(UInt8(ascii: ":"))]))
    prefix = whole.prefix { $0 < 0x100 }.map { UInt8($0) }
    suffix = whole.reversed().prefix { $0 < 0x100 }.map { UInt8($0) }.reversed()
  }

  /// Whether the whole value matches. `arn` holds its parts, nil where it does not have six.
  func matches(_ value: Span, _ arn: ArnSpans?) -> Bool {
    guard isArn else { return parts[0].matches(value) }
    guard let arn else { return false }
    // The last parts tell most globs of a list apart.
    for index in (0..<6).reversed() where !parts[index].matches(arn[index]) { return false }
    return true
  }
}

/// Alternatives, of which one must match.
final class PlannedGlobs {
  private let globs: [PlannedGlob]
  private let index: AffixIndex

  /// Nil when one of them has placeholders.
  init?(_ globs: [Glob]) {
    var planned: [PlannedGlob] = []
    for glob in globs {
      guard let one = PlannedGlob(glob) else { return nil }
      planned.append(one)
    }
    self.globs = planned
    index = AffixIndex(planned.map { ($0.prefix, $0.suffix) })
  }

  func matches(_ value: Span) -> Bool {
    // Taken apart only where a glob begins or ends as the value does.
    var arn: ArnSpans??
    return index.contains(value) { candidate in
      let parts = arn ?? ArnSpans(value)
      arn = .some(parts)
      return globs[candidate].matches(value, parts)
    }
  }
}
