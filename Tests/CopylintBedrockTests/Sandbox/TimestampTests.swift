import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

@Suite struct TimestampTests {
  @Test(arguments: [0, 1, 123, 500, 770, 999]) func aMomentIsOneValue(_ milliseconds: Int) throws {
    let date = Date(timeIntervalSince1970: 1_795_000_000 + Double(milliseconds) / 1000 + 0.000_3)
    let told = Timestamp.asTold(date)
    let text = Timestamp.text(told)
    let longer = ByteString(text.replacingOccurrences(of: "Z", with: "000Z"))
    #expect(Timestamp.date(ByteString(text)) == told)
    #expect(Timestamp.date(longer) == told)
    #expect(Timestamp.asTold(told) == told)
    #expect(abs(told.timeIntervalSince(date)) < 0.000_6)
  }

  @Test func readsWholeSeconds() {
    #expect(Timestamp.date("2026-11-18T11:06:40Z") == Date(timeIntervalSince1970: 1_795_000_000))
  }

  @Test(arguments: ["", "yesterday", "2026-11-18", "2026-11-18T11:06:40", "2026-13-18T11:06:40Z"] as [ByteString])
  func readsNothingElse(_ text: ByteString) { #expect(Timestamp.date(text) == nil) }
}
