import Copylint

/// What a caller is told whose call the policy denies: by its SDK, as the message of an AccessDeniedException.
enum DenialMessage {
  /// The most bytes that a message has.
  static let limit = 2048

  /// One line on what happened, then one a finding, as many as there is room for.
  static func text(_ report: Report.Request, decision: String) -> String {
    let told = report.findings.indices.filter { isTold(report.findings[$0]) }
    let count = told.count == 1 ? "1 finding" : "\(told.count) findings"
    var text = ""
    text.reserveCapacity(limit)
    text += "copylint: denied by policy, not by IAM (decision \(decision)): \(count)"
    let reserve = "\n… and \(told.count) more".utf8.count
    for (number, index) in told.enumerated() {
      let line = line(report.findings[index])
      guard text.utf8.count + 1 + line.utf8.count + reserve <= limit else {
        return text + "\n… and \(told.count - number) more"
      }
      text += "\n"
      text += line
    }
    return text
  }

  private static func isTold(_ finding: Finding) -> Bool { finding.status == .open && finding.severity == .error }

  /// Member, rule, what is wrong, what to do, who answers for the rule, and whether it can be waived. At most a quarter
  /// of the message, so that one long value does not hide the other findings.
  private static func line(_ finding: Finding) -> String {
    let pointer = Escaping.visible(finding.pointer.description.bytes)
    let member = pointer.isEmpty ? "/" : shortened(pointer, to: limit / 16)
    let parts = [
      "\(member) \(finding.rule): \(finding.message)", finding.help, finding.policy.map { "policy \($0)" },
      finding.isWaivable ? "can be waived" : "cannot be waived",
    ].compactMap { $0.map { Escaping.visible($0) } }
    let most = share(of: limit / 4 - separator.utf8.count * (parts.count - 1), for: parts.map(\.utf8.count))
    var line = ""
    line.reserveCapacity(limit / 4)
    for (index, part) in parts.enumerated() {
      if index > 0 { line += separator }
      line += shortened(part, to: most)
    }
    return line
  }

  private static let separator = "; "

  /// The most bytes that each of several may have for all to fit, where what one leaves the others get.
  private static func share(of bytes: Int, for counts: [Int]) -> Int {
    var rest = bytes
    for (index, count) in counts.sorted().enumerated() {
      let share = rest / (counts.count - index)
      guard count <= share else { return share }
      rest -= count
    }
    return bytes
  }

  private static func shortened(_ text: String, to bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    let mark = "…"
    var end = text.utf8.index(text.startIndex, offsetBy: bytes - mark.utf8.count)
    // Not in the middle of a scalar.
    while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
    return text[..<end] + mark
  }
}
