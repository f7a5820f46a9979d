/// A rule as its pack wrote it, with the changes of extending packs put in member by member. Each member keeps the
/// place it comes from, so that what is wrong with an override is reported in the file that overrides.
struct RuleNode: Sendable {
  /// The object in the pack that defines the rule.
  let node: Node
  private(set) var members: [Node]

  init(_ node: Node) {
    self.node = node
    members = node.meantMembers
  }

  subscript(_ name: ByteString) -> Node? { members.first { $0.key == name } }

  /// Its name within the pack; empty where that is missing or no string.
  var id: ByteString { self["id"]?.value.string ?? "" }

  /// Replaces the member of that name, or adds it.
  mutating func set(_ member: Node) {
    guard let index = members.firstIndex(where: { $0.key == member.key }) else { return members.append(member) }
    members[index] = member
  }

  /// A suspicion at a parameter, or at the rule where the parameter is not given.
  func suspicion(_ message: String, help: String, at name: ByteString) -> Diagnostic {
    Diagnostic(message, help: help, at: (self[name] ?? node).place)
  }
}
