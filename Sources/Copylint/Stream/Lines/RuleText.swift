/// What every finding of a rule has in common, as JSON text.
struct RuleText {
  /// From the finding's brace to its message.
  let head: [UInt8]
  /// What the message ends with.
  let enforcement: String?
  /// The member `help`, where the pack has one for all findings.
  let help: [UInt8]?
  /// From the fingerprint's end to the finding's.
  let tail: [UInt8]
  /// The rule's part of a fingerprint's input.
  let identity: [UInt8]

  init(_ rule: Rule, _ severity: Severity, today: CalendarDate) {
    var head = JSONWriter()
    head.object { writer in
      writer.member("rule", rule.name)
      writer.member("kind", rule.kindName)
      writer.member("severity", severity.rawValue)
      writer.member("verdict", Finding.Verdict.fail.rawValue)
      writer.member("status", Finding.Status.open.rawValue)
      writer.key("message")
    }
    self.head = head.bytes.dropLast()
    enforcement = rule.enforcement(on: today)
    help = rule.help.map { help in
      var writer = JSONWriter()
      writer.object { $0.member("help", help) }
      return [UInt8(ascii: ",")] + writer.bytes.dropFirst().dropLast()
    }
    var tail = JSONWriter()
    tail.object { $0.member("controls", rule.settings.controls.map(\.displayString)) }
    self.tail = Array("\",".utf8) + tail.bytes.dropFirst()
    identity = Fingerprints.part(Array(rule.name.utf8))
  }
}
