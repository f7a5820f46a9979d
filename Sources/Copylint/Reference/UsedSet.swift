/// A set that a rule in force names, with what it stands for there: what an extending pack put in its place, if one did.
struct UsedSet {
  /// As the rule names it: `@keys`.
  let name: ByteString
  /// Its values, each where it is written.
  let values: [Node]

  /// Those of a rule, each once, in the order of the rule.
  static func all(of rule: Rule) -> [UsedSet] {
    var found: [UsedSet] = []
    for node in rule.node.members { collect(node, rule.sets, &found) }
    return found
  }

  private static func collect(_ node: Node, _ sets: SetResolver, _ found: inout [UsedSet]) {
    for inner in node.elements + node.members { collect(inner, sets, &found) }
    guard let (name, values) = sets.reference(node), !found.contains(where: { $0.name == name }) else { return }
    found.append(UsedSet(name: name, values: values))
  }

  /// Its name, its first values as they are written, and the files and lines that those stand in.
  var text: String {
    let shown = values.prefix(Self.shownValues)
    var places: [String] = []
    for place in shown.map(\.placeText) where !places.contains(place) { places.append(place) }
    let rest = values.count > shown.count ? " and \(values.count - shown.count) more" : ""
    let texts = shown.map(\.text).joined(separator: ", ")
    return "\(name.displayString) is \(texts)\(rest), by \(places.joined(separator: ", "))"
  }

  private static let shownValues = 20
}
