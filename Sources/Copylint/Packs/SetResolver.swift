/// What `@name` stands for, in the pack that a reference was written in.
struct SetResolver: Sendable {
  /// The sets that one pack file can name.
  struct Scope: Sendable {
    /// By the name a reference uses: `eu` for the pack's own, `data-residency/eu` for a pack it extends.
    var sets: [ByteString: [Node]] = [:]
  }

  /// With the files that references stand in.
  private var scopes: [(document: Document, scope: Scope)] = []

  mutating func add(_ scope: Scope, for document: Document) { scopes.append((document, scope)) }

  /// The string itself, or the values of the set it names, each where it stands in its set.
  func expand(_ node: Node, _ decoding: Decoding) -> [Node] {
    var open: [ByteString] = []
    return expand(node, &open, decoding)
  }

  /// The name and the values of the set that a string stands for, sets in sets replaced too; nil for any other value.
  func reference(_ node: Node) -> (name: ByteString, values: [Node])? {
    guard node.kind == .string, let text = node.value.string, text.starts(with: "@") else { return nil }
    let decoding = Decoding()
    let values = expand(node, decoding)
    return decoding.isClean ? (text, values) : nil
  }

  private func expand(_ node: Node, _ open: inout [ByteString], _ decoding: Decoding) -> [Node] {
    guard node.value.isString(from: UInt8(ascii: "@")), let text = node.value.string else { return [node] }
    let name = text.dropping("@")
    let document = node.value.document
    let scope = scopes.first { $0.document === document }?.scope ?? Scope()
    guard let values = scope.sets[name] else {
      let help = Suggestion.help(for: name, among: Array(scope.sets.keys))
      decoding.report(
        "there is no set \(Escaping.quoted(name))",
        help: help ?? "define it in `sets`; a value that begins with `@` is written `\\@`", at: node)
      return []
    }
    guard !open.contains(name), open.count < 32 else {
      decoding.report(
        "the set \(Escaping.quoted(name)) contains itself", help: "name the values that it is to have", at: node)
      return []
    }
    open.append(name)
    defer { open.removeLast() }
    return values.flatMap { expand($0, &open, decoding) }
  }
}
