import Copylint
import Testing

@Suite struct ByteStringTests {
  @Test func equalityIsOfBytes() {
    #expect(("K" as ByteString) != ByteString("\u{212A}"))
    #expect(ByteString("\u{E9}") != ByteString("e\u{301}"))
    #expect(ByteString([0x61]) == "a")
  }

  @Test func lowercasingTouchesAsciiOnly() {
    #expect(ByteString("AbZ\u{212A}").asciiLowercased == ByteString("abz\u{212A}"))
  }

  @Test func lengthsCountCodePoints() {
    #expect(ByteString("e\u{301}\u{1F600}").codePointCount == 3)
  }
}
