import Testing

@testable import Copylint

/// The automaton of a plain pattern, beside RE2.
@Suite struct PatternAutomatonTests {
  private static let patterns = [
    "fin-[a-z0-9]+(-[a-z0-9]+)*", "([0-9a-zA-Z][_-]?){1,63}", "a|bc|", "(a|b)*abb", "(a?){3}a{3}", "((a*)*)*b", "[^a]*",
    "x{0}", "(|a)+b?", "a{2,}", "(ab){2,3}c", ".*", "()", "a(b|)c", "[a-zA-Z0-9]([-a-zA-Z0-9]{0,254}[a-zA-Z0-9])?",
    "alias/[a-zA-Z0-9-_/]+|[a-f0-9-]{6}", "(a{1,3}[.]){0,2}a{1,3}",
  ]

  private func values(_ random: inout RandomSource) -> [[UInt8]] {
    let bytes = Array("aabbcx.-_/fin-09Z\n".utf8)
    return (0..<300).map { _ in
      (0..<Int.random(in: 0...9, using: &random)).map { _ in bytes[Int.random(in: bytes.indices, using: &random)] }
    } + ["fin-a", "fin-a-b-c", "fin-", "aaaaaa", "ababc", "alias/x", "aaa.aa.a", "a.a.a.a"].map { Array($0.utf8) }
  }

  @Test(arguments: patterns)
  func itMatchesWhatRE2Matches(_ pattern: String) throws {
    var random = RandomSource(seed: 11)
    let automaton = PatternAutomaton(try #require(SimplePattern(ByteString(pattern))))
    let reference = try CompiledPattern(ByteString(pattern))
    for value in values(&random) {
      let found = value.withUnsafeBufferPointer { automaton.matches($0) }
      #expect(
        found == reference.matches(ByteString(value)), "\(String(decoding: value, as: UTF8.self).debugDescription)")
    }
  }

  /// Every pattern of the pack that is always in force, with values that fit and values with one byte changed.
  @Test func itMatchesWhatTheAPITakes() throws {
    let arn = "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-v1:0:4k/abcdefgh1234"
    let pattern =
      "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/((imported)|([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}))"
      + "(([:][a-z0-9-]{1,63}){0,2})?/[a-z0-9]{12})|(:foundation-model/[a-z0-9-]{1,63}[.]{1}([a-z0-9-]{1,63}[.]){0,2}"
      + "[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2}))"
    let automaton = PatternAutomaton(try #require(SimplePattern(ByteString(pattern))))
    let reference = try CompiledPattern(ByteString(pattern))
    #expect(Array(arn.utf8).withUnsafeBufferPointer { automaton.matches($0) } == true)
    for index in 0..<arn.utf8.count {
      for byte in [0x3A, 0x2F, 0x2E, 0x61, 0x41] as [UInt8] {
        var value = Array(arn.utf8)
        value[index] = byte
        #expect(value.withUnsafeBufferPointer { automaton.matches($0) } == reference.matches(ByteString(value)))
      }
    }
  }

  /// A pattern of more states than are made: what is said is right, and the rest is left to RE2.
  @Test func itSaysNothingWhereThereWouldBeTooManyStates() throws {
    let pattern: ByteString = "[ab]*a[ab]{12}"
    let automaton = PatternAutomaton(try #require(SimplePattern(pattern)))
    let reference = try CompiledPattern(pattern)
    var random = RandomSource(seed: 5)
    var unsaid = 0
    for _ in 0..<400 {
      let value = (0..<60).map { _ in UInt8(ascii: "a") + UInt8.random(in: 0...1, using: &random) }
      guard let found = value.withUnsafeBufferPointer({ automaton.matches($0) }) else {
        unsaid += 1
        continue
      }
      #expect(found == reference.matches(ByteString(value)))
    }
    #expect(unsaid > 0)
  }

  @Test func beyondASCIIOnlyMismatchesAreKnown() throws {
    let automaton = PatternAutomaton(try #require(SimplePattern("[^a]+")))
    #expect(Array("é".utf8).withUnsafeBufferPointer { automaton.matches($0) } == nil)
    #expect(Array("aé".utf8).withUnsafeBufferPointer { automaton.matches($0) } == false)
    #expect(automaton.matches(.absent) == false)
  }
}
