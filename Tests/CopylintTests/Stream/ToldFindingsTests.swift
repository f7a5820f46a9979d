import Testing

@testable import Copylint

/// What plans tell is, finding by finding, what the kinds say.
@Suite struct ToldFindingsTests {
  /// A finding as far as it is told: rule and words, place, and the input of its fingerprint by its digest.
  private struct Told: Equatable {
    var text: String
    var place: Range<Int>
    var fingerprint: String
  }

  private func told(_ findings: inout ToldFindings) -> [Told] {
    var output = ByteBuffer()
    let rooms = findings.findings.map { finding in
      let room = output.leaveRoom(64)
      findings.fingerprints.setRoom(room, of: finding.fingerprint)
      return room
    }
    findings.fingerprints.fill(findings.openRequest, ordinal: 3, in: &output)
    return zip(findings.findings, rooms).map { finding, room in
      Told(
        text: String(decoding: findings.text.span.part(finding.start, finding.end), as: UTF8.self),
        place: finding.place, fingerprint: String(decoding: output.span.part(room, room + 64), as: UTF8.self))
    }
  }

  /// Every failing rule of a request, told by its plan and by its kind; nil where the plan leaves it to the kind.
  private func compare(
    _ bytes: [UInt8], _ plan: RulePlan, _ scanned: ScannedRequest, offersFixes: Bool, _ counts: inout [String: Int]
  ) {
    let (region, account) = (OwnedSpan("eu-west-1"), OwnedSpan("111122223333"))
    let context = plan.context(scanned, region: region.span, account: account.span, path: .absent)
    guard plan.judge(context) == .found else { return }
    let reference = RequestContext(
      request: CopyRequest(scanned, in: Document(known: JSONText(SourceFile(path: "a", bytes: bytes)))),
      target: Target(region: "eu-west-1", account: "111122223333"), path: nil)
    for (index, rule) in plan.rules.enumerated() {
      guard case .fail = plan.outcomes[index], let today = CalendarDate(ByteString(Judging.today)) else { continue }
      let text = RuleText(rule, plan.severity(of: index), today: today)
      var byPlan = ToldFindings()
      var byKind = ToldFindings()
      byPlan.begin(scanned, pathPart: .absent, offersFixes: offersFixes)
      guard plan.tell(index, context, text, to: &byPlan) else { continue }
      byKind.begin(scanned, pathPart: .absent, offersFixes: offersFixes)
      for violation in rule.kind.check(reference).violations {
        #expect(violation.fix == nil || !offersFixes, "\(violation)")
        guard let place = scanned.place(of: violation.pointer) else { continue }
        byKind.tell(text, violation, at: place, of: scanned)
      }
      let (planned, wanted) = (told(&byPlan), told(&byKind))
      #expect(planned == wanted)
      let (planDenies, kindDenies) = (byPlan.hasError, byKind.hasError)
      #expect(planDenies == kindDenies)
      counts[rule.name, default: 0] += planned.count
    }
  }

  private func counts(offersFixes: Bool) throws -> [String: Int] {
    let (rules, problems) = Judging.ruleSet(PlanPacks.words)
    #expect(problems.isEmpty, "\(Judging.rendered(problems))")
    let plan = try #require(RulePlan(rules.rules, stage: .file, today: Judging.date(Judging.today)))
    var random = RandomRequests(seed: 77)
    var counts: [String: Int] = [:]
    for _ in 0..<600 {
      let bytes = random.text()
      bytes.withUnsafeBufferPointer { text in
        var scanner = RequestScanner()
        if scanner.scan(text) {
          compare(bytes, plan, scanner.request, offersFixes: offersFixes, &counts)
        }
      }
    }
    return counts
  }

  @Test func plansSayWhatKindsSay() throws {
    let counts = try counts(offersFixes: false)
    let told = [
      "tags", "helped", "no-key", "keys", "places", "name", "owner", "token", "few", "many", "models", "case",
    ]
    for id in told { #expect(counts["words/\(id)", default: 0] > 5, "\(id): \(counts)") }
  }

  /// What an edit could mend is left to the kinds, and some is told all the same.
  @Test func whatAnEditCouldMendIsLeftToTheKinds() throws {
    let counts = try counts(offersFixes: true)
    #expect(counts["words/models", default: 0] > 5)
    #expect(try counts["words/tags", default: 0] < self.counts(offersFixes: false)["words/tags", default: 0] / 2)
  }

  @Test func whatIsForgottenLeavesNoTrace() throws {
    let rules = Judging.ruleSet(PlanPacks.words).rules
    let plan = try #require(RulePlan(rules.rules, stage: .file, today: Judging.date(Judging.today)))
    let text = Array(#"{"targetModelName": "a"}"#.utf8)
    try text.withUnsafeBufferPointer { bytes in
      var scanner = RequestScanner()
      let isScanned = scanner.scan(bytes)
      #expect(isScanned)
      let context = plan.context(scanner.request, region: .absent, account: .absent, path: .absent)
      _ = plan.judge(context)
      let index = try #require(plan.rules.firstIndex { $0.name == "words/few" || $0.name == "words/many" })
      let rule = RuleText(plan.rules[index], .error, today: try Judging.date(Judging.today))
      var findings = ToldFindings()
      findings.begin(scanner.request, pathPart: .absent, offersFixes: false)
      let mark = findings.mark
      for _ in 0..<2 {
        let isTold = plan.tell(index, context, rule, to: &findings)
        let count = told(&findings).count
        #expect(isTold && count == 1)
        findings.cut(to: mark)
      }
      let left = findings.findings.count + findings.text.count
      #expect(left == 0)
    }
  }
}
