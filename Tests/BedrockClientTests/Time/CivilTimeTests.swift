import Foundation
import Testing

@testable import BedrockClient

@Suite struct CivilTimeTests {
  private static let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)

  /// Every 17 days and some seconds from 1583 to 2600, and the days around the ends of months and centuries.
  private static let seconds: [Int] =
    stride(from: -12_200_000_000, to: 19_900_000_000, by: 17 * 86400 + 3671).map { $0 }
    + [-1, 0, 951_782_399, 951_782_400, 951_868_800, 1_709_164_800, 4_107_542_399, 4_107_542_400]

  @Test func agreesWithFoundation() throws {
    for seconds in Self.seconds {
      let date = Date(timeIntervalSince1970: Double(seconds))
      let text = date.formatted(Self.style)
      #expect(CivilTime(secondsSinceEpoch: seconds).compactText == text)
      #expect(CivilTime(compact: Array(text.utf8))?.secondsSinceEpoch == seconds)
      #expect(SigningTime(text)?.date == date)
      #expect(SigningTime(date + 0.75).timestamp == text)
    }
  }

  @Test func millisecondsStandAfterTheSecond() {
    #expect(CivilTime(secondsSinceEpoch: 1_440_938_160).text(milliseconds: 7) == "2015-08-30T12:36:00.007Z")
  }

  @Test(arguments: [
    "", "20150830T123600", "20150830T123600Z ", "20150830t123600Z", "20150830T123600z", "2015-08-30T12:36Z",
    "20150230T000000Z", "20150229T000000Z", "19000229T000000Z", "20150431T000000Z", "20151301T000000Z",
    "20150001T000000Z", "20150800T000000Z", "20150830T240000Z", "20150830T126000Z", "20150830T123660Z",
    "00000101T000000Z", "+0150830T123600Z", "2015083 T123600Z", "２０150830T1236Z",
  ])
  func isNoDate(_ text: String) { #expect(SigningTime(text) == nil) }
}
