import Synchronization

/// An RE2 pattern of a pack: the whole value must match, `.` takes a newline too, classes are ASCII.
///
/// It may hold placeholders, which are matched literally.
final class Pattern: Sendable {
  let source: ByteString
  /// The fields that are read, in order.
  let placeholders: [ByteString]
  private let template: Template
  /// The pattern itself, when it is plain and has no placeholders.
  let simple: SimplePattern?
  /// The same for RE2: made at once where the pattern is not plain, to have RE2's word on it, and else when needed.
  private let compiled: Mutex<CompiledPattern?>
  /// The last patterns made by filling placeholders in.
  private let filled = Mutex<[[ByteString]: CompiledPattern]>([:])

  private static let cacheSize = 64
  private static let maxLength = 4096

  /// Throws when RE2 refuses it, or a placeholder stands where it cannot be literal.
  init(_ source: ByteString) throws(MatcherError) {
    self.source = source
    guard source.count <= Self.maxLength else {
      throw MatcherError(
        message: "the pattern is longer than \(Self.maxLength) bytes", help: nil, byteRange: 0..<source.count)
    }
    template = try Template(parsing: source)
    placeholders = template.placeholders
    try PatternSyntax.checkPlaceholders(in: source)
    let sample = Self.fill(template, with: placeholders.map { _ in "x" })
    simple = placeholders.isEmpty ? SimplePattern(sample) : nil
    if simple != nil {
      compiled = Mutex(nil)
      return
    }
    do {
      let made = try CompiledPattern(sample)
      compiled = Mutex(placeholders.isEmpty ? made : nil)
    } catch {
      throw MatcherError(message: error.message, help: error.help, byteRange: error.range(in: source))
    }
  }

  /// Whether the whole value matches; false for a pattern with placeholders.
  @inline(never)
  func matches(_ value: ByteString) -> Bool {
    guard placeholders.isEmpty else { return false }
    return simple?.matches(value) ?? byRE2?.matches(value) ?? false
  }

  /// The pattern as RE2 reads it; nil where it has placeholders.
  var expression: ByteString? { placeholders.isEmpty ? Self.fill(template, with: []) : nil }

  private var byRE2: CompiledPattern? {
    compiled.withLock { compiled in
      if compiled == nil { compiled = try? CompiledPattern(Self.fill(template, with: [])) }
      return compiled
    }
  }

  /// Whether the whole value matches with placeholders filled in.
  func match(_ value: ByteString, resolve: (ByteString) -> Resolved) -> MatchResult {
    if placeholders.isEmpty { return matches(value) ? .matched : .unmatched }
    let (values, missing) = template.resolve(resolve)
    if let missing { return missing }
    guard let pattern = pattern(filledWith: values) else { return .unmatched }
    return pattern.matches(value) ? .matched : .unmatched
  }

  /// Nil when the values make the pattern too large: nothing matches then.
  private func pattern(filledWith values: [ByteString]) -> CompiledPattern? {
    if let known = filled.withLock({ $0[values] }) { return known }
    guard let made = try? CompiledPattern(Self.fill(template, with: values)) else { return nil }
    filled.withLock { cache in
      if cache.count >= Self.cacheSize { cache.removeAll(keepingCapacity: true) }
      cache[values] = made
    }
    return made
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
