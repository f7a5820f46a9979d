import Testing

@testable import Copylint

@Suite struct SequencePatternTests {
  @Test(arguments: ["CC-[0-9]{4}", "team-1-[a-z0-9]+", "[a-zA-Z0-9._-]*", "[ab]{2}c?", "x", "[^a]{1,3}b", "a(bc)[0-9]"])
  func rowsMatchWhatRE2Matches(_ pattern: String) throws {
    let simple = try #require(SimplePattern(ByteString(pattern)))
    let sequence = try #require(SequencePattern(simple))
    let reference = try CompiledPattern(ByteString(pattern))
    var random = RandomSource(seed: 3)
    let bytes = Array("CC-0419team-1-abcx._-b".utf8)
    for _ in 0..<2000 {
      let value = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        bytes[Int.random(in: bytes.indices, using: &random)]
      }
      #expect(value.withUnsafeBufferPointer { sequence.matches($0) } == reference.matches(ByteString(value)))
    }
    for value in ["CC-0123", "team-1-a", "ab", "aabc", "aac", "bb", "x", "cb", "abc4"] {
      let bytes = Array(value.utf8)
      #expect(
        bytes.withUnsafeBufferPointer { sequence.matches($0) } == reference.matches(ByteString(value)), "\(value)")
    }
  }

  @Test(arguments: ["a|b", "(ab)*", "a?b?", "[a-z]+[0-9]+"])
  func otherPatternsAreNoRows(_ pattern: String) throws {
    let simple = try #require(SimplePattern(ByteString(pattern)))
    #expect(SequencePattern(simple) == nil)
  }

  @Test func aClassLooksAtEveryByte() {
    let set = ByteClass(0x30...0x39)
    for (text, expected) in [("", true), ("0123456789", true), ("012345678a", false), ("a1", false), ("1é", false)] {
      #expect(Array(text.utf8).withUnsafeBufferPointer { set.containsAll($0) } == expected, "\(text)")
    }
    let members = (UInt8.min...UInt8.max).filter { set.contains($0) }
    #expect(members == Array(0x30...0x39))
  }
}
