import Testing

@testable import Copylint

/// The underline stands beneath what it is about, whatever the line is made of.
@Suite struct ExcerptTests {
  @Test(
    arguments: [
      // (line, marked, text as shown, columns before, columns underlined)
      ("\t\"a\":\t\"b\"", "\"b\"", " \"a\": \"b\"", 6, 3),
      ("{\"名前\": \"漢字\"}", "\"漢字\"", "{\"名前\": \"漢字\"}", 9, 6),
      ("{\"e\u{301}\": \"e\u{301}x\"}", "\"e\u{301}x\"", "{\"e\u{301}\": \"e\u{301}x\"}", 6, 4),
      ("{\"😀\": 1}", "1", "{\"😀\": 1}", 7, 1),
      ("{\"\u{1F1E9}\u{1F1EA}\": 1}", "1", "{\"\u{1F1E9}\u{1F1EA}\": 1}", 7, 1),
      ("\u{1B}[31m{\"a\": \u{202E}1}", "\u{202E}1", "\\x1b[31m{\"a\": \\u{202e}1}", 14, 9),
      ("{\"##[x]\": 1}", "1", "{\"#\\x23[x]\": 1}", 13, 1),
      ("{\"a\": 1}\r", "}", "{\"a\": 1}", 7, 1),
    ] as [(String, String, String, Int, Int)])
  func alignsTheUnderline(_ line: String, _ marked: String, _ text: String, _ indent: Int, _ width: Int) throws {
    let excerpt = Excerpt(of: try place(of: marked, in: line + "\n"), onLine: 1)
    #expect(excerpt.text.unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(excerpt.indent == indent)
    #expect(excerpt.width == width)
  }

  @Test func aPlaceOfSeveralLinesIsUnderlinedToTheEndOfItsFirst() throws {
    let excerpt = Excerpt(of: try place(of: "{ \"b\":  \r\n 1 }", in: "{\"a\": { \"b\":  \r\n 1 }}"), onLine: 1)
    #expect(excerpt.text == "{\"a\": { \"b\":  ")
    #expect(excerpt.indent == 6)
    #expect(excerpt.width == 6)
  }

  @Test func anEmptyPlaceHasOneCaret() {
    let file = SourceFile(path: "a.json", bytes: Array("{\"a\":".utf8))
    let excerpt = Excerpt(of: Place(file: file, range: 5..<5), onLine: 1)
    #expect(excerpt.indent == 5)
    #expect(excerpt.width == 1)
  }

  @Test func anEmptyFileHasAnExcerptToo() {
    let error = Diagnostic("is empty", at: Place(file: SourceFile(path: "a.json", bytes: []), range: 0..<0))
    var rendering = TextRendering(color: false)
    #expect(rendering.block(error) == "a.json:1:1: error: is empty\n  |\n1 |\n  | ^\n")
  }

  @Test func theGutterIsAsWideAsTheNumber() {
    let file = SourceFile(path: "a.ndjson", bytes: Array("{}".utf8), firstLine: 1234)
    var rendering = TextRendering(color: false)
    #expect(
      rendering.block(Diagnostic("is empty", help: "add members", at: Place(file: file, range: 0..<2))) == """
        a.ndjson:1234:1: error: is empty
             |
        1234 | {}
             | ^^
             = help: add members

        """)
  }

  @Test(arguments: ["x", "漢", "e\u{301}", "\u{1B}", "\u{301}", "\u{20D0}"], [0, 1, 79, 80, 200, 500_000])
  func aLongLineIsCutAroundThePlace(_ filler: String, _ count: Int) throws {
    let fill = String(repeating: filler, count: count / filler.utf8.count)
    for after in ["", fill] {
      let line = fill + "\"marked\"" + after
      let excerpt = Excerpt(of: try place(of: "\"marked\"", in: line), onLine: 1)
      let shown = Array(excerpt.text.unicodeScalars)
      #expect(columns(shown) <= Excerpt.maxColumns)
      if filler == "x" { #expect(columns(shown) == min(line.utf8.count, Excerpt.maxColumns)) }
      #expect(!shown.contains("\u{FFFD}"))
      #expect(excerpt.width == 8)
      #expect(columns(shown.prefix { $0 != "\"" }) == excerpt.indent)
      #expect(shown.first == "…" || shown.count == line.unicodeScalars.count || fill.isEmpty || filler == "\u{1B}")
    }
  }

  /// Characters of one column are cut alike, whether each is one byte or more.
  @Test func plainTextIsCutAsAnyOther() throws {
    for before in [0, 1, 78, 79, 80, 81, 159, 160, 161, 700] {
      for marked in [1, 2, 105, 106, 107, 500] {
        for after in [0, 1, 53, 54, 79, 80, 160, 700] {
          let excerpts = ["x", "é"].map { filler in
            let text = Array(String(repeating: filler, count: before + marked + after).utf8)
            let size = filler.utf8.count
            let file = SourceFile(path: "a.json", bytes: text)
            return Excerpt(
              of: Place(file: file, range: before * size..<(before + marked) * size), onLine: 1)
          }
          let shown = excerpts.map { $0.text.replacing("é", with: "x") }
          #expect(shown[0] == shown[1])
          #expect(excerpts[0].indent == excerpts[1].indent && excerpts[0].width == excerpts[1].width)
        }
      }
    }
  }

  @Test func aLongValueLeavesRoomForItsName() throws {
    let value = "\"" + String(repeating: "v", count: 1 << 20) + "\""
    let excerpt = Excerpt(of: try place(of: value, in: "{\"name\": " + value + ", \"other\": 1}"), onLine: 1)
    #expect(excerpt.text.hasPrefix("{\"name\": \"vvv"))
    #expect(excerpt.text.hasSuffix("v…, \"other\": 1}"))
    #expect(excerpt.width == Excerpt.maxColumns * 2 / 3)
  }

  @Test func manyFindingsOnOneLongLineTakeLinearTime() {
    let element = "{\"key\": \"value\"}, "
    let line = String(repeating: element, count: (1 << 20) / element.utf8.count)
    let file = SourceFile(path: "a.json", bytes: Array(line.utf8))
    var rendering = TextRendering(color: false)
    let clock = ContinuousClock()
    let elapsed = clock.measure {
      for start in stride(from: 0, to: file.bytes.count - 200, by: element.utf8.count * 20) {
        let place = Place(file: file, range: start..<start + 5)
        #expect(rendering.block(Diagnostic("wrong", at: place)).utf8.count < 1000)
      }
    }
    // Counting every column from the start of the line takes minutes here in a debug build.
    #expect(elapsed < .seconds(15))
  }

  @Test func locatorAgreesWithSourceFile() {
    var random = RandomSource(seed: 3)
    for _ in 0..<100 {
      let file = SourceFile(path: "a", bytes: random.hostileBytes(upTo: 40), firstLine: 5)
      var locator = Locator()
      for _ in 0..<20 {
        let ends = (0..<2).map { _ in Int.random(in: -2...file.bytes.count + 2, using: &random) }.sorted()
        let place = Place(file: file, range: ends[0]..<ends[1])
        #expect(locator.region(of: place) == Region(start: place.start, end: place.end))
      }
    }
  }

  private func columns<Scalars: Sequence<Unicode.Scalar>>(_ scalars: Scalars) -> Int {
    scalars.reduce(0) { $0 + DisplayWidth.columns(of: $1) }
  }

  private func place(of marked: String, in text: String) throws -> Place {
    let bytes = Array(text.utf8)
    let needle = Array(marked.utf8)
    let start = try #require(bytes.indices.first { bytes[$0] == needle[0] && bytes[$0...].starts(with: needle) })
    return Place(file: SourceFile(path: "a.json", bytes: bytes), range: start..<start + needle.count)
  }
}
