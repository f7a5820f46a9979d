/// What every finding of a rule has in common, as JSON text.
final class RuleText {
  /// From the finding's brace to its message, with the quote.
  let head: OwnedSpan
  /// What the message ends with, its quote, and the member `help` where the pack has one for all findings.
  let afterMessage: OwnedSpan
  let hasHelp: Bool
  /// From the fingerprint's end to the finding's.
  let tail: OwnedSpan
  /// The rule's part of a fingerprint's input.
  let identity: OwnedSpan
  let isError: Bool

  init(_ rule: Rule, _ severity: Severity, today: CalendarDate) {
    var head = JSONWriter()
    head.object { writer in
      writer.member("rule", rule.name)
      writer.member("kind", rule.kindName)
      writer.member("severity", severity.rawValue)
      writer.member("verdict", Finding.Verdict.fail.rawValue)
      writer.member("status", Finding.Status.open.rawValue)
      writer.member("message", "")
    }
    // Up to the quote that opens the message.
    self.head = OwnedSpan(ByteString(head.bytes.dropLast(2)))
    var end: [UInt8] = []
    JSONStringText.append(content: rule.enforcement(on: today) ?? "", to: &end)
    end.append(UInt8(ascii: "\""))
    if let help = rule.help {
      var writer = JSONWriter()
      writer.object { $0.member("help", help) }
      end += [UInt8(ascii: ",")] + writer.bytes.dropFirst().dropLast()
    }
    afterMessage = OwnedSpan(ByteString(end))
    hasHelp = rule.help != nil
    var tail = JSONWriter()
    tail.object { $0.member("controls", rule.settings.controls.map(\.displayString)) }
    self.tail = OwnedSpan(ByteString(Array("\",".utf8) + tail.bytes.dropFirst()))
    identity = OwnedSpan(Fingerprint.part(ByteString(rule.name)))
    isError = severity == .error
  }
}
