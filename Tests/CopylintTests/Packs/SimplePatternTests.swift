import Foundation
import Testing

@testable import Copylint

/// What is matched without RE2 is matched as RE2 does.
@Suite struct SimplePatternTests {
  @Test(arguments: [
    "", "a", "a|b", "[a-z]{2,4}", "([0-9a-zA-Z][_-]?){1,63}", "(a?){3}", "(|a)b", "a{0}b", "[^:]+", "[--/]", "[a-]",
    "[-a]", "[a-z-9]", #"[\]\\\-]"#, #"\x0B|\t"#, "(?:ab)+c", ".{3}", "((a|b)*c){2}", #"\d+\.\d{2}"#, "[ab]*a",
    "[ab]{1,3}[bc]{1,2}a?", ".*a.*b.*", "(a|ab)(c|bcb)?", "(aa|a){2,}b", "((a|b)+-?)+c", "(a{0}){3}b",
    "(a|b){2,5}a{1,2}", "((a|ab)[bc]?){0,6}c", "(([ab]-?){1,4}c){4,}", "(((a|b)c?){4}|(a|c){5}){1,4}",
    "(.{1,2}a?){4,6}",
  ])
  func agreesWithRE2(_ source: String) throws {
    let simple = try #require(SimplePattern(ByteString(source)), "\(source)")
    let compiled = try CompiledPattern(ByteString(source))
    var random = RandomSource(seed: 7)
    for _ in 0..<2_000 {
      let value = Self.value(&random)
      guard let answer = simple.matches(value) else { continue }
      #expect(answer == compiled.matches(value), "\(source) \(value.displayString)")
    }
  }

  @Test(arguments: [
    "^a", "a$", "a??", "a**", "a{2}{3}", "(?i)a", "(?P<n>a)", #"\bа"#, #"\pL"#, #"\w"#, #"\s"#, "[[:alpha:]]", "é",
    "a{1001}", "(a{40}){40}", "(", ")", "[", "[]a]", "[b-a]", "a{", "a{3,2}", "{", "*", #"\"#, #"\Qa\E"#, #"\x{61}"#,
    #"\1"#,
    String(repeating: "(", count: 20) + String(repeating: ")", count: 20),
  ])
  func leavesTheRestToRE2(_ source: String) { #expect(SimplePattern(ByteString(source)) == nil) }

  @Test func whatItTakesRE2TakesToo() throws {
    var random = RandomSource(seed: 11)
    var (taken, packed) = (0, 0)
    for _ in 0..<4_000 {
      let source = Self.pattern(&random)
      guard let simple = SimplePattern(source) else { continue }
      taken += 1
      let compiled = try CompiledPattern(source)
      let steps = PatternSteps(simple, PatternWorkspace())
      if steps != nil { packed += 1 }
      for _ in 0..<12 {
        let value = Self.value(&random)
        let expected = compiled.matches(value)
        if let answer = simple.matches(value) {
          #expect(answer == expected, "\(source.displayString) \(value.displayString)")
        }
        if let answer = steps.flatMap({ value.bytes.withUnsafeBufferPointer($0.matches) }) {
          #expect(answer == expected, "\(source.displayString) \(value.displayString)")
        }
      }
    }
    #expect(taken > 1_000)
    #expect(packed > 300)
  }

  @Test func valuesBeyondASCIIThatMayMatchAreForRE2() throws {
    let simple = try #require(SimplePattern("[^:]{1}"))
    #expect(simple.matches("é") == nil)
    #expect(try Pattern("[^:]{1}").matches("é"))
    #expect(try !Pattern("[^:]{1}").matches("éé"))
    #expect(try #require(SimplePattern("a.")).matches("aé") == nil)
  }

  @Test(arguments: ["[a-z]+", #"([0-9]|\x41)*"#, "a|b", #"[ .:/]{0,3}\."#])
  func classesThatAreListedTakeNothingBeyondASCII(_ source: String) throws {
    let simple = try #require(SimplePattern(ByteString(source)))
    let pattern = try Pattern(ByteString(source))
    let planned = try #require(PlannedPattern(pattern))
    for value in ["é", "aé", "A\u{212A}", ".é"] as [ByteString] {
      #expect(simple.matches(value) == false)
      #expect(value.bytes.withUnsafeBufferPointer { planned.matches($0) } == false)
      #expect(try !CompiledPattern(ByteString(source)).matches(value))
    }
  }

  @Test(arguments: ["(a*)*b", "(|a)+", "(a?b?){2,}", "((a?|b|c)(b?|c|d)){250}"])
  func readsButDoesNotMatch(_ source: String) throws {
    let simple = try #require(SimplePattern(ByteString(source)))
    #expect(simple.matches("ab") == nil)
  }

  @Test func givesUpInsteadOfGoingBackForEver() throws {
    let simple = try #require(SimplePattern("(a|aa)*b"))
    let value = ByteString(String(repeating: "a", count: 60_000))
    #expect(simple.matches(value) == nil)
    #expect(try !Pattern("(a|aa)*b").matches(value))
  }

  private static func pick(_ choices: [String], _ random: inout RandomSource) -> String {
    choices[Int(random.next() % UInt64(choices.count))]
  }

  private static func value(_ random: inout RandomSource) -> ByteString {
    let count = Int(random.next() % 9)
    return ByteString(
      (0..<count).map { _ in pick(["a", "b", "c", "-", "_", "0", ".", ":", "\t", "\n", "é"], &random) }.joined())
  }

  private static func pattern(_ random: inout RandomSource, depth: Int = 0) -> ByteString {
    let count = 1 + Int(random.next() % 4)
    let pieces = (0..<count).map { _ -> String in
      let isGroup = depth < 3 && random.next() % 3 == 0
      let atom =
        isGroup
        ? "(" + pattern(&random, depth: depth + 1).displayString + "|"
          + pattern(&random, depth: depth + 1).displayString + ")"
        : pick(["a", "b", ".", "[ab]", "[^a]", "[a-c-]", #"\."#, "[_-]", "0", #"\t"#, "[^-a]", "-", ":"], &random)
      return atom + pick(["", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,}", "{0}", "{0,4}", "{2,5}", "{4}"], &random)
    }
    return ByteString(pieces.joined())
  }
}
