import Testing

@testable import Copylint

/// What a long list says by its index is what its members say one by one.
@Suite struct LongListTests {
  // MARK: Patterns

  @Test(arguments: 0..<10)
  func anIndexedListOfPatternsSaysWhatRE2Says(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let sources = (0..<Int.random(in: 9...40, using: &random)).map { _ in Self.pattern(&random) }
    let list = PatternAlternatives(try sources.map { try Pattern(ByteString($0)) })
    let compiled = try sources.map { try CompiledPattern(ByteString($0)) }
    let planned = try #require(PlannedPatterns(list))
    let context = try Self.context()
    for _ in 0..<100 {
      let value = ByteString(Self.value(&random))
      let expected = compiled.indices.filter { compiled[$0].matches(value) }
      #expect(list.truth(value, in: context) == Truth(!expected.isEmpty), "\(sources) \(value.displayString)")
      value.bytes.withUnsafeBufferPointer { span in
        #expect(planned.matches(span) == !expected.isEmpty, "\(sources) \(value.displayString)")
        #expect(planned.matching(span) == expected, "\(sources) \(value.displayString)")
      }
    }
  }

  @Test func patternsThatNoTextTellsApartAreOneAutomaton() throws {
    let sources = (1...40).map { "[a-z]{\($0)}" } + ["(?i)A-B", #"\pL-\d+"#]
    let list = PatternAlternatives(try sources.map { try Pattern(ByteString($0)) })
    let context = try Self.context()
    for (value, isMatch) in [
      ("abc", true), (String(repeating: "a", count: 41), false), ("a-b", true), ("é-12", true), ("", false),
      ("é", false), ("a1", false), ("a\n", false),
    ] {
      #expect(list.truth(ByteString(value), in: context) == Truth(isMatch), "\(value)")
    }
    #expect(list.truth(ByteString([0x61, 0xFF]), in: context) == .no)
  }

  /// A pattern used so often that it gets an automaton still says the same.
  @Test func muchUsedPatternsStayRight() throws {
    let sources = (10...40).map { "team\($0)-[a-z]+(-[a-z]+)*" }
    let planned = try #require(PlannedPatterns(PatternAlternatives(try sources.map { try Pattern(ByteString($0)) })))
    for _ in 0..<200 {
      for (value, isMatch) in [("team17-a-b", true), ("team17-a-", false), ("team41-a", false), ("team17-é", false)] {
        #expect(Array(value.utf8).withUnsafeBufferPointer { planned.matches($0) } == isMatch, "\(value)")
      }
    }
  }

  @Test func placeholdersOfALongListAreMatchedToo() throws {
    let sources = (10...40).map { "team\($0)" } + ["${tags.Team}-[a-z]+", "x-${target.region}"]
    let list = PatternAlternatives(try sources.map { try Pattern(ByteString($0)) })
    #expect(PlannedPatterns(list) == nil)
    let context = try Self.context(team: "fin")
    for (value, truth) in [("team20", Truth.yes), ("fin-a", .yes), ("fix-a", .unknown(.targetRegion))] {
      #expect(list.truth(ByteString(value), in: context) == truth, "\(value)")
    }
  }

  // MARK: Globs

  @Test(arguments: [Glob.Mode.plain, .arn], 0..<10)
  func anIndexedListOfGlobsSaysWhatItsGlobsSay(_ mode: Glob.Mode, _ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let count = Int.random(in: 9...40, using: &random)
    var globs = try (0..<count).map { _ in
      try Glob(ByteString(mode == .arn ? Self.arn(&random, wild: true) : Self.glob(&random)), mode: mode)
    }
    // One that takes about half of the values.
    globs.append(try Glob(mode == .arn ? "arn:aws:*:*:*:*1" : "*c?*", mode: mode))
    let list = GlobAlternatives(globs)
    let planned = try #require(PlannedGlobs(list))
    let context = try Self.context()
    for _ in 0..<100 {
      let value = ByteString(mode == .arn ? Self.arn(&random, wild: false) : Self.value(&random))
      let expected = globs.contains { $0.matches(value) }
      #expect(list.truth(value, in: context) == Truth(expected), "\(globs.map(\.source)) \(value.displayString)")
      #expect(
        value.bytes.withUnsafeBufferPointer { planned.matches($0) } == expected,
        "\(globs.map(\.source)) \(value.displayString)")
    }
  }

  @Test func placeholdersOfGlobsAreMatchedToo() throws {
    let sources = (10...40).map { "team\($0)-*" } + ["${tags.Team}-*", "x-${target.region}"]
    let list = GlobAlternatives(try sources.map { try Glob(ByteString($0), mode: .plain) })
    #expect(PlannedGlobs(list) == nil)
    let context = try Self.context(team: "f*n")
    for (value, truth) in [("team20-", Truth.yes), ("f*n-a", .yes), ("fin-a", .unknown(.targetRegion))] {
      #expect(list.truth(ByteString(value), in: context) == truth, "\(value)")
    }
  }

  // MARK: Drawing

  private static func pick(_ choices: [String], _ random: inout RandomSource) -> String {
    choices[Int.random(in: choices.indices, using: &random)]
  }

  private static func joined(_ count: ClosedRange<Int>, _ choices: [String], _ random: inout RandomSource) -> String {
    (0..<Int.random(in: count, using: &random)).map { _ in pick(choices, &random) }.joined()
  }

  private static func pattern(_ random: inout RandomSource) -> String {
    joined(
      1...5,
      [
        "ab", "team", "fin-", "-eu", "c", "[a-c]", "[a-z]+", "[^f]", "(ab|c)", "(-[a-z]+)*", "a?", "x{2}", ".*",
        "(?i)B",
        #"\."#, #"\w"#, "é", "[é]", "(team)", "(a|)", "b{0}",
      ], &random)
  }

  private static func value(_ random: inout RandomSource) -> String {
    joined(
      0...5, ["ab", "team", "fin-", "-eu", "c", "a", "b", "x", "xx", "B", ".", "é", "-", "\n", "*", "\\"], &random)
  }

  private static func glob(_ random: inout RandomSource) -> String {
    joined(1...5, ["ab", "team", "fin-", "-eu", "c", "*", "?", "\\*", "\\\\", "\\c", "é"], &random)
  }

  private static func arn(_ random: inout RandomSource, wild: Bool) -> String {
    let parts = [
      ["arn"], ["aws", "aws-cn"], ["kms"], ["eu-west-1", "us-east-1", ""], ["111122223333", "222233334444", "3"],
      ["key/1", "key/2:x", "alias/a:b:c", ""],
    ]
    let globs = ["*", "a*", "eu-*", "*-1", "1111*", "?", "key/*", "*:x", "alias/\\*", "\\:"]
    return parts.map { wild && Bool.random(using: &random) ? pick(globs, &random) : pick($0, &random) }
      .joined(separator: ":")
  }

  private static func context(team: String? = nil) throws -> RequestContext {
    let tags = team.map { #""targetModelTags": [{"key": "Team", "value": "\#($0)"}]"# } ?? ""
    let file = SourceFile(path: "a.json", bytes: Array("{\(tags)}".utf8))
    let copy = try ProposedCopy(try Document(JSONText(file)))
    return RequestContext(request: copy.request, target: Target(), path: nil)
  }
}
