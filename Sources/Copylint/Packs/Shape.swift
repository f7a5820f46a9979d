/// The members that an object may have, declared once: decodes them, rejects what is not among them with a suggestion,
/// prints their JSON Schema, and fills the reference page.
struct Shape<Value>: Sendable {
  /// One member.
  struct Member: Sendable {
    var name: String
    /// One line: what it says, and the default where there is one.
    var summary: String
    var isRequired = false
    var schema: Schema
    /// Reads the node into the value; reports what is wrong.
    var decode: @Sendable (Node, inout Value, Decoding) -> Void
  }

  private let members: [Member]
  /// The JSON Schema of the object's members, in the same order.
  let schema: [Schema.Member]

  init(_ members: [Member]) {
    self.members = members
    var schema: [Schema.Member] = []
    for member in members {
      schema.append(
        .init(name: member.name, summary: member.summary, isRequired: member.isRequired, schema: member.schema))
    }
    self.schema = schema
  }

  var names: [ByteString] { schema.names }

  func member(_ name: ByteString) -> Member? { schema.position(of: name).map { members[$0] } }

  /// Decodes an object. `noun` says what a member is called: `parameter`, `member`.
  func decode(_ node: Node, into value: inout Value, noun: String = "member", _ decoding: Decoding) {
    guard let found = decoding.object(node) else { return }
    schema.reportMissing(found, at: node, noun: noun, decoding)
    for (key, child) in found {
      if let position = schema.position(of: key) {
        members[position].decode(child, &value, decoding)
      } else {
        decoding.reportUnknown(noun, key, among: names, at: child)
      }
    }
  }
}

// What does not depend on the type of the value is here and stays out of line, to be compiled once and not for each.
extension [Schema.Member] {
  @inline(never)
  var names: [ByteString] { map { ByteString($0.name) } }

  @inline(never)
  func position(of name: ByteString) -> Int? { firstIndex { name.isText($0.name) } }

  /// Reports every required member that is not among `found`.
  @inline(never)
  func reportMissing(_ found: [(key: ByteString, node: Node)], at node: Node, noun: String, _ decoding: Decoding) {
    for member in self where member.isRequired && !found.contains(where: { $0.key.isText(member.name) }) {
      decoding.report("missing \(noun) `\(member.name)`", help: member.summary, at: node)
    }
  }
}

extension Decoding {
  func reportUnknown(_ noun: String, _ key: ByteString, among names: [ByteString], at node: Node) {
    report(
      "unknown \(noun) \(Escaping.quoted(key))",
      help: Suggestion.help(for: key, amongAll: names, called: "\(noun)s"), atKeyOf: node)
  }
}

// The key paths are written in the declarations themselves and capture nothing, which Swift 6.3 does not yet see by itself.
extension Shape.Member {
  typealias Path<Part> = WritableKeyPath<Value, Part> & Sendable

  static func text(_ name: String, _ path: Path<ByteString?>, required: Bool = false, _ summary: String) -> Self {
    Self(name: name, summary: summary, isRequired: required, schema: .string) { node, value, decoding in
      value[keyPath: path] = decoding.text(node)
    }
  }

  static func integer(
    _ name: String, _ path: Path<Int?>, in range: ClosedRange<Int> = 0...Int.max, required: Bool = false,
    _ summary: String
  ) -> Self {
    Self(name: name, summary: summary, isRequired: required, schema: .integer(range)) { node, value, decoding in
      value[keyPath: path] = decoding.integer(node, in: range)
    }
  }

  static func boolean(_ name: String, _ path: Path<Bool?>, required: Bool = false, _ summary: String) -> Self {
    Self(name: name, summary: summary, isRequired: required, schema: .boolean) { node, value, decoding in
      value[keyPath: path] = decoding.boolean(node)
    }
  }

  static func word<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: Path<Choice?>, required: Bool = false, _ summary: String
  ) -> Self where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    return Self(name: name, summary: summary, isRequired: required, schema: .choice(words)) { node, value, decoding in
      value[keyPath: path] = decoding.word(node, Choice.self)
    }
  }

  static func words<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: Path<[Choice]?>, _ summary: String
  ) -> Self where Choice.RawValue == String {
    let schema = Schema.array(.choice(Choice.allCases.map(\.rawValue)))
    return Self(name: name, summary: summary, schema: schema) { node, value, decoding in
      value[keyPath: path] = decoding.array(node, of: "words")?.compactMap { decoding.word($0, Choice.self) }
    }
  }

  static func globs(
    _ name: String, _ path: Path<GlobList?>, mode: Glob.Mode = .plain, _ summary: String
  ) -> Self {
    Self(name: name, summary: summary, schema: .strings) { node, value, decoding in
      value[keyPath: path] = GlobList(node, mode: mode, decoding)
    }
  }

  static func pattern(_ name: String, _ path: Path<Pattern?>, _ summary: String) -> Self {
    Self(name: name, summary: summary, schema: .string) { node, value, decoding in
      value[keyPath: path] = decoding.pattern(node)
    }
  }

  static func patterns(_ name: String, _ path: Path<[Pattern]?>, _ summary: String) -> Self {
    Self(name: name, summary: summary, schema: .array(.string)) { node, value, decoding in
      value[keyPath: path] = decoding.patterns(node)
    }
  }
}
