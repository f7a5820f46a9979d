import Foundation
import Testing

@testable import Copylint

/// What RFC 8259 forbids is refused, what it allows is taken; the names follow JSONTestSuite's y_ and n_.
@Suite struct JSONAcceptanceTests {
  static func document(_ bytes: [UInt8], _ limits: JSONLimits = JSONLimits()) throws(Diagnostic) -> Document {
    try Document(JSONText(SourceFile(path: "t.json", bytes: bytes)), limits: limits)
  }

  @Test(arguments: [
    "{}", "[]", "0", "-0", "1.5e+10", "1E-2", "\"\"", "true", "false", "null", " \t\r\n{ } ", "[1,2 , 3]",
    #"{"a":{"a":{"a":[]}}}"#, #""\u0041\n\/\\\"\b\f\r\t""#, #""\uD83D\uDE00""#, "\"\u{1F600}\u{7F}\u{80}\u{2028}\"",
    #"{"":0}"#, "[[[[[]]]]]", "-9223372036854775808", "9223372036854775807", "[1e308]", #"{"a":1,"A":2}"#,
    "\"\u{FFFF}\"", "[\"\u{10FFFF}\"]", "1e-400",
  ])
  func accepts(_ text: String) throws { _ = try Self.document(Array(text.utf8)) }

  @Test(arguments: [
    "", " ", "{", "}", "[", "]", "{]", "[}", "[1,]", "[,1]", "[1,,2]", "[1 2]", "{\"a\":1,}", "{,}", "{\"a\"}",
    "{\"a\":}", "{\"a\" 1}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{\"a\":1:2}", "[\"a\":1]",
    "01",
    "-", "-01", "+1", "1.", ".5", "1e", "1e+", "1.e1", "0x10", "1_000", "--1", "NaN", "Infinity", "-Infinity", "nan",
    "True", "FALSE", "nul", "nulll", "truee", "undefined", "'a'", "\"a", "a\"", "\"a\nb\"", "\"a\tb\"", "\"\u{1}\"",
    #""\x""#, #""\u00""#, #""\u00G0""#, #""\U0041""#, #""\'""#, #""\"#, #""\u0000""#, #"{"\u0000":1}"#, #""\uD800""#,
    #""\uDC00""#, #""\uD800\u0041""#, #""\uD800\uD800""#, #""\uDE00\uD83D""#, "1 2", "{} {}", "[] x", "{}}", "[]]",
    "{},",
    "// c\n{}", "/* c */{}", "{} // c", "{\"a\":1 /* c */}", "# c\n{}", "\u{FEFF}{}", "{}\u{FEFF}", "\u{A0}{}",
    "{}\u{2028}", "\u{B}1", "[1\u{C}]", "\"a\\", "{\"a\":1", "[1", "[{", "{\"a\":[", "[\"a", "*", "@", "[a]",
    "[\"\\uD83D\"]", "9223372036854775808", "-9223372036854775809", "1e400", "-1e999", #"{"a":1,"a":2}"#,
    #"{"a":1,"\u0061":2}"#, #"{"x":{"b":1,"c":2,"b":3}}"#, #"[{"k":{"a":1,"a":1}}]"#, "{\"a\":\u{0}1}", "1\u{0}",
    "true\u{0}", "{}\u{0}", "\u{0}", "[1]\u{0}", "\u{0}{}", "\"\u{0}\"",
  ])
  func refuses(_ text: String) {
    #expect(throws: Diagnostic.self) { try Self.document(Array(text.utf8)) }
  }

  @Test(arguments: [
    [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xC1, 0xBF, 0x22], [0x22, 0xE0, 0x80, 0x80, 0x22],
    [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF0, 0x80, 0x80, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xE2, 0x82, 0x22], [0x22, 0x80, 0x22],
    [0x22, 0xF0, 0x9F, 0x98], [0xFF, 0xFE, 0x7B, 0x00], [0xFE, 0xFF, 0x00, 0x7B], [0x7B, 0x00, 0x7D, 0x00],
    [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], [0x5B, 0xC3, 0x5D],
  ])
  func refusesBytes(_ bytes: [UInt8]) {
    #expect(throws: Diagnostic.self) { try Self.document(bytes) }
  }

  @Test func boundsAreKeptBeforeAnythingIsParsed() {
    let deep = Array(repeating: UInt8(ascii: "["), count: 100_000)
    expect(deep, "nested deeper than 64 levels", at: 64..<65)
    let wide = Array("[\(String(repeating: "0,", count: 150_000))0]".utf8)
    expect(wide, "more than 100000 values and names", at: 199_999..<200_000)
    expect(Array(repeating: 0x20, count: (1 << 20) + 1), "the text is larger than 1048576 bytes", at: 0..<0)
  }

  private static let barewords =
    "text stands in double quotes; without them JSON has numbers, `true`, `false` and `null`"

  @Test(arguments: [
    (#"{"a": 1,}"#, "a comma before the closing bracket", "remove the comma", ","),
    (#"{"a": tru}"#, "expected a value, found `tru`", barewords, "tru"),
    (#"{"a": 'b'}"#, "expected a value, found `'`", "JSON strings stand in double quotes", "'"),
    (#"{a: 1}"#, "expected a member name in double quotes, found `a`", barewords, "a"),
    (
      #"{"a": 01}"#, "`01` is not a number that JSON has", "such as `7`, `-0.5` or `2e3`; text stands in double quotes",
      "01"
    ),
    (#"{"a": "\x"}"#, "an escape that JSON does not have", "write a backslash as `\\\\`", #"\x"#),
    (
      #"{"a": "\ud800"}"#, "half of a surrogate pair", "a character beyond U+FFFF is written as two escapes", #"\ud800"#
    ),
    (#"{"a": "\u0000"}"#, "an escaped NUL character", "no member of a request may hold NUL", #"\u0000"#),
    (
      #"{"a": 1, "\u0061": 2}"#, "the name `a` stands twice in one object",
      "the first one is at line 1, column 2; another parser might read either", #""\u0061""#
    ),
    (
      #"{"a": 123456789012345678901}"#, "the number `123456789012345678901` is out of range",
      "numbers are held in 64 bits",
      "123456789012345678901"
    ),
    (#"{"a": 1} {"b": 2}"#, "trailing data after the JSON value", "a file holds one value; remove what follows", "{"),
    ("{\"a\": [1}", "expected `,` or `]`, found `}`", "the array opened at line 1, column 7 is still open", "}"),
    ("{\"a\": \"x\n\"}", "a line break within a string", "close the string, or write the break as `\\n`", "\n"),
    (
      "{\"a\": 1 // x\n}", "expected `,` or `}`, found `/`", "JSON has no comments; a pack may have `$comment` members",
      "/"
    ),
  ])
  func saysWhatIsWrongAndWhere(_ text: String, _ message: String, _ help: String, _ underlined: String) {
    do throws(Diagnostic) {
      _ = try Self.document(Array(text.utf8))
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.message == message)
      #expect((error.help ?? "") == help)
      #expect(error.place.map { String(decoding: $0.file.bytes[$0.range], as: UTF8.self) } == underlined)
    }
  }

  @Test func aTextThatEndsTooEarlyNamesWhatIsOpen() {
    expect(Array("{\n  \"a\": [1,".utf8), "the text ends too early: a value is missing", at: 12..<12)
    expect(Array("{\"a".utf8), "the text ends within a string", at: 3..<3)
  }

  private func expect(_ bytes: [UInt8], _ message: String, at range: Range<Int>) {
    do throws(Diagnostic) {
      _ = try Self.document(bytes)
      Issue.record("accepted")
    } catch {
      #expect(error.message == message)
      #expect(error.place?.range == range)
    }
  }
}
