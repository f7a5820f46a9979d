/// A string of a pack that may hold `${field}`, which is replaced by what the request has there, literally.
/// `$${` stands for `${` itself.
struct Template: Hashable, Sendable {
  /// A stretch of the string.
  enum Piece: Hashable, Sendable {
    case literal(ByteString)
    /// A field's name.
    case placeholder(ByteString)
  }

  let pieces: [Piece]

  init(_ pieces: [Piece]) { self.pieces = pieces }

  /// Throws on a `${` that is not closed or names nothing.
  init(parsing text: ByteString) throws(MatcherError) {
    let bytes = text.bytes
    let (dollar, brace) = (UInt8(ascii: "$"), UInt8(ascii: "{"))
    // Most texts have none, and are taken as they are.
    guard bytes.contains(dollar) else {
      pieces = [.literal(text)]
      return
    }
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var at = 0
    while at < bytes.count {
      let next = at + 1 < bytes.count ? bytes[at + 1] : 0
      if bytes[at] == dollar, next == dollar, at + 2 < bytes.count, bytes[at + 2] == brace {
        literal += [dollar, brace]
        at += 3
      } else if bytes[at] == dollar, next == brace {
        let name = try Self.name(bytes, at)
        if !literal.isEmpty { pieces.append(.literal(ByteString(literal))) }
        literal = []
        pieces.append(.placeholder(name))
        at += name.count + 3
      } else {
        literal.append(bytes[at])
        at += 1
      }
    }
    if !literal.isEmpty || pieces.isEmpty { pieces.append(.literal(ByteString(literal))) }
    self.pieces = pieces
  }

  private static func name(_ bytes: [UInt8], _ start: Int) throws(MatcherError) -> ByteString {
    guard let close = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else {
      throw MatcherError(
        message: "`${` is not closed", help: "write `${field}`, or `$${` for the characters themselves",
        byteRange: start..<bytes.count)
    }
    guard close > start + 2 else {
      throw MatcherError(message: "`${}` names no field", help: nil, byteRange: start..<close + 1)
    }
    return ByteString(bytes[(start + 2)..<close])
  }

  /// The fields that are read, in order.
  var placeholders: [ByteString] {
    pieces.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
  }
}

/// Why a glob, a pattern or a template of a pack cannot be used.
struct MatcherError: Error {
  var message: String
  var help: String?
  /// The bytes of the string it is about.
  var byteRange: Range<Int>
}

/// What a placeholder stands for in one request.
enum Resolved: Sendable {
  case value(ByteString)
  case absent
  case unknown
}

/// Whether a value matches something that may hold placeholders.
enum MatchResult: Equatable, Sendable {
  case matched
  case unmatched
  /// A field it needs is absent or empty: nothing matches.
  case absentPlaceholder(ByteString)
  /// A field it needs is not known: neither does the match.
  case unknownPlaceholder(ByteString)
}

extension Template {
  /// The values of all placeholders; nothing can be matched where one is missing. Absent outweighs unknown, for then
  /// no value of the unknown one could match.
  @inline(never)
  func resolve(_ resolve: (ByteString) -> Resolved) -> (values: [ByteString], missing: MatchResult?) {
    var values: [ByteString] = []
    var missing: MatchResult?
    for name in placeholders {
      switch resolve(name) {
      case .value(let value) where !value.isEmpty: values.append(value)
      case .value, .absent: return ([], .absentPlaceholder(name))
      case .unknown: missing = missing ?? .unknownPlaceholder(name)
      }
    }
    return (values, missing)
  }
}
