extension Summary {
  /// The figures as two lines of text; infos, waived and known findings are named where there are any.
  var text: String {
    let verdicts = "\(compliant) compliant, \(denied) denied, \(undetermined) undetermined, \(unreadable) unreadable"
    var findings = "\(Self.count(errors, "error")), \(Self.count(warnings, "warning"))"
    if infos > 0 { findings += ", \(Self.count(infos, "info"))" }
    if waived > 0 { findings += ", \(waived) waived" }
    if known > 0 { findings += ", \(known) known" }
    return "\(Self.count(requests, "request")): \(verdicts); \(findings)\nrules: \(ruleCounts)\n"
  }

  // No `joined`, here and below: the first one of a run takes a fiftieth of a small check.
  private var ruleCounts: String {
    var text = ""
    for verdict in RuleVerdict.allCases {
      text += "\(text.isEmpty ? "" : ", ")\(rules[verdict]) \(verdict.words)"
    }
    return text
  }

  /// What was checked, and under which packs: the last line of a report in text.
  func scope(_ packs: [Report.Pack]) -> String {
    var under = ""
    for pack in packs {
      under += "\(under.isEmpty ? " under " : ", ")" + ShownText.text("\(pack.name) \(pack.version)")
    }
    return "checked \(Self.count(requests, "request")) in \(Self.count(files, "file"))\(under)\n"
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

extension RuleVerdict {
  /// The verdict in words.
  var words: String { self == .notApplicable ? "not applicable" : rawValue }
}
