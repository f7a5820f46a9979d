import Testing

@testable import Copylint

@Suite struct PatternTests {
  @Test(arguments: [
    ("fin|ops", "fin", true), ("fin|ops", "fin-x", false), ("^a|b$", "ax", false), ("a$", "a\n", false),
    (".", "\n", true),
    ("\\d+", "12", true), ("\\d+", "\u{661}\u{662}", false), ("\\s", "\u{B}", false), ("\\s", "\u{A0}", false),
    ("\\w", "é", false),
    (".", "é", true), ("(?i)k", "\u{212A}", true), ("[aA]", "a", true), ("e", "e\u{301}", false), ("", "", true),
  ])
  func matchesTheWholeValueByASCIIClasses(_ pattern: String, _ value: String, _ matches: Bool) throws {
    guard !pattern.isEmpty else { return }
    #expect(try Pattern(ByteString(pattern)).matches(ByteString(value)) == matches)
  }

  @Test(arguments: [
    ("a(?=b)", "`(?=` looks ahead or behind, which is not supported", "(?="),
    ("(?<!a)b", "`(?<` looks ahead or behind, which is not supported", "(?<"),
    ("(a)\\1", "`\\1` is a backreference, which is not supported", "\\1"),
    ("a{1001}", "`{1001}` repeats too often", "{1001}"), ("[a", "a `[` is not closed", "[a"),
    ("(a", "a `(` is not closed", "(a"),
    ("a)", "a `)` was never opened", "a)"), ("*a", "`*` repeats nothing", "*"),
    ("[${tags.x}]", "a placeholder within a character class", "${tags.x}]"),
    ("[z-a]", "`z-a` is not a character class", "z-a"), ("\\", "the pattern ends with a lone backslash", "\\"),
  ])
  func refusalsAreInPlainWords(_ pattern: String, _ message: String, _ underlined: String) {
    do throws(MatcherError) {
      _ = try Pattern(ByteString(pattern))
      Issue.record("accepted")
    } catch {
      #expect(error.message == message)
      #expect(String(decoding: Array(pattern.utf8)[error.byteRange], as: UTF8.self) == underlined)
    }
  }

  @Test func placeholdersAreLiteral() throws {
    let pattern = try Pattern("${tags.Team}-[0-9]+")
    func match(_ value: ByteString, _ team: Resolved) -> MatchResult { pattern.match(value) { _ in team } }
    #expect(match("f.n-1", .value("f.n")) == .matched)
    #expect(match("fxn-1", .value("f.n")) == .unmatched)
    #expect(match("a|b-1", .value("a|b")) == .matched)
    #expect(match("-1", .value("")) == .absentPlaceholder("tags.Team"))
    #expect(match("x-1", .unknown) == .unknownPlaceholder("tags.Team"))
  }

  @Test func hostilePatternsAnswerAtOnce() throws {
    let value = ByteString(Array(repeating: UInt8(ascii: "a"), count: 65_536))
    for pattern in ["(a*)*b", "(a|aa)+b", "(.*)(.*)(.*)(.*)b", "((a+)+)+b"] {
      #expect(try !Pattern(ByteString(pattern)).matches(value))
    }
  }
}
