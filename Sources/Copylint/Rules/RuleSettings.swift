/// What every rule has, whatever its kind.
struct RuleSettings: Sendable {
  var id: ByteString?
  var kind: ByteString?
  var severity: Severity?
  var waivable: Bool?
  var overridable: [ByteString] = []
  var enforceFrom: CalendarDate?
  var maxWaiverDays: Int?
  var stages: [Stage]?
  var when: Condition?
  var why: ByteString?
  var help: ByteString?
  var url: ByteString?
  var controls: [ByteString] = []

  static let shape = Shape<Self>()
    .name("id", { $0.id = $1 }, required: true, "the rule's name within the pack: lowercase letters, digits and `-`")
    .member(
      name: "kind", summary: "what the rule checks; `copylint explain KIND` says more", isRequired: true,
      schema: .choice(Registry.names.map(\.displayString)), decode: { $1.kind = $2.text($0) }
    )
    .word("severity", { $0.severity = $1 }, "`error` (default), `warning` or `info`; only an error denies")
    .boolean("waivable", { $0.waivable = $1 }, "whether a waiver may cover its findings; default true")
    .member(
      name: "overridable", summary: "members that an extending pack may change, or `off`; default none",
      schema: .anyOf([.string, .strings]), decode: decodeOverridable
    )
    .date("enforceFrom", { $0.enforceFrom = $1 }, "a date (UTC); an error is a warning until then")
    .integer("maxWaiverDays", { $0.maxWaiverDays = $1 }, in: 1...3650, "how long a waiver may last; default 90")
    .member(
      name: "at", summary: "where it runs: `file`, `submit`, `gate`; default all",
      schema: .anyOf([.choice(Stage.allCases.map(\.rawValue)), .array(.choice(Stage.allCases.map(\.rawValue)))]),
      decode: decodeStages
    )
    .member(
      name: "when", summary: "a condition; where it does not hold the rule does not apply",
      schema: .reference("condition"), decode: { $1.when = $2.condition($0) }
    )
    .text("why", { $0.why = $1 }, "why the rule is there, for who meets it")
    .text("help", { $0.help = $1 }, "what to do; replaces the generated help")
    .text("url", { $0.url = $1 }, "where to read more")
    .member(
      name: "controls", summary: "ids of the controls that the rule serves", schema: .array(.string),
      decode: { $1.controls = $2.array($0, of: "strings")?.compactMap { [decoding = $2] in decoding.text($0) } ?? [] })

  private static let decodeStages: @Sendable (Node, inout RuleSettings, Decoding) -> Void = { node, rule, decoding in
    let nodes = node.kind == .string ? [node] : decoding.array(node, of: "words") ?? []
    rule.stages = nodes.compactMap { decoding.word($0, Stage.self) }
  }

  private static let decodeOverridable: @Sendable (Node, inout RuleSettings, Decoding) -> Void = {
    node, rule, decoding in
    let nodes = node.kind == .string ? [node] : decoding.array(node, of: "member names") ?? []
    rule.overridable = nodes.compactMap { decoding.text($0) }
  }
}

extension Shape {
  /// A date in UTC.
  consuming func date(
    _ name: StaticString, _ set: @escaping Setter<CalendarDate?>, required: Bool = false, _ summary: String
  ) -> Self {
    member(
      name: name, summary: summary, isRequired: required, schema: .formatted("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    ) { node, value, decoding in
      guard let text = decoding.text(node) else { return }
      let date = CalendarDate(text)
      set(&value, date)
      guard date == nil else { return }
      decoding.report("\(Escaping.quoted(text)) is not a date", help: "write `YYYY-MM-DD`", at: node)
    }
  }

  /// The name of a pack, a rule or a set.
  consuming func name(
    _ name: StaticString, _ set: @escaping Setter<ByteString?>, required: Bool = false, _ summary: String
  ) -> Self {
    member(name: name, summary: summary, isRequired: required, schema: .formatted(RuleName.pattern)) {
      node, value, decoding in
      guard let text = decoding.text(node) else { return }
      set(&value, text)
      guard !RuleName.isValid(text) else { return }
      decoding.report(
        "\(Escaping.quoted(text)) is not a name", help: "use lowercase letters, digits and `-`, a letter first",
        at: node)
    }
  }
}

/// The form of the names that rule ids are made of, so that they can stand in a path, a report and a command line.
enum RuleName {
  static let pattern = "^[a-z][a-z0-9-]{0,63}$"

  static func isValid(_ name: ByteString) -> Bool {
    guard (1...64).contains(name.count), let first = name.bytes.first, (0x61...0x7A).contains(first) else {
      return false
    }
    return name.bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  }
}
