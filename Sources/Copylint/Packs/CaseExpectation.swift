/// Compares what a case expects with what was found.
struct CaseExpectation {
  private let testCase: PackCases.Case
  private let pack: ByteString

  /// Rules without a slash are those of `pack`.
  init(_ testCase: PackCases.Case, pack: ByteString) {
    self.testCase = testCase
    self.pack = pack
  }

  /// What is different, in words; nothing when all is as expected.
  func differences(from report: Report.Request) -> [String] {
    var differences: [String] = []
    if let error = report.error { differences.append("unreadable: \(error.message)") }
    if report.verdict != testCase.verdict {
      differences.append("expected `\(testCase.verdict?.rawValue ?? "")`, found `\(report.verdict.rawValue)`")
    }
    return differences + findings(report) + rules(report)
  }

  private func findings(_ report: Report.Request) -> [String] {
    let expected = testCase.findings.flatMap { entry in entry.pointers.map { line(full(entry.rule), $0) } }
    // What cannot be decided is expected as `unknown`, by rule.
    let found = report.findings.filter { $0.verdict == .fail }.map {
      line(ByteString($0.rule), $0.pointer.description)
    }
    return Self.surplus(expected, over: found).map { "missing finding: \($0)" }
      + Self.surplus(found, over: expected).map { "unexpected finding: \($0)" }
  }

  private func rules(_ report: Report.Request) -> [String] {
    let unknown = report.results[.unknown].filter { !ByteString($0).starts(with: "request/") }
    let expected = testCase.unknown.map { full($0).displayString }
    let without = Set(report.results[.notApplicable].map { ByteString($0) })
    return Self.surplus(expected, over: unknown).map { "expected to be unknown: \($0)" }
      + Self.surplus(unknown, over: expected).map { "unexpectedly unknown: \($0)" }
      + testCase.notApplicable.map(full).filter { !without.contains($0) }.map {
        "expected not to apply: \(Escaping.visible($0.bytes))"
      }
  }

  private func full(_ rule: ByteString) -> ByteString {
    rule.bytes.contains(UInt8(ascii: "/")) ? rule : ByteString(pack.bytes + [UInt8(ascii: "/")] + rule.bytes)
  }

  private func line(_ rule: ByteString, _ pointer: ByteString) -> String {
    "\(Escaping.visible(rule.bytes)) at \(Escaping.quoted(pointer))"
  }

  /// What the first list has more than the second, counting repeats.
  private static func surplus(_ left: [String], over right: [String]) -> [String] {
    var rest = right
    return left.filter { item in
      guard let index = rest.firstIndex(of: item) else { return true }
      rest.remove(at: index)
      return false
    }
  }
}
