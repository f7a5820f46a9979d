import Copylint

/// What a caller is told whose call the policy denies: by its SDK, as the message of an AccessDeniedException.
enum DenialMessage {
  /// The most bytes that a message has.
  static let limit = 2048

  /// One line on what happened, then one a finding, as many as there is room for.
  static func text(_ report: Report.Request, decision: String) -> String {
    let findings = report.findings.filter { $0.status == .open && $0.severity == .error }
    let count = findings.count == 1 ? "1 finding" : "\(findings.count) findings"
    var text = "copylint: denied by policy, not by IAM (decision \(decision)): \(count)"
    let reserve = "\n… and 9999 more".utf8.count
    for (index, finding) in findings.enumerated() {
      let line = "\n" + line(finding)
      guard text.utf8.count + line.utf8.count + reserve <= limit else {
        return text + "\n… and \(findings.count - index) more"
      }
      text += line
    }
    return text
  }

  /// Member, rule, what is wrong, what to do, who answers for the rule, and whether it can be waived. At most a quarter
  /// of the message, so that one long value does not hide the other findings.
  private static func line(_ finding: Finding) -> String {
    let pointer = finding.pointer.description.displayString
    var parts = [
      "\(pointer.isEmpty ? "/" : pointer) \(finding.rule): \(finding.message)",
      finding.help, finding.policy.map { "policy \($0)" },
      finding.isWaivable ? "can be waived" : "cannot be waived",
    ].compactMap { $0 }.map { Escaping.visible($0) }
    while Self.joined(parts).utf8.count > limit / 4, parts.count > 2 { parts.remove(at: parts.count - 2) }
    return shortened(joined(parts))
  }

  private static func joined(_ parts: [String]) -> String { parts.joined(separator: "; ") }

  private static func shortened(_ line: String) -> String {
    guard line.utf8.count > limit / 4 else { return line }
    var end = line.unicodeScalars.startIndex
    while line.utf8.distance(from: line.startIndex, to: line.unicodeScalars.index(after: end)) < limit / 4 - 3 {
      end = line.unicodeScalars.index(after: end)
    }
    return String(line.unicodeScalars[..<end]) + "…"
  }
}
