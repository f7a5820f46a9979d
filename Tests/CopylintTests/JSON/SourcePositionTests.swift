import Testing

@testable import Copylint

@Suite struct SourcePositionTests {
  /// Line endings of every kind, a tab, and characters of two, three and four bytes.
  @Test(arguments: [
    ("{\n\"a\": 1}", 2, 6), ("{\r\n\"a\": 1}", 2, 6), ("{\r\"a\": 1}", 2, 6), ("{\t\"a\": 1}", 1, 8),
    ("{\"é€😀\": 0, \"a\": 1}", 1, 17), ("{\"b\": \"\\u00e9\\n\", \"a\": 1}", 1, 24), ("\n\r\n\r{\"a\":1}", 4, 6),
    ("{\"\\u0061\": 1}", 1, 12),
  ])
  func columnsAreCodePoints(_ text: String, _ line: Int, _ column: Int) throws {
    let document = try Document(JSONText(SourceFile(path: "t", bytes: Array(text.utf8))))
    let place = document.place(of: JSONPointer([.key("a")]))
    #expect(place.start == SourcePosition(line: line, column: column))
    #expect(place.end == SourcePosition(line: line, column: column + 1))
  }

  /// Beyond the first block of the index, on one line.
  @Test func longLinesCountTheSame() throws {
    let text = "{\"x\": \"" + String(repeating: "é", count: 50_000) + "\", \"a\": 1}"
    let document = try Document(JSONText(SourceFile(path: "t", bytes: Array(text.utf8))))
    #expect(document.place(of: JSONPointer([.key("a")])).start == SourcePosition(line: 1, column: 50_016))
  }

  @Test func whatIsNotThereIsPlacedAtWhatLacksIt() throws {
    let document = try Document(JSONText(SourceFile(path: "t", bytes: Array("{\"a\": [1]}".utf8))))
    #expect(document.place(of: JSONPointer([.key("a"), .index(7)])).range == 6..<9)
    #expect(document.place(of: JSONPointer([.key("b"), .key("c")])).range == 0..<10)
  }

  @Test func pointersAreWrittenAsRFC6901Has() {
    #expect(JSONPointer([.key("a/b~c"), .index(3), .key("")]).description == "/a~1b~0c/3/")
  }
}
