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
  /// As `GlobText` has it; of a glob with placeholders, without them.
  let text: [UInt8]
  /// Nil without placeholders. Its literals are as `GlobText` has them.
  private let template: Template?

  /// The fields that are read, in order.
  var placeholders: [ByteString] { template?.placeholders ?? [] }
  var hasPlaceholders: Bool { template != nil }

  /// Throws on a lone `\` at the end, a broken placeholder, an ARN glob without six parts, `**` within a segment.
  init(_ source: ByteString, mode: Mode) throws(MatcherError) {
    self.source = source
    self.mode = mode
    if source.bytes.contains(UInt8(ascii: "$")) {
      let read = try Self.template(source)
      (text, template) = (read.text, read.template.placeholders.isEmpty ? nil : read.template)
    } else {
      (text, template) = (try GlobText.canonical(source.bytes, of: source), nil)
    }
    try check()
  }

  private static func template(_ source: ByteString) throws(MatcherError) -> (text: [UInt8], template: Template) {
    var text: [UInt8] = []
    var pieces: [Template.Piece] = []
    for piece in try Template(parsing: source).pieces {
      switch piece {
      case .placeholder: pieces.append(piece)
      case .literal(let literal):
        let canonical = try GlobText.canonical(literal.bytes, of: source)
        pieces.append(.literal(ByteString(canonical)))
        text += canonical
      }
    }
    return (text, Template(pieces))
  }

  private func check() throws(MatcherError) {
    switch mode {
    case .plain: break
    case .arn:
      var colons = 0
      for byte in text where byte == UInt8(ascii: ":") { colons += 1 }
      guard colons < 5 else { break }
      throw MatcherError(
        message: "\(Escaping.quoted(source)) does not have the six parts of an ARN",
        help: "write `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; `*` stands for one part, an empty part for none",
        byteRange: 0..<source.count)
    case .path:
      // A placeholder between two stars keeps them apart.
      let whole = template.map { Self.fill($0, with: $0.placeholders.map { _ in "x" }) } ?? text
      guard whole.withUnsafeBufferPointer({ GlobText.hasStrayDoubleStar($0) }) else { break }
      throw MatcherError(
        message: "`**` is not a whole segment", help: "write `**/` or `/**`; within a segment use `*`",
        byteRange: 0..<source.count)
    }
  }

  static func == (left: Glob, right: Glob) -> Bool { left.source == right.source && left.mode == right.mode }
  func hash(into hasher: inout Hasher) { hasher.combine(source) }

  /// Whether it can match one value only.
  var isLiteral: Bool { template == nil && GlobText.isLiteral(text) }

  /// Whether the whole value matches; false for a glob with placeholders.
  func matches(_ value: ByteString) -> Bool { value.bytes.withUnsafeBufferPointer { matches($0) } }

  /// The same for bytes in place.
  func matches(_ value: Span) -> Bool { template == nil && matches(value, text) }

  /// Whether the whole value matches with placeholders filled in.
  func match(_ value: ByteString, resolve: (ByteString) -> Resolved) -> MatchResult {
    guard let template else { return matches(value) ? .matched : .unmatched }
    let (values, missing) = template.resolve(resolve)
    if let missing { return missing }
    let text = Self.fill(template, with: values)
    return value.bytes.withUnsafeBufferPointer { matches($0, text) } ? .matched : .unmatched
  }

  private func matches(_ value: Span, _ text: [UInt8]) -> Bool {
    text.withUnsafeBufferPointer { text in
      switch mode {
      case .plain: GlobText.matches(text, value)
      case .arn: GlobText.matchesArn(text, value)
      case .path: GlobText.matchesPath(text, value)
      }
    }
  }

  private static func fill(_ template: Template, with values: [ByteString]) -> [UInt8] {
    var values = values[...]
    var text: [UInt8] = []
    for piece in template.pieces {
      switch piece {
      case .literal(let literal): text += literal.bytes
      case .placeholder: text += GlobText.literal(values.popFirst() ?? "")
      }
    }
    return text
  }
}
