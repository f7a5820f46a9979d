/// A rule as its pack wrote it, with the changes of extending packs put in member by member. Each member keeps the
/// place it comes from, so that what is wrong with an override is reported in the file that overrides.
struct RuleNode: Sendable {
  /// The object in the pack that defines the rule.
  let node: Node
  private(set) var members: [(key: ByteString, node: Node)]

  init(_ node: Node) {
    self.node = node
    members = node.members.filter { $0.key != Decoding.comment }
  }

  subscript(_ name: ByteString) -> Node? { members.first { $0.key == name }?.node }

  /// Replaces a member, or adds it.
  mutating func set(_ name: ByteString, to node: Node) {
    guard let index = members.firstIndex(where: { $0.key == name }) else { return members.append((name, node)) }
    members[index].node = node
  }

  /// A suspicion at a parameter, or at the rule where the parameter is not given.
  func suspicion(_ message: String, help: String, at name: ByteString) -> Diagnostic {
    Diagnostic(message, help: help, at: (self[name] ?? node).place)
  }
}
