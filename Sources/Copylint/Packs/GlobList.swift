/// The globs of a list, with its sets replaced by their values; its entries are alternatives.
struct GlobList: Sendable {
  /// One alternative.
  struct Entry: Sendable {
    let glob: Glob
    let node: Node
  }

  let entries: [Entry]

  /// Reads a list, or one string in its place. Reports what is wrong; nil when nothing usable is left.
  init?(_ node: Node, mode: Glob.Mode, _ decoding: Decoding) {
    guard let elements = node.kind == .string ? [node] : decoding.array(node, of: "strings") else { return nil }
    entries = elements.flatMap { decoding.expanding($0) }.compactMap { element in
      decoding.glob(element, mode: mode).map { Entry(glob: $0, node: element) }
    }
    if entries.isEmpty { return nil }
  }

  var globs: [Glob] { entries.map(\.glob) }

  /// Whether one of the alternatives matches.
  @inline(never)
  func matches(_ value: ByteString, in context: RequestContext) -> Truth {
    Truth.any(entries) { $0.glob.truth(value, in: context) }
  }

  /// The alternatives for a message: the first three, and how many more there are.
  var summary: String { Self.summary(globs.map(\.source)) }

  static func summary(_ sources: [ByteString]) -> String {
    let shown = sources.prefix(3).map { Escaping.quoted($0) }
    let rest = sources.count - shown.count
    return rest > 0 ? shown.joined(separator: ", ") + " or \(rest) more" : alternatives(shown)
  }

  /// `a`, `b` or `c`
  static func alternatives(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension Glob {
  /// An absent placeholder matches nothing; an unknown one leaves the match unknown.
  @inline(never)
  func truth(_ value: ByteString, in context: RequestContext) -> Truth {
    placeholders.isEmpty ? Truth(matches(value)) : match(value, resolve: context.resolve).truth(in: context)
  }
}

extension Pattern {
  /// An absent placeholder matches nothing; an unknown one leaves the match unknown.
  @inline(never)
  func truth(_ value: ByteString, in context: RequestContext) -> Truth {
    placeholders.isEmpty ? Truth(matches(value)) : match(value, resolve: context.resolve).truth(in: context)
  }
}

extension MatchResult {
  func truth(in context: RequestContext) -> Truth {
    switch self {
    case .matched: .yes
    case .unmatched, .absentPlaceholder: .no
    case .unknownPlaceholder(let name): .unknown(context.causes(ofUnknown: name))
    }
  }
}
