extension Report.Request {
  /// Readings of a request that finding out which fixes to offer may take, fewer of a large one.
  private static let trials = 32
  /// Bytes that may be read for it.
  private static let triedBytes = 1 << 20

  /// Keeps of the proposed fixes those that `--fix` would keep, and says of the others why not.
  mutating func keepFixes(that text: JSONText, _ judge: @escaping (JSONText) -> Report.Request) {
    let alone = text.alone
    let budget = max(1, min(Self.trials, Self.triedBytes / max(1, text.range.count)))
    var trial = FixTrial(alone, before: judge(alone), budget: budget, judge: judge)
    var rest = FixTrial.candidates(trial.before)
    var kept: Set<Fix> = []
    var reasons: [Fix: String] = [:]
    while !rest.isEmpty {
      let (batch, others) = FixTrial.separate(rest)
      let decision = trial.decide(batch)
      kept.formUnion(decision.kept.map(\.fix))
      for (candidate, reason) in decision.declined { reasons[candidate.fix] = reason }
      rest = others
    }
    for index in findings.indices {
      guard let fix = findings[index].fix else { continue }
      let own = fix.moved(by: -text.range.lowerBound)
      guard !kept.contains(own) else { continue }
      findings[index].fix = nil
      findings[index].declinedFix = reasons[own].map { "cannot \(fix.summary) by itself: \($0)" }
    }
  }
}

extension Fix {
  /// The fix in a text whose bytes stand elsewhere.
  func moved(by distance: Int) -> Fix {
    var fix = self
    fix.edits = edits.map {
      Edit(range: $0.range.lowerBound + distance..<$0.range.upperBound + distance, replacement: $0.replacement)
    }
    return fix
  }
}
