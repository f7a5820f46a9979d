import Testing

@testable import Copylint

@Suite struct WaiverReviewTests {
  private func findings(
    _ entries: [String], used: Set<Int>? = nil, today: String = Judging.today, warningDays: Int = 14,
    stage: Stage = .file
  ) throws -> [Finding] {
    let review = WaiverReview(
      waivers: try Waiving.waivers(Waiving.file(entries)), today: try Judging.date(today), warningDays: warningDays)
    let reports = review.reports(used: used, at: stage)
    #expect(reports.allSatisfy { $0.isPolicyFile && $0.path == "policy/waivers.json" && !$0.findings.isEmpty })
    return reports.flatMap(\.findings)
  }

  @Test func aWaiverInForceIsNoFinding() throws { #expect(try findings([Waiving.entry()], used: [0]).isEmpty) }

  @Test(arguments: [
    ("2026-12-08", nil), ("2026-12-07", "in 14 days"), ("2026-11-24", "in 1 day"), ("2026-11-23", "today"),
  ])
  func aWaiverThatSoonExpiresIsAWarning(_ expires: String, _ words: String?) throws {
    let found = try findings([Waiving.entry(["expires": "\"\(expires)\""])], used: [0])
    guard let words else { return #expect(found.isEmpty) }
    #expect(found.map(\.rule) == ["waiver/expiring"])
    #expect(found.map(\.severity) == [.warning])
    #expect(found.map(\.message) == ["the waiver expires \(words), on `\(expires)`"])
  }

  @Test(arguments: [(0, "2026-11-23", 1), (0, "2026-11-24", 0), (1, "2026-11-24", 1), (1, "2026-11-25", 0)])
  func theWarningDaysAreTheCallers(_ warningDays: Int, _ expires: String, _ count: Int) throws {
    let entry = Waiving.entry(["expires": "\"\(expires)\""])
    #expect(try findings([entry], used: [0], warningDays: warningDays).count == count)
  }

  @Test(arguments: [
    ("2026-11-22", "the waiver expired on `2026-11-22`"),
    ("2026-11-31", "`2026-11-31` is not a date, so the waiver has expired"),
  ])
  func anExpiredWaiverIsAnErrorAtItsDate(_ expires: String, _ message: String) throws {
    let found = try findings([Waiving.entry(["expires": "\"\(expires)\""])])
    #expect(found.map(\.rule) == ["waiver/expired"])
    #expect(found.map(\.severity) == [.error])
    #expect(found.map(\.message) == [message])
    let place = try #require(found.first?.place)
    #expect(ByteString(place.file.bytes[place.range]) == ByteString("\"\(expires)\""))
  }

  @Test(arguments: [("2027-02-21", nil), ("2027-02-22", "`p/keys` can be waived until `2027-02-21` at most")])
  func aWaiverThatIsTooLongIsAnError(_ expires: String, _ help: String?) throws {
    let found = try findings([Waiving.entry(["expires": "\"\(expires)\""])], used: [])
    #expect(found.map(\.rule) == [help == nil ? "waiver/unused" : "waiver/too-long"])
    #expect(found.map(\.severity) == [help == nil ? .warning : .error])
    if let help { #expect(found.map(\.help) == [help]) }
  }

  @Test func anUnusedWaiverIsAWarningOfWholeRunsOnly() throws {
    #expect(try findings([Waiving.entry()], used: []).map(\.rule) == ["waiver/unused"])
    #expect(try findings([Waiving.entry()], used: nil).isEmpty)
  }

  /// A rule that does not run over files has no finding there for a waiver to cover.
  @Test func aWaiverOfARuleThatDoesNotRunHereIsNotUnused() throws {
    let entry = Waiving.entry(["rule": #""p/sent""#, "value": #""fraud-v3""#])
    #expect(try findings([entry], used: []).isEmpty)
    #expect(try findings([entry], used: [], stage: .submit).map(\.rule) == ["waiver/unused"])
  }

  @Test func fingerprintsAreUniqueAndDoNotDependOnDates() throws {
    let entries = [
      Waiving.entry(["expires": #""2026-01-01""#]), Waiving.entry(["expires": #""2026-01-02""#]),
      Waiving.entry(["path": #""copies/b.json""#, "expires": #""2026-01-01""#]), "{}", "{}",
    ]
    let prints = try findings(entries).map(\.fingerprint)
    #expect(Set(prints).count == prints.count)
    let later = try findings([Waiving.entry(["expires": #""2026-03-01""#])])
    #expect(later.map(\.fingerprint) == [prints[0]])
  }

  @Test func theReportIsDeniedOnlyByErrors() throws {
    let review = { (entry: String) in
      WaiverReview(
        waivers: try Waiving.waivers(Waiving.file([entry])), today: try Judging.date(Judging.today), warningDays: 14
      )
      .reports(used: [], at: .file).map(\.verdict)
    }
    #expect(try review(Waiving.entry()) == [.compliant])
    #expect(try review(Waiving.entry(["expires": #""2020-01-01""#])) == [.denied])
  }

  /// A file of the policy is no request, whatever is wrong with it.
  @Test func theSummaryCountsItsFindingsAndNoRequest() throws {
    let review = WaiverReview(
      waivers: try Waiving.waivers(Waiving.file([Waiving.entry(["expires": #""2020-01-01""#])])),
      today: try Judging.date(Judging.today), warningDays: 14)
    var summary = Summary()
    for report in review.reports(used: nil, at: .file) { summary.add(report) }
    #expect((summary.requests, summary.denied, summary.errors, summary.rules) == (0, 0, 1, VerdictCounts()))
  }
}
