/// The figures of a run as text.
struct SummaryText {
  static func lines(_ summary: Summary) -> [String] {
    let requests =
      "\(counted(summary.requests, "request")): \(summary.compliant) compliant, \(summary.denied) denied, "
      + "\(summary.undetermined) undetermined, \(summary.unreadable) unreadable"
    var findings = [counted(summary.errors, "error"), counted(summary.warnings, "warning")]
    if summary.infos > 0 { findings.append("\(summary.infos) info") }
    if summary.waived > 0 { findings.append("\(summary.waived) waived") }
    let rules = [RuleVerdict.pass, .fail, .notApplicable, .unknown].map {
      "\(summary.rules[$0, default: 0]) \($0.words)"
    }
    return [requests + "; " + findings.joined(separator: ", "), "rules: " + rules.joined(separator: ", ")]
  }

  private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension RuleVerdict {
  /// As it stands in a sentence.
  var words: String { self == .notApplicable ? "not applicable" : rawValue }
}
