/// A rule in force: its kind with its parameters, and what every rule has. Never changed.
final class Rule: Sendable {
  /// `pack/id`
  let name: String
  let pack: PackHeader
  let settings: RuleSettings
  let kind: any RuleKind
  let node: RuleNode
  /// What `@name` stands for in it.
  let sets: SetResolver

  init(
    name: String, pack: PackHeader, settings: RuleSettings, kind: any RuleKind, node: RuleNode, sets: SetResolver
  ) {
    (self.name, self.pack, self.settings, self.kind, self.node) = (name, pack, settings, kind, node)
    self.sets = sets
  }

  var kindName: String { type(of: kind).name.displayString }
  var stages: [Stage] { settings.stages ?? type(of: kind).defaultStages }

  /// An error is a warning until its date.
  func severity(on today: CalendarDate) -> Severity {
    let severity = settings.severity ?? .error
    guard let date = settings.enforceFrom, today < date else { return severity }
    return min(severity, .warning)
  }

  /// What every message of it ends with before its date; nil from then on.
  func enforcement(on today: CalendarDate) -> String? {
    guard let date = settings.enforceFrom, today < date else { return nil }
    return " (enforced from \(date.description))"
  }

  /// What to do, in the pack's own words.
  var help: String? { settings.help.map { Escaping.visible($0.bytes) } }

  /// Everything it reads: by its condition and by its parameters.
  var fields: [Field] { (settings.when?.fields ?? []) + kind.fields }

  /// Judges one request.
  func check(_ context: RequestContext, at stage: Stage) -> Outcome {
    guard stages.contains(stage) else { return .notApplicable }
    switch settings.when?.truth(in: context) {
    case .no: return .notApplicable
    case .unknown(let causes): return .unknown(causes)
    case .yes, nil: return kind.check(context)
    }
  }

  /// Who answers for the rule.
  var policy: String {
    pack.owner.map { "\(pack.title), \($0.displayString)" } ?? pack.title
  }
}

extension Rule {
  /// Decodes a rule whose members are complete; nil when something was reported.
  convenience init?(_ node: RuleNode, pack: PackHeader, _ decoding: Decoding) {
    let before = decoding.diagnostics.count
    var settings = RuleSettings()
    let kindName = node["kind"]?.value.string
    let type = kindName.flatMap { Registry.kind(named: $0) }
    if let kindName, type == nil, let kindNode = node["kind"] {
      decoding.report(
        "unknown kind \(Escaping.quoted(kindName))",
        help: Suggestion.help(for: kindName, amongAll: Registry.names, called: "kinds"), at: kindNode)
    }
    RuleSettings.shape.members.reportMissing(node.members, at: node.node, noun: "member", decoding)
    for member in node.members { _ = RuleSettings.shape.decodeMember(member, into: &settings, decoding) }
    guard let type, let kind = Self.decode(type, node, decoding) else { return nil }
    self.init(
      name: pack.name.displayString + "/" + (settings.id?.displayString ?? ""), pack: pack, settings: settings,
      kind: kind, node: node, sets: decoding.sets)
    validate(decoding)
    guard decoding.diagnostics.count == before else { return nil }
  }

  private static func decode<Kind: RuleKind>(
    _ type: Kind.Type, _ node: RuleNode, _ decoding: Decoding
  ) -> (any RuleKind)? {
    let before = decoding.diagnostics.count
    var kind = Kind()
    Kind.parameters.members.reportMissing(node.members, at: node.node, noun: "parameter", decoding)
    for member in node.members where RuleSettings.shape.members.position(of: member.key) == nil {
      if Kind.parameters.decodeMember(member, into: &kind, decoding) { continue }
      let known = Kind.parameters.names + RuleSettings.shape.names
      decoding.reportUnknown("parameter", among: known, at: member)
    }
    guard decoding.diagnostics.count == before else { return nil }
    kind.validate(node, decoding)
    return decoding.diagnostics.count == before ? kind : nil
  }

  private func validate(_ decoding: Decoding) {
    let type = type(of: kind)
    let members = settings.overridable.isEmpty ? [] : RuleSettings.shape.names + type.parameterNames
    for name in settings.overridable where name != "off" && !members.contains(name) {
      decoding.report(
        "unknown member \(Escaping.quoted(name)) in `overridable`",
        help: Suggestion.help(for: name, amongAll: members + ["off"], called: "members"),
        at: node["overridable"] ?? node.node)
    }
    guard stages.contains(.gate), type.needsFile || fields.contains(where: \.needsFile) else { return }
    decoding.report(
      "the rule reads what the gate does not have: a path, other requests or a committed token",
      help: "add `\"at\": [\"file\", \"submit\"]`", at: node["at"] ?? node.node)
  }
}
