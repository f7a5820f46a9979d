import Testing

@testable import Copylint

@Suite struct ProgressTextTests {
  private let second = 1_000_000_000

  @Test func aShortRunSaysNothing() {
    var text = ProgressText(now: 5)
    #expect(text.line(RunProgress(requests: 10, share: 0.5), now: 5) == nil)
    #expect(text.line(RunProgress(requests: 10, share: 0.5), now: 5 + second - 1) == nil)
    #expect(text.line(RunProgress(requests: 10, share: 0.5), now: 5 + second) != nil)
  }

  @Test func itSaysSomethingFiveTimesASecond() {
    var text = ProgressText(now: 0)
    let lines = (0..<3000).compactMap { text.line(RunProgress(requests: 1), now: $0 * second / 1000) }
    #expect(lines.count == 10)
  }

  @Test(
    arguments: [
      (100, 0.5, 2, "100 requests, 50 a second, 50 %, 2 s left"),
      (4, 0.25, 60, "4 requests, 0 a second, 25 %, 3 min 0 s left"),
      (9, 0.01, 100, "9 requests, 0 a second, 1 %, 2 h 45 min left"),
      (9, 1.0, 3, "9 requests, 3 a second, 100 %, 0 s left"), (9, nil, 3, "9 requests, 3 a second"),
      (1, nil, 2, "1 request, 0 a second"),
      (9, 0.0, 3, "9 requests, 3 a second"),
    ] as [(Int, Double?, Int, String)])
  func itSaysRateShareAndTime(_ requests: Int, _ share: Double?, _ seconds: Int, _ expected: String) {
    var text = ProgressText(now: 0)
    #expect(text.line(RunProgress(requests: requests, share: share), now: seconds * second) == expected)
  }
}
