/// The globs of a list, with its sets replaced by their values; its entries are alternatives.
struct GlobList: Sendable {
  /// One alternative.
  struct Entry: Sendable {
    let glob: Glob
    let node: Node
  }

  let alternatives: GlobAlternatives
  private let nodes: [Node]

  /// Reads a list, or one string in its place. Reports what is wrong; nil when nothing usable is left.
  init?(_ node: Node, mode: Glob.Mode, _ decoding: Decoding) {
    guard let elements = node.kind == .string ? [node] : decoding.array(node, of: "strings") else { return nil }
    var globs: [Glob] = []
    var nodes: [Node] = []
    for element in elements {
      for element in decoding.expanding(element) {
        guard let glob = decoding.glob(element, mode: mode) else { continue }
        globs.append(glob)
        nodes.append(element)
      }
    }
    if globs.isEmpty { return nil }
    alternatives = GlobAlternatives(globs)
    self.nodes = nodes
  }

  var globs: [Glob] { alternatives.globs }
  var entries: [Entry] { zip(globs, nodes).map { Entry(glob: $0, node: $1) } }

  /// Whether one of the alternatives matches.
  @inline(never)
  func matches(_ value: ByteString, in context: RequestContext) -> Truth { alternatives.truth(value, in: context) }

  /// The alternatives for a message: the first three, and how many more there are.
  var summary: String { Self.summary(globs.prefix(3).map(\.source)[...], of: globs.count) }

  static func summary(_ sources: [ByteString]) -> String { summary(sources.prefix(3), of: sources.count) }

  /// The same of `count` alternatives, of which `sources` are the first.
  static func summary(_ sources: ArraySlice<ByteString>, of count: Int) -> String {
    let shown = sources.map { Escaping.quoted($0) }
    let rest = count - shown.count
    return rest > 0 ? shown.joined(separator: ", ") + " or \(rest) more" : alternatives(shown)
  }

  /// `a`, `b` or `c`
  static func alternatives(_ items: [String], joinedBy word: String = "or") -> String {
    var text = ""
    for (index, item) in items.enumerated() {
      if index > 0 { text += index < items.count - 1 ? ", " : " \(word) " }
      text += item
    }
    return text
  }
}

extension Glob {
  /// An absent placeholder matches nothing; an unknown one leaves the match unknown.
  @inline(never)
  func truth(_ value: ByteString, in context: RequestContext) -> Truth {
    !hasPlaceholders ? Truth(matches(value)) : match(value, resolve: context.resolve).truth(in: context)
  }
}

extension Pattern {
  /// An absent placeholder matches nothing; an unknown one leaves the match unknown.
  @inline(never)
  func truth(_ value: ByteString, in context: RequestContext) -> Truth {
    !hasPlaceholders ? Truth(matches(value)) : match(value, resolve: context.resolve).truth(in: context)
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
