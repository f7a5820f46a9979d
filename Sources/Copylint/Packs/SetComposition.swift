/// Works out what `@name` stands for in each pack of a scope.
struct SetComposition {
  let packs: [PackFile]
  let graph: PackGraph
  /// The changes that count.
  let overrides: [PackOverride]

  /// Reports changes to sets that are locked or contradict each other.
  func resolver(_ decoding: Decoding) -> SetResolver {
    guard packs.contains(where: { !$0.sets.isEmpty }) else { return SetResolver() }
    let effective = packs.map { sets(of: $0, decoding) }
    var resolver = SetResolver()
    for (pack, own) in zip(packs, effective) {
      var scope = SetResolver.Scope(sets: own)
      for base in graph.ancestors(of: pack) {
        let known = packs.firstIndex { $0 === base }.map { effective[$0] }
        for (name, values) in known ?? sets(of: base, decoding) {
          scope.sets[ByteString(base.header.name.bytes + [UInt8(ascii: "/")] + name.bytes)] = values
        }
      }
      resolver.add(scope, for: pack.document)
    }
    return resolver
  }

  private func sets(of pack: PackFile, _ decoding: Decoding) -> [ByteString: [Node]] {
    var values: [ByteString: [Node]] = [:]
    for (name, set) in pack.sets { values[name] = replaced(set, name, of: pack, decoding) ?? set.values }
    return values
  }

  private func replaced(_ set: PackSet, _ name: ByteString, of pack: PackFile, _ decoding: Decoding) -> [Node]? {
    let full = ByteString(pack.header.name.bytes + [UInt8(ascii: "/")] + name.bytes)
    let overrides = overrides.filter { $0.set == full }
    for override in overrides where set.overridable != true {
      decoding.report(
        "the set \(Escaping.quoted(full)) cannot be replaced",
        help: "its pack does not mark it `\"overridable\": true`",
        at: override.node["set"] ?? override.node)
    }
    guard set.overridable == true, let first = overrides.first else { return nil }
    for other in overrides.dropFirst() where Self.texts(other.values) != Self.texts(first.values) {
      decoding.report(
        "two packs replace the set \(Escaping.quoted(full)) differently",
        help: "the other one is \(Escaping.quoted(first.node.place.file.path))", at: other.node)
    }
    return first.values
  }

  private static func texts(_ nodes: [Node]?) -> [ByteString?] { (nodes ?? []).map(\.value.string) }
}
