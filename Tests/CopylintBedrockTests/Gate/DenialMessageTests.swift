import Copylint
import Testing

@testable import CopylintBedrock

@Suite struct DenialMessageTests {
  private static func report(_ count: Int, value: String) throws -> Report.Request {
    let tags = (0..<count).map { "{\"key\":\"k\($0)\",\"value\":\"\(value)\"}" }.joined(separator: ",")
    let folder = try ScratchFolder()
    let pack = """
      {"format": 1, "name": "team", "version": "1", "owner": "o@acme.example", "rules": [
        {"id": "none", "kind": "forbidden-tags", "keyPatterns": ["k[0-9]+"], "help": "leave it out"}]}
      """
    try pack.write(toFile: folder["team.json"], atomically: true, encoding: .utf8)
    var options = CheckOptions(today: try #require(CalendarDate("2026-11-18")))
    options.configuration = .none
    options.packs = [folder["team.json"]]
    let body = """
      {"sourceModelArn":"\(GoodRequest.source)","targetModelName":"a","targetModelTags":[\(tags)]}
      """
    return try CallPolicy(options).judge(
      Array(body.utf8), to: .init(region: "eu-west-1"), today: options.today
    ).report
  }

  @Test func eachFindingHasALine() throws {
    let text = DenialMessage.text(try Self.report(3, value: "v"), decision: "d-1")
    let lines = text.split(separator: "\n")
    #expect(lines.first == "copylint: denied by policy, not by IAM (decision d-1): 3 findings")
    #expect(lines.count == 4)
    #expect(lines.dropFirst().allSatisfy { $0.contains("team/none: ") && $0.contains("leave it out") })
    #expect(lines[1].contains("/targetModelTags/0"))
    #expect(lines[1].contains("o@acme.example") && lines[1].hasSuffix("can be waived"))
  }

  @Test func itNeverGrowsBeyondTwoKilobytes() throws {
    for count in [1, 5, 20, 50] {
      for value in ["v", String(repeating: "v", count: 250)] {
        let text = DenialMessage.text(try Self.report(count, value: value), decision: String(repeating: "d", count: 36))
        #expect(text.utf8.count <= DenialMessage.limit)
        let lines = text.split(separator: "\n")
        let isWhole = lines.count == count + 1
        #expect(isWhole || lines.last?.contains("more") == true)
      }
    }
  }

  /// Whoever reads a long line still learns what the rule is, who answers for it and whether it can be waived.
  @Test func whatIsLongIsCutAndTheRestStays() throws {
    var report = try Self.report(3, value: "v")
    for (index, long) in ["é", "€", "😀"].enumerated() {
      report.findings[index].message = String(repeating: long, count: 700)
      report.findings[index].help = String(repeating: long, count: 70 * index)
      report.findings[index].pointer = JSONPointer([.key(ByteString(String(repeating: long, count: 700)))])
    }
    let text = DenialMessage.text(report, decision: "d-1")
    #expect(text.utf8.count <= DenialMessage.limit)
    let lines = text.split(separator: "\n").dropFirst()
    #expect(lines.count == 3)
    for line in lines {
      #expect(line.utf8.count <= DenialMessage.limit / 4 && line.utf8.count > DenialMessage.limit / 4 - 16)
      #expect(line.contains("… team/none: ") && line.hasSuffix("; policy team 1, o@acme.example; can be waived"))
      #expect(!line.contains("\u{FFFD}"))
    }
  }

  @Test func manyFindingsAreCounted() throws {
    var report = try Self.report(1, value: "v")
    report.findings = Array(repeating: try #require(report.findings.first), count: 123_456)
    let text = DenialMessage.text(report, decision: String(repeating: "d", count: 36))
    #expect(text.utf8.count <= DenialMessage.limit)
    #expect(text.hasSuffix(" more"))
  }
}
