/// A glob of a pack: the whole value must match, case-sensitive, by bytes.
///
/// `*` takes any run of bytes, `?` one byte, `\` takes the next byte literally, `${field}` stands for what the
/// request has there.
struct Glob: Hashable, Sendable {
  /// What a wildcard may cross.
  enum Mode: Sendable {
    /// Anything.
    case plain
    /// None of the first five colons: the six parts are matched one by one.
    case arn
    /// `*` and `?` no `/`; `**`, as a whole segment, any.
    case path
  }

  let source: ByteString
  let mode: Mode
  /// The fields that are read, in order.
  let placeholders: [ByteString]
  /// The parts that are matched alone: one, six for an ARN, one a segment for a path.
  let parts: [GlobPart]
  private let template: Template

  /// Throws on a lone `\` at the end, a broken placeholder, an ARN glob without six parts, `**` within a segment.
  init(_ source: ByteString, mode: Mode) throws(MatcherError) {
    self.source = source
    self.mode = mode
    template = try Template(parsing: source)
    placeholders = template.placeholders
    let tokens = try GlobPart.tokens(of: source, template)
    switch mode {
    case .plain: parts = [GlobPart(tokens)]
    case .arn: parts = try Self.arnParts(tokens, source)
    case .path: parts = try Self.pathParts(tokens, source)
    }
  }

  static func == (left: Glob, right: Glob) -> Bool { left.source == right.source && left.mode == right.mode }
  func hash(into hasher: inout Hasher) { hasher.combine(source) }

  /// Whether it can match one value only.
  var isLiteral: Bool { placeholders.isEmpty && parts.allSatisfy(\.isLiteral) }

  /// Whether the whole value matches; false for a glob with placeholders.
  func matches(_ value: ByteString) -> Bool { placeholders.isEmpty && matches(value, filling: []) }

  /// Whether the whole value matches with placeholders filled in.
  func match(_ value: ByteString, resolve: (ByteString) -> Resolved) -> MatchResult {
    let (values, missing) = template.resolve(resolve)
    return missing ?? (matches(value, filling: values) ? .matched : .unmatched)
  }

  @inline(never)
  private func matches(_ value: ByteString, filling values: [ByteString]) -> Bool {
    var values = values[...]
    let parts = values.isEmpty ? parts : parts.map { $0.filled(from: &values) }
    switch mode {
    case .plain: return parts[0].matches(value.bytes[...])
    case .arn: return Self.matchArn(parts, value.bytes[...])
    case .path:
      return GlobPart.matchSegments(
        parts, value.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false))
    }
  }

  /// Part by part: most globs of a list are told from a value by an early one.
  private static func matchArn(_ parts: [GlobPart], _ value: ArraySlice<UInt8>) -> Bool {
    var rest = value
    for part in parts.dropLast() {
      guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), part.matches(rest[..<colon]) else { return false }
      rest = rest[(colon + 1)...]
    }
    return parts.last?.matches(rest) ?? false
  }

  private static func arnParts(_ tokens: [GlobPart.Token], _ source: ByteString) throws(MatcherError) -> [GlobPart] {
    let parts = tokens.split(separator: .byte(UInt8(ascii: ":")), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6 else {
      throw MatcherError(
        message: "\(Escaping.quoted(source)) does not have the six parts of an ARN",
        help: "write `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; `*` stands for one part, an empty part for none",
        byteRange: 0..<source.count)
    }
    return parts.map { GlobPart(Array($0)) }
  }

  private static func pathParts(_ tokens: [GlobPart.Token], _ source: ByteString) throws(MatcherError) -> [GlobPart] {
    let parts = tokens.split(separator: .byte(UInt8(ascii: "/")), omittingEmptySubsequences: false).map {
      GlobPart(Array($0))
    }
    guard !parts.contains(where: \.hasStrayDoubleStar) else {
      throw MatcherError(
        message: "`**` is not a whole segment", help: "write `**/` or `/**`; within a segment use `*`",
        byteRange: 0..<source.count)
    }
    return parts
  }
}
