import Testing

@testable import Copylint

@Suite struct GlobTests {
  @Test(arguments: [
    ("*", "", true), ("*", "a:b/c\n", true), ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "acb", false),
    ("?", "a", true), ("?", "", false), ("a\\*", "a*", true), ("a\\*", "ab", false), ("A", "a", false),
    ("a", "a\n", false),
    ("*a*b", "xaxbxab", true), ("\\\\", "\\", true), ("K", "\u{212A}", false), ("[a]", "a", false),
    ("[a]", "[a]", true),
  ])
  func plain(_ glob: String, _ value: String, _ matches: Bool) throws {
    #expect(try Glob(ByteString(glob), mode: .plain).matches(ByteString(value)) == matches)
  }

  @Test(arguments: [
    ("arn:aws:kms:eu-*:111122223333:key/*", "arn:aws:kms:eu-west-1:111122223333:key/1", true),
    ("arn:aws:kms:eu-*:111122223333:key/*", "arn:aws:kms:eu-west-1:111122223333:alias/x:key/1", false),
    ("arn:aws:kms:*:111122223333:key/*", "arn:aws:kms:a:b:111122223333:key/1", false),
    ("arn:*:*:*:*:*", "arn:aws:bedrock:us-east-1::foundation-model/a.b:0", true),
    ("arn:aws:bedrock:us-east-1::*", "arn:aws:bedrock:us-east-1:111122223333:x", false),
    ("arn:*:*:*:*:*", "arn:aws:kms:eu-west-1:1", false), ("*:*:*:*:*:*", "alias/a", false),
  ])
  func arn(_ glob: String, _ value: String, _ matches: Bool) throws {
    #expect(try Glob(ByteString(glob), mode: .arn).matches(ByteString(value)) == matches)
  }

  @Test(arguments: [
    ("a/*", "a/b", true), ("a/*", "a/b/c", false), ("a/**", "a/b/c", true), ("a/**", "a", false), ("**/x", "x", true),
    ("**/x", "a/b/x", true), ("**/*.json", "a.json", true), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
    ("a/**/b", "a/x/y/c", false), ("*.json", "a/b.json", false), ("**", "a/b", true),
  ])
  func path(_ glob: String, _ value: String, _ matches: Bool) throws {
    #expect(try Glob(ByteString(glob), mode: .path).matches(ByteString(value)) == matches)
  }

  @Test(arguments: [
    ("a\\", Glob.Mode.plain, "a lone `\\` at the end"),
    ("arn:aws:*", .arn, "`arn:aws:*` does not have the six parts of an ARN"),
    ("a**", .path, "`**` is not a whole segment"), ("${tags.x", .plain, "`${` is not closed"),
    ("${}", .plain, "`${}` names no field"),
  ])
  func mistakes(_ glob: String, _ mode: Glob.Mode, _ message: String) {
    do throws(MatcherError) {
      _ = try Glob(ByteString(glob), mode: mode)
      Issue.record("accepted")
    } catch { #expect(error.message == message) }
  }

  @Test func placeholdersAreLiteral() throws {
    let glob = try Glob("${tags.Team}-*", mode: .plain)
    func match(_ value: ByteString, _ team: Resolved) -> MatchResult { glob.match(value) { _ in team } }
    #expect(match("*-x", .value("*")) == .matched)
    #expect(match("fin-x", .value("*")) == .unmatched)
    #expect(match("-x", .value("")) == .absentPlaceholder("tags.Team"))
    #expect(match("-x", .absent) == .absentPlaceholder("tags.Team"))
    #expect(match("-x", .unknown) == .unknownPlaceholder("tags.Team"))
    #expect(try Glob("$${x}", mode: .plain).matches("${x}"))
  }

  /// Against a matcher that tries everything.
  @Test func agreesWithANaiveMatcher() throws {
    var random = RandomJSON(seed: 7)
    var matched = 0
    for _ in 0..<50_000 {
      let glob = (0..<random.next(7)).map { _ in random.pick(["a", "b", "*", "?", "\\*"]) }.joined()
      let value = (0..<random.next(8)).map { _ in random.pick(["a", "b", "*"]) }.joined()
      guard !glob.isEmpty else { continue }
      let expected = Self.naive(Array(glob.utf8)[...], Array(value.utf8)[...])
      #expect(try Glob(ByteString(glob), mode: .plain).matches(ByteString(value)) == expected, "\(glob) \(value)")
      matched += expected ? 1 : 0
    }
    #expect(matched > 2000)
  }

  private static func naive(_ glob: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Bool {
    guard let first = glob.first else { return value.isEmpty }
    let rest = glob.dropFirst()
    switch first {
    case UInt8(ascii: "*"): return naive(rest, value) || (!value.isEmpty && naive(glob, value.dropFirst()))
    case UInt8(ascii: "?"): return !value.isEmpty && naive(rest, value.dropFirst())
    case UInt8(ascii: "\\"): return value.first == rest.first && naive(rest.dropFirst(), value.dropFirst())
    default: return value.first == first && naive(rest, value.dropFirst())
    }
  }

  @Test func hostileGlobsAnswerAtOnce() throws {
    let glob = try Glob("*a*a*a*a*a*a*a*a*a*a*b", mode: .plain)
    #expect(!glob.matches(ByteString(Array(repeating: UInt8(ascii: "a"), count: 65_536))))
  }
}
