/// The members that an object may have, declared once: decodes them, rejects what is not among them with a suggestion,
/// prints their JSON Schema, and fills the reference page.
struct Shape<Value>: Sendable {
  private(set) var members: [ShapeMember] = []

  /// Without members.
  init() {}

  /// The same with one more member, which `decode` reads from the node into the value, reporting what is wrong.
  /// `summary` is one line: what it says, and the default where there is one.
  consuming func member(
    name: StaticString, summary: String, isRequired: Bool = false,
    schema: @escaping @Sendable @autoclosure () -> Schema,
    decode: @escaping @Sendable (Node, inout Value, Decoding) -> Void
  ) -> Self {
    members.append(
      ShapeMember(name: name, summary: summary, isRequired: isRequired, schema: schema) { node, value, decoding in
        decode(node, &value.assumingMemoryBound(to: Value.self).pointee, decoding)
      })
    return self
  }

  var names: [ByteString] { members.names }

  /// The JSON Schema of the object's members, in the same order.
  var schema: [Schema.Member] { members.map { Schema.Member($0) } }

  /// Decodes a member of an object; false where there is none of its name.
  func decodeMember(_ node: Node, into value: inout Value, _ decoding: Decoding) -> Bool {
    guard let position = members.position(of: node.key) else { return false }
    withUnsafeMutablePointer(to: &value) { members[position].decode(node, UnsafeMutableRawPointer($0), decoding) }
    return true
  }

  /// Decodes an object. `noun` says what a member is called: `parameter`, `member`.
  func decode(_ node: Node, into value: inout Value, noun: String = "member", _ decoding: Decoding) {
    guard let found = decoding.object(node) else { return }
    members.reportMissing(found, at: node, noun: noun, decoding)
    for child in found where !decodeMember(child, into: &value, decoding) {
      decoding.reportUnknown(noun, among: names, at: child)
    }
  }
}

/// One member of a shape. Its type names no value: Swift would make the types of every shape, and of its array, at every
/// start.
// INVARIANT: `decode` is called with the address of a value of the type that its shape is for.
struct ShapeMember: Sendable {
  let name: StaticString
  /// One line: what it says, and the default where there is one.
  let summary: String
  let isRequired: Bool
  /// Asked for where a schema is shown, which few runs do.
  let schema: @Sendable () -> Schema
  /// Reads the node into the value.
  fileprivate let decode: @Sendable (Node, UnsafeMutableRawPointer, Decoding) -> Void
}

// What does not depend on the type of the value is here and stays out of line, to be compiled once and not for each.
extension [ShapeMember] {
  @inline(never)
  var names: [ByteString] { map { ByteString($0.name.description) } }

  @inline(never)
  func position(of name: ByteString) -> Int? { firstIndex { name.isWord($0.name) } }

  /// Reports every required member that is not among `found`.
  @inline(never)
  func reportMissing(_ found: [Node], at node: Node, noun: String, _ decoding: Decoding) {
    for member in self where member.isRequired && !found.contains(where: { $0.key.isWord(member.name) }) {
      decoding.report("missing \(noun) `\(member.name)`", help: member.summary, at: node)
    }
  }
}

extension Decoding {
  func reportUnknown(_ noun: String, among names: [ByteString], at node: Node) {
    report(
      "unknown \(noun) \(Escaping.quoted(node.key))",
      help: Suggestion.help(for: node.key, amongAll: names, called: "\(noun)s"), atKeyOf: node)
  }
}

extension Shape {
  /// Puts what was decoded into its place. A closure and no key path, whose types Swift makes at every start.
  typealias Setter<Part> = @Sendable (inout Value, Part) -> Void

  consuming func text(
    _ name: StaticString, _ set: @escaping Setter<ByteString?>, required: Bool = false, _ summary: String
  ) -> Self {
    member(name: name, summary: summary, isRequired: required, schema: .string) { node, value, decoding in
      set(&value, decoding.text(node))
    }
  }

  consuming func integer(
    _ name: StaticString, _ set: @escaping Setter<Int?>, in range: ClosedRange<Int> = 0...Int.max,
    required: Bool = false, _ summary: String
  ) -> Self {
    member(name: name, summary: summary, isRequired: required, schema: .integer(range)) { node, value, decoding in
      set(&value, decoding.integer(node, in: range))
    }
  }

  consuming func boolean(
    _ name: StaticString, _ set: @escaping Setter<Bool?>, required: Bool = false, _ summary: String
  ) -> Self {
    member(name: name, summary: summary, isRequired: required, schema: .boolean) { node, value, decoding in
      set(&value, decoding.boolean(node))
    }
  }

  consuming func word<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: StaticString, _ set: @escaping Setter<Choice?>, required: Bool = false, _ summary: String
  ) -> Self where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    return member(name: name, summary: summary, isRequired: required, schema: .choice(words)) { node, value, decoding in
      set(&value, decoding.word(node, Choice.self))
    }
  }

  consuming func words<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: StaticString, _ set: @escaping Setter<[Choice]?>, _ summary: String
  ) -> Self where Choice.RawValue == String {
    let schema = Schema.array(.choice(Choice.allCases.map(\.rawValue)))
    return member(name: name, summary: summary, schema: schema) { node, value, decoding in
      set(&value, decoding.array(node, of: "words")?.compactMap { decoding.word($0, Choice.self) })
    }
  }

  consuming func globs(
    _ name: StaticString, _ set: @escaping Setter<GlobList?>, mode: Glob.Mode = .plain, _ summary: String
  ) -> Self {
    member(name: name, summary: summary, schema: .strings) { node, value, decoding in
      set(&value, GlobList(node, mode: mode, decoding))
    }
  }

  consuming func pattern(_ name: StaticString, _ set: @escaping Setter<Pattern?>, _ summary: String) -> Self {
    member(name: name, summary: summary, schema: .string) { node, value, decoding in
      set(&value, decoding.pattern(node))
    }
  }

  consuming func patterns(
    _ name: StaticString, _ set: @escaping Setter<PatternAlternatives?>, _ summary: String
  ) -> Self {
    member(name: name, summary: summary, schema: .array(.string)) { node, value, decoding in
      set(&value, decoding.patterns(node))
    }
  }
}
