/// What `copylint pack lint` says of packs: every mistake, and what is suspicious.
public struct PackLint {
  /// What keeps a pack from being used.
  public private(set) var errors: [Diagnostic] = []
  /// What is allowed and probably not meant.
  public private(set) var warnings: [Diagnostic] = []
  /// How many packs were read, those they extend included.
  public let packCount: Int

  /// Reads the packs; `options.packs` names them. Without any, those of the configuration are meant.
  public init(_ options: CheckOptions) {
    let policy = Policy(options.policyOptions)
    errors = policy.diagnostics
    packCount = policy.packs.count
    guard errors.isEmpty else { return }
    let rules = policy.allRules().rules
    warnings = rules.flatMap { $0.kind.suspicions($0.node) + Self.habits($0) + Self.reach($0) }
    warnings += TagBudgets.exceeded(rules) + Self.unusedSets(policy)
    warnings = warnings.filter { $0.path?.starts(with: "<built-in>/") != true || !options.packs.isEmpty }
    warnings.sort { Self.stands($0, before: $1) }
  }

  /// By path and place, as findings are.
  private static func stands(_ one: Diagnostic, before other: Diagnostic) -> Bool {
    let (path, otherPath) = (one.path ?? "", other.path ?? "")
    let start = { (diagnostic: Diagnostic) in diagnostic.place?.range.lowerBound ?? 0 }
    return path == otherPath ? start(one) < start(other) : path < otherPath
  }

  /// Patterns match the whole value, so an anchor is a habit of tools that search.
  private static func habits(_ rule: Rule) -> [Diagnostic] {
    let isPattern = { (name: ByteString) in
      ["pattern", "patterns", "forbid", "keyPatterns", "valuePatterns"].contains(name)
    }
    return strings(in: rule.node.members, where: isPattern).compactMap { node in
      guard let text = node.value.string, let habit = (try? Pattern(text))?.habit else { return nil }
      return Diagnostic(
        "\(habit) in a pattern", help: "patterns match the whole value; remove the anchor, and mind what `|` spans",
        at: node.place)
    }
  }

  /// Every string beneath members of such a name.
  private static func strings(
    in members: [Node], where isMeant: (ByteString) -> Bool
  ) -> [Node] {
    members.flatMap { node -> [Node] in
      if isMeant(node.key) { return node.kind == .array ? node.elements : [node] }
      if node.kind == .array { return node.elements.flatMap { strings(in: $0.members, where: isMeant) } }
      return strings(in: node.members, where: isMeant)
    }
  }

  private static func reach(_ rule: Rule) -> [Diagnostic] {
    guard let when = rule.settings.when, let reason = Reachability.contradiction(in: when) else { return [] }
    return [
      Diagnostic(
        "no request can reach the rule: \(reason)", help: "correct `when`, or remove the rule",
        at: (rule.node["when"] ?? rule.node.node).place)
    ]
  }

  private static func unusedSets(_ policy: Policy) -> [Diagnostic] {
    let texts = policy.packs.map { ByteString($0.document.text.file.bytes).bytes }
    return policy.packs.flatMap { pack in
      pack.sets.filter { name, set in
        let uses = [Array("\"@".utf8) + name.bytes, Array("/".utf8) + name.bytes].map { $0 + [UInt8(ascii: "\"")] }
        return !texts.contains { text in uses.contains { Self.contains($0, in: text) } }
      }.compactMap { name, set in
        guard set.overridable != true, let node = Node(pack.document)["sets"]?[name] else { return nil }
        return Diagnostic(
          "nothing uses the set \(Escaping.quoted(name))", help: "use it as `@\(name.displayString)`, or remove it",
          at: node.keyPlace)
      }
    }
  }

  private static func contains(_ needle: [UInt8], in text: [UInt8]) -> Bool {
    guard text.count >= needle.count else { return false }
    return (0...(text.count - needle.count)).contains {
      text[$0] == needle[0] && text[$0..<$0 + needle.count].elementsEqual(needle)
    }
  }

  /// Mistakes and suspicions as text, in that order.
  public func lines(color: Bool) -> [String] {
    var rendering = TextRendering(color: color)
    return errors.map { rendering.block($0) } + warnings.map { rendering.block($0, severity: .warning) }
  }
}
