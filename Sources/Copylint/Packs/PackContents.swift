/// The members of a pack file, as declared: the shape decodes into this.
struct PackContents {
  var format: Int?
  var name: ByteString?
  var version: ByteString?
  var description: ByteString?
  var owner: ByteString?
  var extends: [PackReference] = []
  var sets: [(name: ByteString, set: PackSet)] = []
  var rules: [RuleNode] = []
  var overrides: [PackOverride] = []

  static let shape = Shape<Self>()
    .member(name: "$schema", summary: "for editors; means nothing", schema: .string, decode: { _, _, _ in })
    .integer("format", { $0.format = $1 }, in: 1...1, required: true, "the version of the pack language: 1")
    .name("name", { $0.name = $1 }, required: true, "the pack's name, the first half of its rules' names")
    .text("version", { $0.version = $1 }, required: true, "the pack's version, as its owner counts")
    .text("description", { $0.description = $1 }, "what the pack is for")
    .text("owner", { $0.owner = $1 }, "who answers for it")
    .member(
      name: "extends", summary: "packs whose rules are in force too: built-in names, paths, or paths with a digest",
      schema: .array(.anyOf([.string, .object(PackReference.shape.schema)])), decode: decodeExtends
    )
    .member(
      name: "sets", summary: "named lists, used as `@name`",
      schema: .map(.anyOf([.strings, .object(PackSet.shape.schema)])), decode: decodeSets
    )
    .member(name: "rules", summary: "the rules", schema: .array(.reference("rule")), decode: decodeRules)
    .member(
      name: "overrides", summary: "changes to rules and sets of extended packs",
      schema: .array(.object(PackOverride.shape.schema)), decode: decodeOverrides)

  private static let decodeExtends: @Sendable (Node, inout PackContents, Decoding) -> Void = { node, pack, decoding in
    pack.extends = decoding.array(node, of: "packs")?.compactMap { PackReference($0, decoding) } ?? []
  }

  private static let decodeSets: @Sendable (Node, inout PackContents, Decoding) -> Void = { node, pack, decoding in
    for child in decoding.object(node) ?? [] {
      let name = child.key
      if !RuleName.isValid(name) {
        decoding.report(
          "\(Escaping.quoted(name)) is not a name", help: "use lowercase letters, digits and `-`", atKeyOf: child)
      }
      var set = PackSet()
      if child.kind == .object {
        PackSet.shape.decode(child, into: &set, decoding)
      } else {
        set.values = decoding.strings(child)
      }
      pack.sets.append((name, set))
    }
  }

  private static let decodeRules: @Sendable (Node, inout PackContents, Decoding) -> Void = { node, pack, decoding in
    var ids = ByteStringSet()
    /// By the position of the id.
    var firsts: [Node] = []
    for element in decoding.array(node, of: "rules") ?? [] {
      guard element.kind == .object else {
        decoding.expected("a rule, which is an object", element)
        continue
      }
      let rule = RuleNode(element)
      let id = rule.id
      let (isNew, position) = ids.insert(id)
      if isNew {
        firsts.append(element)
      } else if !id.isEmpty, let node = rule["id"] {
        let start = firsts[position].place.start
        decoding.report(
          "the id \(Escaping.quoted(id)) is taken", help: "the first rule of that id is at line \(start.line)", at: node
        )
      }
      pack.rules.append(rule)
    }
  }

  private static let decodeOverrides: @Sendable (Node, inout PackContents, Decoding) -> Void = {
    node, pack, decoding in
    for element in decoding.array(node, of: "overrides") ?? [] {
      var override = PackOverride(node: element)
      PackOverride.shape.decode(element, into: &override, decoding)
      override.validate(decoding)
      pack.overrides.append(override)
    }
  }
}

extension PackSet {
  static let shape = Shape<PackSet>()
    .member(
      name: "values", summary: "the values", isRequired: true, schema: .strings,
      decode: { $1.values = $2.strings($0) }
    )
    .boolean("overridable", { $0.overridable = $1 }, "whether an extending pack may replace the values; default false")
}

extension PackReference {
  static let shape = Shape<PackReference>()
    .text("path", { $0.pack = $1 }, required: true, "the pack's path, relative to this file; or a built-in name")
    .text("sha256", { $0.sha256 = $1 }, "the SHA-256 that the file must have, in hexadecimal")

  init?(_ node: Node, _ decoding: Decoding) {
    self.init(pack: nil, sha256: nil, node: node)
    if node.kind == .object {
      Self.shape.decode(node, into: &self, decoding)
    } else {
      pack = decoding.text(node)
    }
    if let sha256, sha256.count != 64 || !sha256.asciiLowercased.bytes.allSatisfy(Self.isHexDigit) {
      decoding.report("`sha256` is not a digest", help: "write 64 hexadecimal digits", at: node["sha256"] ?? node)
    }
    if pack == nil { return nil }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
}

extension PackOverride {
  static let shape = Shape<PackOverride>()
    .text("rule", { $0.rule = $1 }, "the rule, `pack/id`")
    .text("set", { $0.set = $1 }, "the set, `pack/name`")
    .member(
      name: "with", summary: "the rule's members that change", schema: .map(.anyOf([])),
      decode: { node, override, decoding in
        override.with = decoding.object(node) ?? []
        override.withNode = node
      }
    )
    .boolean("off", { $0.off = $1 }, "true switches the rule off")
    .member(
      name: "values", summary: "the set's new values", schema: .strings, decode: { $1.values = $2.strings($0) })

  fileprivate func validate(_ decoding: Decoding) {
    switch (rule, set) {
    case (nil, nil), (.some, .some):
      decoding.report("an override changes either a `rule` or a `set`", help: "give one of the two", at: node)
    case (.some, nil):
      if values != nil { decoding.report("`values` is for sets", help: "change a rule's members in `with`", at: node) }
      if with.isEmpty, off != true {
        decoding.report("the override changes nothing", help: "give `with`, or `\"off\": true`", at: node)
      }
    case (nil, .some):
      if withNode != nil || off != nil {
        decoding.report("`with` and `off` are for rules", help: "change a set in `values`", at: node)
      }
      if values == nil { decoding.report("missing `values`", help: "give the set's new values", at: node) }
    }
  }
}

extension Decoding {
  /// The elements of a list of strings; sets in it are expanded where the list is used.
  func strings(_ node: Node) -> [Node] {
    array(node, of: "strings")?.filter { text($0) != nil } ?? []
  }
}
