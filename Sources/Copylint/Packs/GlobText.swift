/// A glob as text that is matched where it stands: `*` is any run of bytes, `?` one byte, `\` the next byte as it is.
///
/// Only `*`, `?` and `\` are escaped in it, and what a placeholder was filled with: an escaped `:` or `/` parts nothing.
enum GlobText {
  /// The text of a pack's glob. Throws on a lone `\` at the end.
  static func canonical(_ glob: [UInt8], of source: ByteString) throws(MatcherError) -> [UInt8] {
    guard glob.contains(UInt8(ascii: "\\")) else { return glob }
    var text: [UInt8] = []
    var iterator = glob.makeIterator()
    while let byte = iterator.next() {
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard let next = iterator.next() else {
        throw MatcherError(
          message: "a lone `\\` at the end", help: "write `\\\\` for a backslash",
          byteRange: source.count - 1..<source.count)
      }
      if isSpecial(next) { text.append(UInt8(ascii: "\\")) }
      text.append(next)
    }
    return text
  }

  /// What a placeholder stands for, so that every byte of it is taken as it is.
  static func literal(_ value: ByteString) -> [UInt8] {
    var text: [UInt8] = []
    for byte in value.bytes {
      if isSpecial(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") { text.append(UInt8(ascii: "\\")) }
      text.append(byte)
    }
    return text
  }

  static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "\\")
  }

  /// Whether it can match one value only.
  static func isLiteral(_ glob: [UInt8]) -> Bool {
    var at = 0
    while at < glob.count {
      if glob[at] == UInt8(ascii: "\\") { at += 1 } else if isSpecial(glob[at]) { return false }
      at += 1
    }
    return true
  }

  /// Where the part ends that begins at an offset: at the next `separator` that is not escaped, or at the end.
  static func end(of glob: Span, from start: Int, by separator: UInt8) -> Int {
    var at = start
    while at < glob.count, glob[at] != separator { at += glob[at] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(at, glob.count)
  }

  // MARK: Matching

  /// Whether the whole value matches. Goes back only to the last `*`, so the time is at most the product of the two
  /// lengths, and linear for what people write.
  static func matches(_ glob: Span, _ value: Span) -> Bool {
    var at = 0
    var token = 0
    var retry: (token: Int, at: Int)?
    while true {
      if token == glob.count, at == value.count { return true }
      if token < glob.count {
        let wanted = glob[token]
        if wanted == UInt8(ascii: "*") {
          if token == glob.count - 1 { return true }
          retry = (token, at)
          token += 1
          continue
        }
        let isEscaped = wanted == UInt8(ascii: "\\")
        if at < value.count,
          isEscaped ? glob[token + 1] == value[at] : wanted == UInt8(ascii: "?") || wanted == value[at]
        {
          (token, at) = (token + (isEscaped ? 2 : 1), at + 1)
          continue
        }
      }
      guard let last = retry, last.at < value.count else { return false }
      retry = (last.token, last.at + 1)
      (token, at) = (last.token + 1, last.at + 1)
    }
  }

  /// Matches an ARN part by part: most globs of a list are told from a value by an early one.
  static func matchesArn(_ glob: Span, _ value: Span) -> Bool {
    let colon = UInt8(ascii: ":")
    var (from, at) = (0, 0)
    for _ in 0..<5 {
      let to = end(of: glob, from: from, by: colon)
      guard let next = value.offset(of: colon, from: at), matches(glob.part(from, to), value.part(at, next)) else {
        return false
      }
      (from, at) = (to + 1, next + 1)
    }
    return matches(glob.part(from, glob.count), value.part(at, value.count))
  }

  /// Matches the segments of a path; `**` takes any number of them, and at least one at the end.
  static func matchesPath(_ glob: Span, _ path: Span) -> Bool {
    let globs = segments(glob) { end(of: glob, from: $0, by: UInt8(ascii: "/")) }
    let found = segments(path) { path.offset(of: UInt8(ascii: "/"), from: $0) ?? path.count }
    // reachable[s]: the parts so far can match the first s segments.
    var reachable = [true] + Array(repeating: false, count: found.count)
    for (index, part) in globs.enumerated() {
      var next = Array(repeating: false, count: found.count + 1)
      if isAnyDepth(part) {
        let isLast = index == globs.count - 1
        var seen = false
        for count in next.indices {
          next[count] = isLast ? seen : seen || reachable[count]
          seen = seen || reachable[count]
        }
      } else {
        for count in found.indices where reachable[count] { next[count + 1] = matches(part, found[count]) }
      }
      reachable = next
    }
    return reachable[found.count]
  }

  private static func segments(_ text: Span, _ end: (Int) -> Int) -> [Span] {
    var segments: [Span] = []
    var start = 0
    while start <= text.count {
      let stop = end(start)
      segments.append(text.part(start, stop))
      start = stop + 1
    }
    return segments
  }

  /// `**` as a whole segment.
  static func isAnyDepth(_ segment: Span) -> Bool { segment.isWord("**") }

  /// Whether `**` stands where it is no whole segment.
  static func hasStrayDoubleStar(_ glob: Span) -> Bool {
    segments(glob) { end(of: glob, from: $0, by: UInt8(ascii: "/")) }.contains { segment in
      guard !isAnyDepth(segment) else { return false }
      var at = 0
      while at + 1 < segment.count {
        if segment[at] == UInt8(ascii: "*"), segment[at + 1] == UInt8(ascii: "*") { return true }
        at += segment[at] == UInt8(ascii: "\\") ? 2 : 1
      }
      return false
    }
  }
}
