/// A stretch of a glob that is matched alone.
struct GlobPart: Sendable {
  /// What a glob is made of.
  enum Token: Hashable, Sendable {
    case byte(UInt8)
    /// One byte.
    case one
    /// Any run of bytes.
    case run
    /// What a field holds, literally.
    case placeholder
  }

  let tokens: [Token]

  init(_ tokens: [Token]) { self.tokens = tokens }

  var isLiteral: Bool { tokens.allSatisfy { if case .byte = $0 { true } else { false } } }
  /// `**` as a whole segment.
  var isAnyDepth: Bool { tokens == [.run, .run] }
  var hasStrayDoubleStar: Bool { !isAnyDepth && zip(tokens, tokens.dropFirst()).contains { $0 == (.run, .run) } }

  /// The tokens of a whole glob.
  static func tokens(of source: ByteString, _ template: Template) throws(MatcherError) -> [Token] {
    var tokens: [Token] = []
    for piece in template.pieces {
      switch piece {
      case .placeholder: tokens.append(.placeholder)
      case .literal(let literal): tokens += try Self.tokens(of: literal.bytes, source)
      }
    }
    return tokens
  }

  private static func tokens(of bytes: [UInt8], _ source: ByteString) throws(MatcherError) -> [Token] {
    var tokens: [Token] = []
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "*"): tokens.append(.run)
      case UInt8(ascii: "?"): tokens.append(.one)
      case UInt8(ascii: "\\"):
        guard let next = iterator.next() else {
          throw MatcherError(
            message: "a lone `\\` at the end", help: "write `\\\\` for a backslash",
            byteRange: source.count - 1..<source.count)
        }
        tokens.append(.byte(next))
      default: tokens.append(.byte(byte))
      }
    }
    return tokens
  }

  /// The part with its placeholders replaced by the next values.
  func filled(from values: inout ArraySlice<ByteString>) -> GlobPart {
    GlobPart(
      tokens.flatMap { token -> [Token] in
        guard token == .placeholder else { return [token] }
        return (values.popFirst() ?? "").bytes.map { .byte($0) }
      })
  }

  /// Whether the whole value matches. Goes back only to the last `*`, so the time is at most the product of the two
  /// lengths, and linear for what people write.
  func matches(_ value: ArraySlice<UInt8>) -> Bool {
    var at = value.startIndex
    var token = 0
    var retry: (token: Int, at: Int)?
    while true {
      if token == tokens.count, at == value.endIndex { return true }
      if token < tokens.count, tokens[token] == .run {
        retry = (token, at)
        token += 1
        continue
      }
      if token < tokens.count, let next = Self.step(tokens[token], value, at) {
        (token, at) = (token + 1, next)
        continue
      }
      guard let last = retry, last.at < value.endIndex else { return false }
      retry = (last.token, last.at + 1)
      (token, at) = (last.token + 1, last.at + 1)
    }
  }

  /// Where the value goes on after one token, or nil when the token does not match here.
  private static func step(_ token: Token, _ value: ArraySlice<UInt8>, _ at: Int) -> Int? {
    guard at < value.endIndex else { return nil }
    switch token {
    case .byte(let byte): return value[at] == byte ? at + 1 : nil
    case .one: return at + 1
    case .run, .placeholder: return nil
    }
  }

  /// Matches the segments of a path; `**` takes any number of them, and at least one at the end.
  static func matchSegments(_ parts: [GlobPart], _ segments: [ArraySlice<UInt8>]) -> Bool {
    // reachable[s]: the parts so far can match the first s segments.
    var reachable = [true] + Array(repeating: false, count: segments.count)
    for (index, part) in parts.enumerated() {
      var next = Array(repeating: false, count: segments.count + 1)
      if part.isAnyDepth {
        let isLast = index == parts.count - 1
        var seen = false
        for count in next.indices {
          next[count] = isLast ? seen : seen || reachable[count]
          seen = seen || reachable[count]
        }
      } else {
        for count in segments.indices where reachable[count] { next[count + 1] = part.matches(segments[count]) }
      }
      reachable = next
    }
    return reachable[segments.count]
  }
}
