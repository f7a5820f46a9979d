/// What edits did to a request, by what all rules say of it before and after.
struct FixEffect {
  /// What speaks against keeping the edits, as the end of a sentence; nil where nothing does.
  let objection: String?
  private let gone: Set<Subject>

  /// What a finding is about, whatever its place and value.
  private struct Subject: Hashable {
    var rule: String
    var subject: ByteString
    var pointer: JSONPointer?
  }

  /// `safety` is that of the least sure of the edits.
  init(before: Report.Request, after: Report.Request, safety: Fix.Safety) {
    objection = Self.objection(before, after, safety)
    gone = Self.fewer(before, after, withPointers: true).union(Self.fewer(before, after, withPointers: false))
  }

  private static func fewer(
    _ before: Report.Request, _ after: Report.Request, withPointers: Bool
  ) -> Set<Subject> {
    let now = counts(after, withPointers: withPointers)
    return Set(counts(before, withPointers: withPointers).filter { $0.value > now[$0.key, default: 0] }.keys)
  }

  /// Whether the finding, of the request before, is gone, and none of the same rule and subject has taken its place.
  func mends(_ finding: Finding) -> Bool {
    [finding.pointer, nil].allSatisfy {
      gone.contains(Subject(rule: finding.rule, subject: finding.subject, pointer: $0))
    }
  }

  private static func objection(
    _ before: Report.Request, _ after: Report.Request, _ safety: Fix.Safety
  ) -> String? {
    if let error = after.error { return "the request could not be read any more: \(error.message)" }
    let (earlier, later) = (verdicts(before), verdicts(after))
    // A safe fix says what was meant all along: what a rule finds that could not see it before, it does not cause.
    let newRules = rulesWithNewFindings(before, after).filter { safety == .unsafe || earlier[$0] == .pass }
    if let rule = newRules.min(by: { ByteString($0) < ByteString($1) }) {
      return "\(Escaping.quoted(ByteString(rule))) would find something new"
    }
    for (rule, verdict) in earlier.sorted(by: { ByteString($0.key) < ByteString($1.key) }) {
      let shown = Escaping.quoted(ByteString(rule))
      switch (verdict, later[rule] ?? .notApplicable) {
      case (.notApplicable, _): continue
      case (_, .notApplicable): return "\(shown) would no longer apply"
      case (.pass, .unknown): return "\(shown) could no longer be decided"
      default: continue
      }
    }
    return nil
  }

  private static func rulesWithNewFindings(_ before: Report.Request, _ after: Report.Request) -> [String] {
    let known = counts(before, withPointers: false)
    return counts(after, withPointers: false).filter { $0.value > known[$0.key, default: 0] }.map(\.key.rule)
  }

  /// Open findings alone: what somebody answers for may go and come.
  private static func counts(_ request: Report.Request, withPointers: Bool) -> [Subject: Int] {
    var counts: [Subject: Int] = [:]
    for finding in request.findings where finding.status == .open {
      let pointer = withPointers ? finding.pointer : nil
      counts[Subject(rule: finding.rule, subject: finding.subject, pointer: pointer), default: 0] += 1
    }
    return counts
  }

  private static func verdicts(_ request: Report.Request) -> [String: RuleVerdict] {
    var verdicts: [String: RuleVerdict] = [:]
    for verdict in RuleVerdict.allCases {
      for rule in request.results[verdict] { verdicts[rule] = verdict }
    }
    return verdicts
  }
}
