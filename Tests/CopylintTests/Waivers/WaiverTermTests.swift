import Testing

@testable import Copylint

@Suite struct WaiverTermTests {
  /// From 2026-11-23 with at most 90 days, which is until 2027-02-21.
  @Test(arguments: [
    ("2026-11-22", WaiverTerm.expired),
    ("2026-11-23", .inForce(daysLeft: 0)),
    ("2026-11-24", .inForce(daysLeft: 1)),
    ("2026-12-07", .inForce(daysLeft: 14)),
    ("2027-02-20", .inForce(daysLeft: 89)),
    ("2027-02-21", .inForce(daysLeft: 90)),
    ("2026-11-31", .expired),
    ("2026-02-29", .expired),
    ("23.11.2027", .expired),
    ("2027-1-1", .expired),
    ("2027-01-01 ", .expired),
    ("9999-12-31T", .expired),
  ])
  func daysAreInclusive(_ expires: String, _ term: WaiverTerm) throws {
    let today = try Judging.date("2026-11-23")
    #expect(WaiverTerm(expires: CalendarDate(ByteString(expires)), on: today, maxDays: 90) == term)
  }

  @Test(arguments: [
    (1, "2026-11-24", "2026-11-25"), (90, "2027-02-21", "2027-02-22"), (3650, "2036-11-20", "2036-11-21"),
  ])
  func theLongestIsInclusiveToo(_ maxDays: Int, _ last: String, _ beyond: String) throws {
    let today = try Judging.date("2026-11-23")
    let latest = try Judging.date(last)
    #expect(WaiverTerm(expires: latest, on: today, maxDays: maxDays) == .inForce(daysLeft: maxDays))
    #expect(
      WaiverTerm(expires: try Judging.date(beyond), on: today, maxDays: maxDays) == .tooLong(latest: latest))
  }

  @Test func whatIsTooLongTodayHoldsLater() throws {
    let expires = try Judging.date("2027-02-22")
    #expect(WaiverTerm(expires: expires, on: try Judging.date("2026-11-24"), maxDays: 90) == .inForce(daysLeft: 90))
    #expect(WaiverTerm(expires: expires, on: try Judging.date("2027-02-23"), maxDays: 90) == .expired)
  }
}
