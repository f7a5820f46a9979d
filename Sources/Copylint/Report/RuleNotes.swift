/// What the text formats say of a rule beside its name, as far as the run asks for it.
struct RuleNotes {
  private let rules: [String: Report.Rule]
  private let isLinked: Bool
  private let isExplained: Bool

  /// Reads the header's rules only where something of them is shown.
  init(_ header: Report.Header, _ options: ReportOptions) {
    (isLinked, isExplained) = (options.hyperlinks, options.explain)
    let known = options.describesRules ? header.rules : []
    rules = Dictionary(known.map { ($0.name, $0) }) { first, _ in first }
  }

  /// For what shows nothing of rules.
  static let none = RuleNotes(Report.Header(tool: "", today: "", packs: []), ReportOptions())

  /// Where a terminal may lead from the rule's name. Only an address of the web, and only of characters that end no
  /// escape sequence.
  func link(of rule: String) -> String? {
    guard isLinked, let url = rules[rule]?.url, url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    let isWeb = ["https://", "http://"].contains { url.utf8.starts(with: $0.utf8) }
    return isWeb ? url : nil
  }

  /// What the rule checks, why, and where to read more.
  func explanation(of rule: String) -> [(label: String, text: String?)] {
    guard isExplained, let rule = rules[rule] else { return [] }
    let kindsWhy = Registry.kind(named: ByteString(rule.kind))?.why
    let controls = rule.controls.isEmpty ? nil : rule.controls.joined(separator: ", ")
    return [("rule", rule.summary), ("why", rule.why ?? kindsWhy), ("controls", controls), ("see", rule.url)]
  }
}

extension ReportOptions {
  /// Whether a reporter has to know what the rules are.
  var describesRules: Bool { explain || hyperlinks }
}
