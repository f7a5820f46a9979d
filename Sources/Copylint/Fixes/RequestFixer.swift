/// Mends one request until nothing more can be mended.
struct RequestFixer {
  /// Whether fixes that change what is asked for are applied too.
  let isUnsafeAllowed: Bool
  /// What all rules would say of a text in the request's place.
  let judge: (JSONText) -> Report.Request

  /// Rounds of fixes: each mends something, and a request has hardly more to mend than tags.
  private static let maxRounds = 200
  /// Readings of the request in all.
  private static let maxTrials = 1000

  /// A mended request.
  struct Fixed {
    /// The request, alone in its file.
    var text: JSONText
    /// How many open findings are gone.
    var mended: Int
  }

  /// The request with every fix that is kept; nil where none is.
  func fix(_ text: JSONText) -> Fixed? {
    let alone = text.alone
    var trial = FixTrial(alone, before: judge(alone), budget: Self.maxTrials, judge: judge)
    let before = trial.before
    for _ in 0..<Self.maxRounds {
      guard let after = round(&trial) else { break }
      trial = FixTrial(after.text, before: after.report, budget: trial.budget, judge: judge)
    }
    guard trial.text.file.bytes != alone.file.bytes else { return nil }
    return Fixed(text: trial.text, mended: Self.open(before) - Self.open(trial.before))
  }

  /// One round of fixes: the safe ones as long as there are any, and of those that overlap one.
  private func round(_ trial: inout FixTrial) -> (text: JSONText, report: Report.Request)? {
    let candidates = FixTrial.candidates(trial.before)
    for safety in isUnsafeAllowed ? Fix.Safety.allCases : [.safe] {
      var rest = candidates.filter { $0.fix.safety == safety }
      while !rest.isEmpty {
        let (batch, others) = FixTrial.separate(rest)
        let decision = trial.decide(batch)
        if !decision.kept.isEmpty { return decision.after }
        rest = others
      }
    }
    return nil
  }

  private static func open(_ request: Report.Request) -> Int { request.findings.count { $0.status == .open } }
}
