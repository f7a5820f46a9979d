/// A member of a rule that another pack's override set.
struct RuleChange {
  /// The member's name.
  let member: ByteString
  /// Its value, where the override has it.
  let node: Node

  /// Those of a rule in force, in the order of the rule.
  static func all(of rule: Rule) -> [RuleChange] {
    let own = rule.node.node.place
    return rule.node.members.compactMap { node in
      let isOwn = node.place.file.path == own.file.path && own.range.contains(node.place.range.lowerBound)
      return isOwn ? nil : RuleChange(member: node.key, node: node)
    }
  }

  /// File and line.
  var place: String { node.placeText }

  /// The value as it is written.
  var text: String { node.text }
}

extension Node {
  /// File and line.
  var placeText: String { "\(place.file.path.displayString):\(place.start.line)" }

  /// The value as it is written.
  var text: String { ByteString(place.file.bytes[place.range]).displayString }
}
