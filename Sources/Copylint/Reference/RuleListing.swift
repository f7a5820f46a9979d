/// What `copylint rules` says: every rule in force, and where each comes from.
public struct RuleListing {
  private let rules: [Rule]
  private let today: CalendarDate

  /// Throws when a pack or the configuration cannot be used.
  public init(_ options: CheckOptions) throws(PolicyErrors) {
    let policy = Policy(options.policyOptions)
    guard policy.isUsable else { throw PolicyErrors(policy.diagnostics) }
    var seen: Set<[String]> = []
    // The same rule comes with every pack that extends its own. Overrides make several of it.
    rules = policy.allRules().rules.filter { seen.insert([$0.name, Self.places($0)]).inserted }
    today = options.today
  }

  /// One line a rule: name, kind, severity, place.
  public var lines: [String] {
    let reserved = ReservedRules.all.map { [$0.name, ReservedRules.kind, "error", "always in force"] }
    let rows = reserved + rules.map { [$0.name, $0.kindName, $0.severity(on: today).rawValue, Self.places($0)] }
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      Escaping.visible(
        (0..<3).map { row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count) }.joined(separator: "  ")
          + "  " + row[3])
    }
  }

  /// The same as one JSON object.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.key("rules")
      writer.array { writer in for rule in rules { write(rule, &writer) } }
    }
    return JSONIndentation.indented(writer.bytes)
  }

  private func write(_ rule: Rule, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("rule", rule.name)
      writer.member("kind", rule.kindName)
      writer.member("severity", rule.severity(on: today).rawValue)
      writer.member("at", rule.stages.map(\.rawValue))
      writer.key("waivable")
      writer.bool(rule.settings.waivable ?? true)
      writer.member("controls", rule.settings.controls.map(\.displayString))
      writer.member("why", ifPresent: rule.settings.why?.displayString)
      writer.member("path", rule.node.node.place.file.path)
      writer.member("line", rule.node.node.place.start.line)
      writer.key("changes")
      writer.array(RuleChange.all(of: rule)) { writer, change in
        writer.object { writer in
          writer.member("member", change.member)
          writer.member("path", change.node.place.file.path)
          writer.member("line", change.node.place.start.line)
        }
      }
    }
  }

  /// Where it is defined, and where it is changed.
  private static func places(_ rule: Rule) -> String {
    let place = rule.node.node.place
    let changes = RuleChange.all(of: rule).map { ", \($0.member.displayString) by \($0.place)" }
    return "\(place.file.path.displayString):\(place.start.line)" + changes.joined()
  }
}
