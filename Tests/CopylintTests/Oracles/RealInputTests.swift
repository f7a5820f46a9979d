import Foundation
import Testing

@testable import Copylint

/// What the AWS CLI and boto3 print and send, byte for byte. Tests/Oracles/real-input/capture.py takes it.
@Suite struct RealInputTests {
  private static let folder = Judging.testsFolder.appendingPathComponent("Oracles/real-input/captured")

  private static let files: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted()
  }()

  private func judge(_ name: String) throws -> Report.Request {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    return try Judging.judge(text, Judging.ruleSet([:], roots: []).rules)
  }

  @Test func theCorpusIsThere() { #expect(Self.files.count >= 12) }

  @Test(arguments: files.filter { $0 != "cli-skeleton.json" && !$0.contains("non-ascii") })
  func whatTheClientsSendIsCompliant(_ name: String) throws {
    let report = try judge(name)
    #expect(report.verdict == .compliant, "\(Judging.rendered(report))")
  }

  @Test(arguments: files.filter { $0.contains("non-ascii") })
  func whatTheClientsLetThroughIsFound(_ name: String) throws {
    let report = try judge(name)
    #expect(report.verdict == .denied)
    #expect(report.findings.allSatisfy { $0.rule.hasPrefix("bedrock-api/") })
  }

  @Test func everyEmptyMemberOfTheSkeletonIsAFinding() throws {
    let report = try judge("cli-skeleton.json")
    #expect(
      report.findings.map { $0.pointer.description.displayString } == [
        "/sourceModelArn", "/targetModelName", "/modelKmsKeyId", "/targetModelTags/0/key", "/clientRequestToken",
      ])
  }

  /// The finding names the part that is wrong, underlines it alone, and shows its form.
  @Test(arguments: [
    ("arn:aws:bedrock:us-east-1:123456789012:custom-model/example-model", "resource", "custom-model/example-model"),
    (
      "arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.nova-lite-v1/MyModel12345", "model id", "MyModel12345"
    ),
    ("arn:aws:bedrock:us-east-1:123456789012:custom-model/nova/abcdefghijkl", "base model", "nova"),
    ("arn:aws:bedrock:us-east-1:1234:custom-model/imported/abcdefghijkl", "account", "1234"),
    ("arn:aws:bedrock:US-EAST-1:123456789012:custom-model/imported/abcdefghijkl", "Region", "US-EAST-1"),
    ("arn:aws:sagemaker:us-east-1:123456789012:custom-model/imported/abcdefghijkl", "service", "sagemaker"),
    ("arn:azure:bedrock:us-east-1:123456789012:custom-model/imported/abcdefghijkl", "partition", "azure"),
  ])
  func aWrongARNIsWrongInOnePart(_ arn: String, _ part: String, _ found: String) throws {
    let json = "{\"sourceModelArn\": \"\(arn)\", \"targetModelName\": \"m\"}"
    let report = try Judging.judge(json, Judging.ruleSet([:], roots: []).rules)
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1)
    #expect(finding.message == "the \(part) of the ARN is `\(found)`")
    #expect(finding.help?.hasPrefix("expected ") == true)
    #expect(String(decoding: finding.place.file.bytes[finding.place.range], as: UTF8.self) == found)
  }
}
