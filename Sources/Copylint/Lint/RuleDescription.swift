extension RuleSet {
  /// What reports say of each rule, one a name: a rule in force twice is described at its strictest.
  func described(on today: CalendarDate) -> [Report.Rule] {
    var described: [Report.Rule] = []
    for rule in rules {
      let one = rule.described(on: today)
      guard let last = described.last, last.name == one.name else {
        described.append(one)
        continue
      }
      described[described.count - 1].severity = max(last.severity, one.severity)
      described[described.count - 1].isWaivable = last.isWaivable && one.isWaivable
    }
    return described
  }
}

extension Rule {
  fileprivate func described(on today: CalendarDate) -> Report.Rule {
    Report.Rule(
      name: name, kind: kindName, summary: type(of: kind).summary, severity: severity(on: today),
      why: settings.why?.displayString, help: settings.help?.displayString, url: settings.url?.displayString,
      controls: settings.controls.map(\.displayString), isWaivable: settings.waivable ?? true)
  }
}

extension ReservedRules {
  /// What reports say of the reserved rules.
  static var described: [Report.Rule] {
    all.map { Report.Rule(name: $0.name, kind: kind, summary: $0.summary, isWaivable: false) }
      + [Baseline.described] + WaiverRule.described
  }
}
