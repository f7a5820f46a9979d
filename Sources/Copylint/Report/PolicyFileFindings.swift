/// Findings about a file of the policy itself, as one more entry of a report: every format shows them without knowing.
enum PolicyFileFindings {
  /// One thing that is wrong with the file.
  struct Problem {
    var rule: String
    var kind: ByteString
    var severity: Severity
    var message: String
    var help: String?
    var place: Place
    var pointer: JSONPointer
    /// What identifies it, beside the rule and the file.
    var subject: ByteString
    var value: ByteString?
  }

  static func report(
    _ problems: [Problem], _ source: SourceFile, repositoryPath: ByteString?
  ) -> Report.Request {
    var fingerprints = Fingerprints(policyFile: repositoryPath ?? source.path)
    let findings = problems.map { finding($0, &fingerprints) }.sorted {
      $0.place.range.lowerBound < $1.place.range.lowerBound
    }
    let isDenied = findings.contains { $0.severity == .error }
    let rules = Set(problems.map { ByteString($0.rule) }).sorted().map(\.displayString)
    var request = Report.Request(
      path: source.path, verdict: isDenied ? .denied : .compliant, results: [.fail: rules], findings: findings)
    request.repositoryPath = repositoryPath
    request.isPolicyFile = true
    return request
  }

  private static func finding(_ problem: Problem, _ fingerprints: inout Fingerprints) -> Finding {
    Finding(
      rule: problem.rule, kind: problem.kind.displayString, severity: problem.severity, verdict: .fail, status: .open,
      message: problem.message, help: problem.help, pointer: problem.pointer, place: problem.place,
      identity: fingerprints.next(rule: problem.rule, subject: problem.subject, value: problem.value),
      controls: [], subject: problem.subject)
  }
}
