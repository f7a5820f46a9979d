import Foundation
import Testing

/// Plain lines of `check` are read without the parser, and mean what the parser says they mean.
@Suite struct PlainLineTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write(
      """
      {"format": 1, "name": "p", "version": "7", "rules": [{"id": "names", "kind": "naming-pattern",
       "field": "targetModelName", "pattern": "fin-.*"}]}
      """, to: "p.json")
    try scratch.write("{\"format\": 1, \"packs\": [\"p.json\"]}", to: ".copylint.json")
    try scratch.write("{\"format\": 1, \"unknown\": \"deny\"}", to: "other.json")
    try scratch.write(Sample.good, to: "a.json")
    try scratch.write("\(Sample.good)\n\(Sample.denied)\n", to: "b.ndjson")
  }

  /// The option says what holds anyway, and is none that is read without the parser.
  private func expectSameByTheParser(_ line: [String], verb: [String] = ["check"]) throws {
    let plain = try Program.run(verb + line, in: scratch.folder)
    let parsed = try Program.run(verb + ["--ci", "auto"] + line, in: scratch.folder)
    #expect(plain.code == parsed.code, "\(line)")
    #expect(plain.output == parsed.output, "\(line)")
    #expect(plain.errors == parsed.errors, "\(line)")
  }

  @Test(arguments: [
    "a.json", "--quiet a.json", "a.json -q", "--no-config a.json", "--pack ./p.json a.json --no-config",
    "--config other.json a.json", "--output-format summary a.json", "--output-format jsonl --quiet a.json",
    "--ndjson b.ndjson", "--pack p.json --pack baseline a.json --no-config",
  ])
  func everyOptionMeansTheSame(_ line: String) throws {
    let words = line.split(separator: " ").map { String($0) }
    try expectSameByTheParser(words)
    try expectSameByTheParser(words, verb: [])
  }

  @Test(arguments: [
    "--pack", "a.json --pack", "--pack --quiet a.json", "--config other.json --no-config a.json",
    "--no-config --config other.json a.json", "--output-format sarif3 a.json", "--output-format",
    "--output-format text --output-format concise a.json", "--config other.json --config .copylint.json a.json",
    "--quite a.json", "--quiet=yes a.json", "--pack=./p.json a.json", "-- --quiet", "-", "- -", "-x a.json",
    "--quiet --quiet a.json", "-q --quiet a.json", "--no-config rules", "a.json rules", "--pack rules a.json",
  ])
  func whatIsNotPlainIsLeftToTheParser(_ line: String) throws {
    let words = line.split(separator: " ").map { String($0) }
    try expectSameByTheParser(words)
  }

  @Test func wordsInAnyOrderMeanTheSame() throws {
    let vocabulary = [
      "a.json", "b.ndjson", "none.json", ".", "-", "", "--quiet", "-q", "--ndjson", "--no-config", "--config",
      "--pack", "--output-format", "other.json", "./p.json", "baseline", "jsonl", "concise", "summary", "--",
      "--pack=p.json",
    ]
    var random = Generator(state: 7)
    for _ in 0..<60 {
      let line = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        vocabulary[Int.random(in: 0..<vocabulary.count, using: &random)]
      }
      try expectSameByTheParser(line)
    }
  }

  /// A linear congruential generator: the lines are the same in every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }
}
