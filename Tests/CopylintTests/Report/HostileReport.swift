@testable import Copylint

/// A report whose every text may act on a terminal, a build log or a parser.
enum HostileReport {
  static func make(_ random: inout RandomSource) -> Report {
    let packs = [Report.Pack(name: text(&random), version: text(&random), sha256: text(&random))]
    let rules = (0..<3).map { _ in hostileRule(&random) }
    var header = Report.Header(tool: text(&random), today: text(&random), packs: packs, rules: rules)
    header.workingDirectory = bytes(&random)
    let requests = (0..<3).map { _ in hostileRequest(&random) }
    let errors = [
      Diagnostic(text(&random), help: text(&random), at: place(&random)),
      Diagnostic(text(&random), path: ByteString(random.hostileBytes(upTo: 5))),
    ]
    return Report(header: header, requests: requests, errors: errors)
  }

  private static func hostileRequest(_ random: inout RandomSource) -> Report.Request {
    let findings = (0..<3).map { _ in hostileFinding(&random) }
    let target = Report.Target(region: bytes(&random), account: bytes(&random), declaredBy: text(&random))
    var request = Report.Request(
      path: bytes(&random), pointer: JSONPointer([.key(bytes(&random))]), verdict: .denied, target: target,
      results: [.fail: [text(&random)]], findings: findings,
      error: Diagnostic(text(&random), help: text(&random), at: place(&random)))
    request.repositoryPath = Bool.random(using: &random) ? bytes(&random) : nil
    return request
  }

  private static func hostileRule(_ random: inout RandomSource) -> Report.Rule {
    Report.Rule(
      name: text(&random), kind: text(&random), summary: text(&random), why: text(&random), help: text(&random),
      url: "https://a/" + text(&random), controls: [text(&random)])
  }

  private static func hostileFinding(_ random: inout RandomSource) -> Finding {
    let place = place(&random)
    var finding = Finding(
      rule: text(&random), kind: text(&random), severity: Severity.allCases.randomElement(using: &random) ?? .error,
      verdict: Bool.random(using: &random) ? .fail : .unknown,
      status: [.open, .waived, .known].randomElement(using: &random) ?? .open, message: text(&random),
      help: text(&random), pointer: JSONPointer([.key(bytes(&random))]), place: place,
      identity: .sample(rule: "p/r", subject: bytes(&random)), controls: [text(&random)], policy: text(&random))
    if finding.status == .waived {
      finding.waiver = AppliedWaiver(
        reason: bytes(&random), owner: bytes(&random), ticket: bytes(&random),
        expires: CalendarDate(secondsSinceEpoch: 0))
    }
    let edit = Fix.Edit(range: place.range, replacement: random.hostileBytes(upTo: 4))
    finding.fix = Fix(safety: .safe, summary: text(&random), edits: [edit])
    return finding
  }

  private static func place(_ random: inout RandomSource) -> Place {
    let file = SourceFile(path: bytes(&random), bytes: random.hostileBytes(upTo: 60))
    let ends = (0..<2).map { _ in Int.random(in: 0...file.bytes.count, using: &random) }.sorted()
    return Place(file: file, range: ends[0]..<ends[1])
  }

  private static func bytes(_ random: inout RandomSource) -> ByteString { ByteString(random.hostileBytes(upTo: 6)) }

  private static func text(_ random: inout RandomSource) -> String { bytes(&random).displayString }
}
