import Testing

@testable import Copylint

/// The steps of a plain pattern in one piece of memory, beside RE2.
@Suite struct PatternStepsTests {
  private static func steps(_ pattern: String) -> PatternSteps? {
    SimplePattern(ByteString(pattern)).flatMap { PatternSteps($0, PatternWorkspace()) }
  }

  private func values(_ random: inout RandomSource) -> [[UInt8]] {
    let bytes = Array("aabbcdx.-_/fin-09Z\n".utf8) + [0xC3, 0xA9]
    return (0..<300).map { _ in
      (0..<Int.random(in: 1...9, using: &random)).map { _ in bytes[Int.random(in: bytes.indices, using: &random)] }
    }
      + ["fin-a-b", "ababc", "alias/x", "aaa.aa.a", "abcd", "abbcd", "imported/x", "imported.a/x", "abab"]
      .map { Array($0.utf8) }
  }

  @Test(arguments: [
    "fin-[a-z0-9]+(-[a-z]+)?", "a|bc|", "(a?){3}a{3}", "(|a)b?", "(ab){2,3}c", "()", "a(b|)c",
    "[a-zA-Z0-9]([-a-zA-Z0-9]{0,254}[a-zA-Z0-9])?", "alias/[a-zA-Z0-9-_/]+|[a-f0-9-]{6}", "(a{1,3}[.]){0,2}a{1,3}",
    "[ab]*a[ab]*b[ab]*", "[^a]+(b|)[^b]", "fin-[a-z0-9]+(-[a-z0-9]+)*", "(a|b)*abb", "([ab]+|c)+x?",
    "(a|ab)(c|bcd)?(d|)", "(imported|[a-z]{1,9}[.][a-z]+)/x",
  ])
  func theyMatchWhatRE2Matches(_ pattern: String) throws {
    var random = RandomSource(seed: 11)
    let steps = try #require(Self.steps(pattern))
    let reference = try CompiledPattern(ByteString(pattern))
    for value in values(&random) {
      guard let found = value.withUnsafeBufferPointer({ steps.matches($0) }) else {
        #expect(value.contains { $0 >= 0x80 })
        continue
      }
      #expect(
        found == reference.matches(ByteString(value)), "\(String(decoding: value, as: UTF8.self).debugDescription)")
    }
  }

  /// ARNs that the API takes, and each of them with one byte changed, left out or put in.
  @Test(arguments: [
    "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-v1:0:4k/abcdefgh1234",
    "arn:aws-cn:bedrock:us-east-1:111122223333:custom-model/imported/abcdefgh1234",
    "arn:aws:bedrock:us-east-1::foundation-model/a.b.c:0",
  ])
  func theyMatchWhatTheAPITakes(_ arn: String) throws {
    let pattern =
      "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/((imported)|([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}))"
      + "(([:][a-z0-9-]{1,63}){0,2})?/[a-z0-9]{12})|(:foundation-model/[a-z0-9-]{1,63}[.]{1}([a-z0-9-]{1,63}[.]){0,2}"
      + "[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2}))"
    let steps = try #require(Self.steps(pattern))
    let reference = try CompiledPattern(ByteString(pattern))
    let arn = Array(arn.utf8)
    #expect(arn.withUnsafeBufferPointer { steps.matches($0) } == true)
    for index in arn.indices {
      for bytes in [[0x3A], [0x2F], [0x2E], [0x61], [0x41], [], [arn[index], 0x3A], [arn[index], 0x61]] as [[UInt8]] {
        let value = Array(arn[..<index] + bytes + arn[(index + 1)...])
        #expect(value.withUnsafeBufferPointer { steps.matches($0) } == reference.matches(ByteString(value)))
      }
    }
  }

  @Test(arguments: ["([0-9a-zA-Z][_-]?){1,63}", "((ab)+c){0,9}"])
  func countedGroupsAreLeftToTheAutomaton(_ pattern: String) throws {
    #expect(PatternSteps(try #require(SimplePattern(ByteString(pattern))), PatternWorkspace()) == nil)
  }

  /// Patterns that share a workspace, and one that finds it full.
  @Test func moreClassesThanAWordHasBitsAreLeftToo() throws {
    let workspace = PatternWorkspace()
    let many = (0..<40).map { "[a\(Character(Unicode.Scalar(UInt8(0x30 + $0))))]" }
    let (few, others) = (many.prefix(20).joined(), many.suffix(20).joined())
    let first = try #require(SimplePattern(ByteString(few)).flatMap { PatternSteps($0, workspace) })
    #expect(!workspace.isFull)
    #expect(SimplePattern(ByteString(others)).flatMap { PatternSteps($0, workspace) } == nil)
    #expect(workspace.isFull)
    let value = Array(repeating: UInt8(ascii: "a"), count: 20)
    #expect(value.withUnsafeBufferPointer { first.matches($0) } == true)
  }

  @Test func theyGiveUpInsteadOfGoingBackForEver() throws {
    let steps = try #require(Self.steps("[ab]*a[ab]*a[ab]*a[ab]*c"))
    let value = Array(repeating: UInt8(ascii: "a"), count: 500)
    #expect(value.withUnsafeBufferPointer { steps.matches($0) } == nil)
    #expect(Array("aaac".utf8).withUnsafeBufferPointer { steps.matches($0) } == true)
    #expect(steps.matches(.absent) == nil)
    // Each round leaves a way open.
    let rounds = try #require(Self.steps("(a|ab)*c"))
    #expect(Array("aabac".utf8).withUnsafeBufferPointer { rounds.matches($0) } == true)
    #expect(value.withUnsafeBufferPointer { rounds.matches($0) } == nil)
  }
}
