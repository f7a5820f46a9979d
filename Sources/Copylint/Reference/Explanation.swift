/// What `copylint explain` says of a kind, a rule in force, or a reserved finding.
public struct Explanation {
  /// The text.
  public let lines: [String]

  /// `name` is a kind, `pack/id`, an id that only one pack in force has, `request/…`, `waiver/…` or `known/…`. Throws when it is none.
  public init(_ name: String, _ options: CheckOptions) throws(PolicyErrors) {
    let name = ByteString(name)
    if let kind = Registry.kind(named: name) {
      lines = KindReference.lines(kind).map { Escaping.visible($0) }
      return
    }
    if let reserved = ReservedRules.described.first(where: { ByteString($0.name) == name }) {
      lines = [
        "\(reserved.name): \(reserved.summary)", "",
        "Always in force: no pack makes it, and no one can waive, override or leave it out.",
      ]
      return
    }
    let policy = Policy(options.policyOptions)
    guard policy.isUsable else { throw PolicyErrors(policy.diagnostics) }
    let rules = policy.allRules().rules
    let found = rules.filter { ByteString($0.name) == name || $0.settings.id == name }
    guard !found.isEmpty else { throw PolicyErrors([Self.unknown(name, rules)]) }
    var pages: [[String]] = []
    for page in found.map({ Self.lines($0, options.today) }) where !pages.contains(page) { pages.append(page) }
    lines = pages.flatMap { $0 + [""] }.dropLast().map { Escaping.visible($0) }
  }

  private static func unknown(_ name: ByteString, _ rules: [Rule]) -> Diagnostic {
    let names = Registry.names + rules.map { ByteString($0.name) } + ReservedRules.described.map { ByteString($0.name) }
    let ids = rules.compactMap(\.settings.id)
    return Diagnostic(
      "there is no rule and no kind \(Escaping.quoted(name))",
      help: Suggestion.help(for: name, among: names + ids)
        ?? "`copylint rules` lists the rules in force; the kinds are \(Self.kinds.joined(separator: ", "))")
  }

  /// The names of the kinds, sorted.
  public static let kinds = Registry.names.map(\.displayString).sorted()

  private static func lines(_ rule: Rule, _ today: CalendarDate) -> [String] {
    let settings = rule.settings
    let place = rule.node.node.place
    var lines = ["\(rule.name): \(type(of: rule.kind).summary)", ""]
    func add(_ label: String, _ text: String?) {
      guard let text else { return }
      lines.append("  \(label)\(String(repeating: " ", count: max(1, 10 - label.count)))\(text)")
    }
    add("kind", "\(rule.kindName) (`copylint explain \(rule.kindName)` lists its parameters)")
    add("severity", rule.severity(on: today).rawValue)
    add("from", settings.enforceFrom.map { "an error from \($0.description)" })
    add("policy", rule.policy)
    add("defined", "\(place.file.path.displayString):\(place.start.line)")
    for change in RuleChange.all(of: rule) {
      add("changed", "\(change.member.displayString) to \(change.text), by \(change.place)")
    }
    for set in UsedSet.all(of: rule) { add("set", set.text) }
    add("why", settings.why?.displayString)
    add("help", settings.help?.displayString)
    add("url", settings.url?.displayString)
    add("controls", settings.controls.isEmpty ? nil : settings.controls.map(\.displayString).joined(separator: ", "))
    add("at", rule.stages.map(\.rawValue).joined(separator: ", "))
    lines += ["", "As the pack has it"]
    let text = ByteString(place.file.bytes[place.range]).displayString
    return lines + text.split(separator: "\n").map { "  \($0)" }
  }
}

/// What keeps a policy from being used.
public struct PolicyErrors: Error, Sendable {
  /// Never empty.
  public let diagnostics: [Diagnostic]

  /// At least one.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// As text, with the lines underlined.
  public func lines(color: Bool = false) -> [String] { Self.lines(diagnostics, color: color) }

  /// Diagnostics as text, with the lines underlined.
  package static func lines(_ diagnostics: [Diagnostic], color: Bool) -> [String] {
    var rendering = TextRendering(color: color)
    return diagnostics.map { rendering.block($0) }
  }
}
