import Foundation
import Testing

@testable import BedrockClient

@Suite struct TimestampTests {
  @Test(arguments: [
    "2009-02-13T23:31:30Z", "2009-02-13T23:31:30.5Z", "2009-02-13T23:31:30.123456789Z", "2009-02-13T23:31:30UTC",
    "2009-02-14T00:31:30+01:00", "2009-02-14T00:31:30+0100", "2009-02-13T23:31:30+00:00",
    "2009-02-13T18:31:30.25-05:00",
  ])
  func datesAsSourcesWriteThem(_ text: String) {
    #expect(Timestamp.date(text) == Date(timeIntervalSince1970: 1_234_567_890))
  }

  @Test(arguments: [
    "", "soon", "2009-02-13", "2009-13-13T23:31:30Z", "2009-02-13T23:31:30", "1234567890", "2009-02-13T23:31:30.Z",
  ])
  func whatIsNoDate(_ text: String) {
    #expect(Timestamp.date(text) == nil)
  }
}
