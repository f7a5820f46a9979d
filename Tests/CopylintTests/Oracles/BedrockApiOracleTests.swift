import Foundation
import Testing

@testable import Copylint

/// `bedrock-api` against botocore's model, on the committed corpus. Tests/Oracles/bedrock-api/generate.py makes it.
@Suite struct BedrockApiOracleTests {
  private struct Line: Decodable {
    struct Violation: Decodable, Hashable {
      var pointer: String
      var constraint: String
    }

    var violations: [Violation]
  }

  /// Rules that botocore's model does not have.
  private static let beyondTheModel: Set<String> = [
    "bedrock-api/tag-limit", "bedrock-api/reserved-tag-prefix", "bedrock-api/duplicate-tag-keys",
    "bedrock-api/tag-key-case",
  ]

  @Test func agreesWithBotocoreOnEveryRequest() throws {
    let corpus = Judging.testsFolder.appendingPathComponent("Oracles/bedrock-api/corpus.jsonl")
    let lines = try Data(contentsOf: corpus).split(separator: 0x0A)
    let rules = Judging.ruleSet([:], roots: []).rules
    var denied = 0
    for (index, line) in lines.enumerated() {
      let expected = try JSONDecoder().decode(Line.self, from: line)
      let report = try judge(Array(line), rules)
      let found = Set(report.findings.filter { !Self.beyondTheModel.contains($0.rule) }.map(Self.address))
      let wanted = Set(expected.violations.map { Self.address($0.pointer, missing: $0.constraint == "required") })
      #expect(found == wanted, "line \(index + 1) of the corpus")
      denied += wanted.isEmpty ? 0 : 1
    }
    #expect(lines.count >= 6000)
    #expect(denied > 1000 && denied < lines.count)
  }

  /// The request alone, cut out of the corpus line byte for byte.
  private func judge(_ line: [UInt8], _ rules: RuleSet) throws -> Report.Request {
    let file = SourceFile(path: "corpus.jsonl", bytes: line)
    let place = try Document(JSONText(file)).place(of: JSONPointer([.key("request")]))
    var linter = Linter(today: try Judging.date(Judging.today))
    return linter.judge(
      JSONText(file: file, range: place.range, pointer: JSONPointer()),
      Linter.Input(path: "corpus.jsonl", policyPath: "corpus.jsonl", declarations: []), rules, limits: JSONLimits())
  }

  /// A missing member is placed at the object that lacks it; the corpus names the member itself.
  private static func address(_ finding: Finding) -> String {
    let pointer = finding.pointer.description.displayString
    let isMissing = finding.message.hasSuffix(" is missing") || finding.message.hasPrefix("the tag has no ")
    guard isMissing, finding.message.contains("`") else { return pointer }
    let name = finding.message.split(separator: "`", omittingEmptySubsequences: false)[1]
    return address(pointer + "/" + name, missing: true)
  }

  private static func address(_ pointer: String, missing: Bool) -> String { missing ? pointer + " missing" : pointer }
}
