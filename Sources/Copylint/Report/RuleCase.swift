/// What one rule says of one request, as test reports count.
struct RuleCase {
  /// How a test report has it.
  enum Result: Equatable {
    /// The rule holds; findings beneath error stand beside it.
    case passed
    /// An open error.
    case failed
    /// It failed, and somebody answers for it.
    case accepted(String)
    /// It did not decide anything.
    case skipped(String)
  }

  let rule: String
  let findings: [Finding]
  let result: Result

  /// A case for every rule that judged the request or found something, sorted by name.
  static func cases(of request: Report.Request) -> [RuleCase] {
    var verdicts: [ByteString: RuleVerdict] = [:]
    for verdict in RuleVerdict.allCases {
      for rule in request.results[verdict] { verdicts[ByteString(rule)] = verdict }
    }
    let findings = Dictionary(grouping: request.findings) { ByteString($0.rule) }
    return Set(verdicts.keys).union(findings.keys).sorted().map { name in
      let found = findings[name] ?? []
      return RuleCase(
        rule: name.displayString, findings: found, result: result(verdicts[name], found, of: request))
    }
  }

  private static func result(_ verdict: RuleVerdict?, _ findings: [Finding], of request: Report.Request) -> Result {
    let open = findings.filter { $0.status == .open }
    if open.contains(where: { $0.severity == .error }) { return .failed }
    if open.contains(where: { $0.verdict == .unknown }) { return .skipped("undetermined") }
    if open.isEmpty, let answer = findings.first?.answer { return .accepted(answer) }
    switch verdict {
    case .notApplicable: return .skipped("not applicable")
    // One finding of a reserved rule stands for all the rules that wait for the target.
    case .unknown: return .skipped("undetermined: waits for \(waitedFor(request))")
    case .fail where findings.isEmpty: return .failed
    case .fail, .pass, nil: return .passed
    }
  }

  private static func waitedFor(_ request: Report.Request) -> String {
    request.findings.first { $0.verdict == .unknown }?.rule ?? "what is not known"
  }
}
