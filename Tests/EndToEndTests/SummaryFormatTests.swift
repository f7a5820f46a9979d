import Foundation
import Testing

/// `--output-format json-summary` of a stream, beside the report that it counts.
@Suite struct SummaryFormatTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test(arguments: [false, true])
  func itCountsWhatJSONLinesLists(_ isReadable: Bool) throws {
    let lines = [Sample.good, Sample.denied, isReadable ? Sample.denied : "{broken", Sample.good, "{}"]
    let input = (0..<40).map { lines[$0 % lines.count] }.joined(separator: "\n")
    let listed = try scratch.run("check", "--ndjson", "-", "--output-format", "jsonl", input: input)
    let counted = try scratch.run("check", "--ndjson", "-", "--output-format", "json-summary", input: input)
    #expect(counted.code == listed.code)
    #expect(counted.code == (isReadable ? 1 : 2))
    var expected: [String: Int] = [:]
    for request in try objects(listed.output) {
      for finding in request["findings"] as? [[String: Any]] ?? [] {
        expected["\(finding["rule"] ?? "")", default: 0] += 1
      }
    }
    let report = try #require(try objects(counted.output).first)
    let rules = try #require(report["rules"] as? [[String: Any]])
    #expect(rules.allSatisfy { $0["requests"] as? Int ?? 0 > 0 })
    let found = Dictionary(
      uniqueKeysWithValues: rules.map { ("\($0["rule"] ?? "")", $0["findings"] as? Int ?? 0) })
    #expect(found == expected)
    #expect((report["summary"] as? [String: Any])?["requests"] as? Int == 40)
    #expect(counted.errors.contains("unreadable") == false)
  }

  @Test func whatCannotBeReadIsNamedOnStandardError() throws {
    let result = try scratch.run("check", "--ndjson", "-", "--output-format", "summary", input: "{broken\n")
    #expect(result.code == 2)
    #expect(result.errors.hasPrefix("<stdin>:1:2: error: "))
    #expect(result.output.hasPrefix("1 request: 0 compliant, 0 denied, 0 undetermined, 1 unreadable"))
  }
}
