/// The rules in force for some requests, put together from the packs of one scope.
struct RuleSet: Sendable {
  /// Sorted by name. A rule that is reached both changed and unchanged stands here once for each: the strictest holds.
  let rules: [Rule]
  /// The packs in force, bases first.
  let packs: [PackFile]
  /// Tells sets apart without comparing their rules.
  let identity = Identity()

  final class Identity: Sendable {}

  /// Puts the packs together; reports what does not fit.
  static func compose(_ roots: [PackFile], _ graph: PackGraph) -> (RuleSet, [Diagnostic]) {
    let composition = Composition(roots: roots, graph: graph)
    let rules = composition.compose()
    return (RuleSet(rules: rules, packs: composition.packs), composition.decoding.diagnostics)
  }
}

/// The work of putting packs together.
private struct Composition {
  let roots: [PackFile]
  let graph: PackGraph
  let packs: [PackFile]
  let decoding: Decoding
  /// With every set as its own pack has it, for rules that are also reached without the packs that replace sets.
  let unchangedSets: Decoding

  init(roots: [PackFile], graph: PackGraph) {
    self.roots = roots
    self.graph = graph
    // One file may be reached by name and by path; it is one pack.
    var names = ByteStringSet()
    packs = graph.closure(of: roots).filter { names.insert($0.header.name).inserted }
    let unresolved = Decoding()
    decoding = Decoding(
      sets: SetComposition(packs: packs, graph: graph, overrides: packs.flatMap(\.overrides)).resolver(unresolved))
    unchangedSets = Decoding(sets: SetComposition(packs: packs, graph: graph, overrides: []).resolver(Decoding()))
    for diagnostic in unresolved.diagnostics { decoding.report(diagnostic) }
  }

  func compose() -> [Rule] {
    checkOverrides()
    var rules: [Rule] = []
    for pack in packs {
      let own = pack.rules.flatMap { variants(of: $0, in: pack) }
      if own.isEmpty, !pack.rules.isEmpty, decoding.isClean {
        let node = Node(pack.document)["rules"] ?? Node(pack.document)
        decoding.report("every rule of the pack is switched off", help: "leave one on, or the pack out", at: node)
      }
      rules += own
    }
    let names = rules.map { ByteString($0.name) }
    return names.indices.sorted { names[$0] < names[$1] }.map { rules[$0] }
  }

  /// A rule as it was written, as the overrides change it, or both where it is reached both ways.
  private func variants(of node: RuleNode, in pack: PackFile) -> [Rule] {
    let changes = changes(to: node.id, of: pack)
    guard let original = Rule(node, pack: pack.header, decoding) else { return [] }
    var variants = withUnchangedSets(node, pack)
    guard !changes.isEmpty else { return variants + [original] }
    if isReached(pack, without: changes.map(\.pack)) { variants.append(original) }
    return variants + [merged(node, original, changes)].compactMap { $0 }
  }

  private func isReached(_ pack: PackFile, without others: [PackFile]) -> Bool {
    graph.closure(of: roots, skipping: others).contains { $0 === pack }
  }

  private func withUnchangedSets(_ node: RuleNode, _ pack: PackFile) -> [Rule] {
    let replacing = packs.filter { other in other.overrides.contains { $0.set != nil } }
    guard !replacing.isEmpty, isReached(pack, without: replacing) else { return [] }
    return [Rule(node, pack: pack.header, unchangedSets)].compactMap { $0 }
  }

  private struct Change {
    var pack: PackFile
    var override: PackOverride
  }

  private func changes(to id: ByteString, of pack: PackFile) -> [Change] {
    packs.flatMap { other in
      other.overrides.filter { Self.split($0.rule) ?? ("", "") == (pack.header.name, id) }.map {
        Change(pack: other, override: $0)
      }
    }
  }

  /// Nil when the rule is switched off, or something was reported.
  private func merged(_ node: RuleNode, _ original: Rule, _ changes: [Change]) -> Rule? {
    var merged = node
    for value in changed(by: changes, original) { merged.set(value) }
    let isOff = changes.contains { $0.override.off == true && allowsOff($0.override, original) }
    let rule = Rule(merged, pack: original.pack, decoding)
    return isOff ? nil : rule
  }

  /// The members that change, each once, in the order of the overrides.
  private func changed(by changes: [Change], _ original: Rule) -> [Node] {
    var changed: [Node] = []
    for value in changes.flatMap(\.override.with) where allows(value, original) {
      guard let known = changed.firstIndex(where: { $0.key == value.key }) else {
        changed.append(value)
        continue
      }
      let other = changed[known]
      if value.key == "severity" {
        changed[known] = Self.stricter(other, value)
      } else if !Self.isSame(other, value) {
        let place = other.place
        decoding.report(
          "two packs change \(Escaping.quoted(value.key)) of \(Escaping.quoted(ByteString(original.name))) differently",
          help: "the other change is in \(Escaping.quoted(place.file.path)), line \(place.start.line)", at: value)
      } else {
        changed[known] = value
      }
    }
    return changed
  }

  private static func stricter(_ first: Node, _ second: Node) -> Node {
    let rank = { (node: Node) in node.value.string.flatMap { Severity(rawValue: $0.displayString) } ?? .info }
    return rank(first) < rank(second) ? second : first
  }

  /// Whether the base lets the member be changed; a severity may always be raised.
  private func allows(_ node: Node, _ rule: Rule) -> Bool {
    let member = node.key
    if rule.settings.overridable.contains(member), !["id", "kind", "overridable"].contains(member) { return true }
    if member == "severity", let word = node.value.string, let severity = Severity(rawValue: word.displayString),
      severity >= rule.settings.severity ?? .error
    {
      return true
    }
    let open = rule.settings.overridable.map { Escaping.quoted($0) }
    let name = Escaping.quoted(ByteString(rule.name))
    decoding.report(
      "\(Escaping.quoted(member)) of \(name) cannot be changed",
      help: open.isEmpty ? "the rule marks nothing `overridable`" : "overridable: \(open.joined(separator: ", "))",
      atKeyOf: node)
    return false
  }

  private func allowsOff(_ override: PackOverride, _ rule: Rule) -> Bool {
    if rule.settings.overridable.contains("off") { return true }
    decoding.report(
      "\(Escaping.quoted(ByteString(rule.name))) cannot be switched off",
      help: "the rule does not mark `off` overridable",
      at: override.node["off"] ?? override.node)
    return false
  }

  /// Every override must meet something that its pack extends.
  private func checkOverrides() {
    for pack in packs {
      let bases = graph.ancestors(of: pack)
      for override in pack.overrides where override.rule != nil {
        let names = bases.flatMap { base in base.rules.map { Self.join(base.header.name, $0.id) } }
        check(override.rule, among: names, "rule", at: override.node["rule"] ?? override.node)
      }
      for override in pack.overrides where override.set != nil {
        let names = bases.flatMap { base in base.sets.map { Self.join(base.header.name, $0.name) } }
        check(override.set, among: names, "set", at: override.node["set"] ?? override.node)
      }
    }
  }

  private func check(_ name: ByteString?, among names: [ByteString], _ noun: String, at node: Node) {
    guard let name, !names.contains(name) else { return }
    let help = Suggestion.help(for: name, among: names)
    decoding.report(
      "no extended pack has a \(noun) \(Escaping.quoted(name))",
      help: help ?? "name it as `pack/\(noun)`, and the pack in `extends`", at: node)
  }

  static func join(_ pack: ByteString, _ name: ByteString) -> ByteString {
    ByteString(pack.bytes + [UInt8(ascii: "/")] + name.bytes)
  }

  static func split(_ name: ByteString?) -> (ByteString, ByteString)? {
    guard let parts = name?.bytes.split(separator: UInt8(ascii: "/"), maxSplits: 1), parts.count == 2 else {
      return nil
    }
    return (ByteString(parts[0]), ByteString(parts[1]))
  }

  private static func isSame(_ left: Node, _ right: Node) -> Bool {
    let text = { (node: Node) in node.place.file.bytes[node.place.range] }
    return text(left).elementsEqual(text(right))
  }
}
