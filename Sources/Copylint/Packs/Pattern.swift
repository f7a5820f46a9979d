import Synchronization

/// An RE2 pattern of a pack: the whole value must match, `.` takes a newline too, classes are ASCII.
///
/// It may hold placeholders, which are matched literally.
final class Pattern: Sendable {
  let source: ByteString
  /// Nil where the pattern is matched as it is written.
  private let template: Template?
  /// Whether `SimplePattern` reads it.
  let isPlain: Bool
  private let made: Mutex<Made>

  /// What matching takes, made when a value is first matched. What RE2 has to read to say whether it takes the pattern is
  /// there from the beginning.
  private struct Made {
    var simple: SimplePattern?
    var compiled: CompiledPattern?
    /// The last patterns made by filling placeholders in.
    var filled: [[ByteString]: CompiledPattern] = [:]
  }

  /// The fields that are read, in order.
  var placeholders: [ByteString] { template?.placeholders ?? [] }
  var hasPlaceholders: Bool { template.map { !$0.placeholders.isEmpty } ?? false }

  private static let cacheSize = 64
  private static let maxLength = 4096

  convenience init(_ source: ByteString) throws(MatcherError) {
    var parser = SimplePatternParser()
    try self.init(source, &parser)
  }

  /// Throws when RE2 refuses it, or a placeholder stands where it cannot be literal. The parser may have read others.
  init(_ source: ByteString, _ parser: inout SimplePatternParser) throws(MatcherError) {
    self.source = source
    guard source.count <= Self.maxLength else {
      throw MatcherError(
        message: "the pattern is longer than \(Self.maxLength) bytes", help: nil, byteRange: 0..<source.count)
    }
    if source.bytes.contains(UInt8(ascii: "$")) {
      template = try Template(parsing: source)
      try PatternSyntax.checkPlaceholders(in: source)
    } else {
      template = nil
    }
    let placeholders = template?.placeholders ?? []
    let sample = template.map { Self.fill($0, with: placeholders.map { _ in "x" }) } ?? source
    isPlain = placeholders.isEmpty && parser.parse(sample.bytes)
    guard !isPlain, !CompiledPattern.takesAtOnce(sample) else {
      made = Mutex(Made())
      return
    }
    do {
      let compiled = try CompiledPattern(sample)
      made = Mutex(Made(compiled: placeholders.isEmpty ? compiled : nil))
    } catch {
      throw MatcherError(message: error.message, help: error.help, byteRange: error.range(in: source))
    }
  }

  /// Whether the whole value matches; false for a pattern with placeholders.
  @inline(never)
  func matches(_ value: ByteString) -> Bool {
    guard !hasPlaceholders else { return false }
    return simple?.matches(value) ?? byRE2?.matches(value) ?? false
  }

  /// The pattern as RE2 reads it; nil where it has placeholders.
  var expression: ByteString? {
    guard let template else { return source }
    return template.placeholders.isEmpty ? Self.fill(template, with: []) : nil
  }

  /// The pattern itself, when it is plain and has no placeholders.
  var simple: SimplePattern? {
    var parser = SimplePatternParser()
    return simple(by: &parser)
  }

  /// The same, read by a parser that may have read others.
  func simple(by parser: inout SimplePatternParser) -> SimplePattern? {
    guard isPlain else { return nil }
    return made.withLock { made in
      if made.simple == nil, let expression { made.simple = SimplePattern(expression, &parser) }
      return made.simple
    }
  }

  private var byRE2: CompiledPattern? {
    made.withLock { made in
      if made.compiled == nil { made.compiled = expression.flatMap { try? CompiledPattern($0) } }
      return made.compiled
    }
  }

  /// Whether the whole value matches with placeholders filled in.
  func match(_ value: ByteString, resolve: (ByteString) -> Resolved) -> MatchResult {
    guard let template, hasPlaceholders else { return matches(value) ? .matched : .unmatched }
    let (values, missing) = template.resolve(resolve)
    if let missing { return missing }
    guard let pattern = pattern(template, filledWith: values) else { return .unmatched }
    return pattern.matches(value) ? .matched : .unmatched
  }

  /// Nil when the values make the pattern too large: nothing matches then.
  private func pattern(_ template: Template, filledWith values: [ByteString]) -> CompiledPattern? {
    if let known = made.withLock({ $0.filled[values] }) { return known }
    guard let filled = try? CompiledPattern(Self.fill(template, with: values)) else { return nil }
    made.withLock { made in
      if made.filled.count >= Self.cacheSize { made.filled.removeAll(keepingCapacity: true) }
      made.filled[values] = filled
    }
    return filled
  }

  private static func fill(_ template: Template, with values: [ByteString]) -> ByteString {
    var values = values[...]
    var text: [UInt8] = []
    for piece in template.pieces {
      switch piece {
      case .literal(let literal): text += literal.bytes
      case .placeholder:
        text += Array("(?:".utf8) + PatternSyntax.quoted(values.popFirst() ?? "").bytes + Array(")".utf8)
      }
    }
    return ByteString(text)
  }

  /// A habit from tools that search instead of matching the whole value; nil when there is none.
  var habit: String? {
    if source.bytes.first == UInt8(ascii: "^") { return "a leading `^`" }
    guard source.bytes.last == UInt8(ascii: "$"), source.bytes.dropLast().last != UInt8(ascii: "\\") else { return nil }
    return "a final `$`"
  }
}

extension PatternRefusal {
  /// Where the fragment stands in the source; the whole where it does not, as with a filled-in placeholder.
  func range(in source: ByteString) -> Range<Int> {
    let whole = 0..<source.count
    guard !fragment.isEmpty, fragment.count <= source.count else { return whole }
    let start = (0...(source.count - fragment.count)).first {
      source.bytes[$0..<($0 + fragment.count)].elementsEqual(fragment.bytes)
    }
    return start.map { $0..<($0 + fragment.count) } ?? whole
  }
}
