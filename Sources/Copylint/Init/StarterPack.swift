/// A pack to begin with, and its cases: one that passes and some that fail.
struct StarterPack {
  /// Where the paths say that copies go; none where they say nothing.
  let regions: [ByteString]

  /// For a case that is denied.
  private static let regions: [ByteString] = ["us-west-2", "eu-north-1", "ap-south-1", "sa-east-1"]

  static let path: ByteString = "policy/copies.json"
  static let casesPath: ByteString = "policy/cases/copies.json"

  /// The text of the pack.
  var pack: [UInt8] {
    var rules = [
      #"{"id": "no-trial-names", "kind": "naming-pattern", "field": "targetModelName", "forbid": ["(.*-)?(test|tmp)"],"#
        + "\n     \"why\": \"A copy that is called a trial is a copy that nobody removes.\"}"
    ]
    if !regions.isEmpty {
      let list = regions.map(ConfigurationProposal.json).joined(separator: ", ")
      rules.append(
        "{\"id\": \"regions\", \"kind\": \"allowed-regions\", \"target\": [\(list)],\n"
          + "     \"why\": \"Copies go where they went so far; another Region is a decision.\"}")
    }
    return Array(
      """
      {
        "format": 1,
        "name": "copies",
        "version": "1",
        "description": "What this repository asks of its copies, beside the baseline.",
        "extends": ["baseline"],
        "rules": [
          \(rules.joined(separator: ",\n    "))
        ]
      }

      """.utf8)
  }

  /// The text of the cases.
  var cases: [UInt8] {
    var cases = [
      testCase("a copy as it should be", "fraud-detection-v3", regions.first, "compliant", findings: nil),
      testCase("a trial", "fraud-detection-test", regions.first, "denied", findings: "no-trial-names"),
    ]
    if let other = Self.regions.first(where: { !regions.contains($0) }), !regions.isEmpty {
      cases.append(testCase("another Region", "fraud-detection-v3", other, "denied", findings: "regions", at: ""))
    }
    return Array(
      """
      {
        "format": 1,
        "pack": "../copies.json",
        "cases": [
          \(cases.joined(separator: ",\n    "))
        ]
      }

      """.utf8)
  }

  private func testCase(
    _ name: String, _ model: String, _ region: ByteString?, _ verdict: String, findings rule: String?,
    at pointer: String = "/targetModelName"
  ) -> String {
    let region = region.map { "\"region\": \(ConfigurationProposal.json($0)), " } ?? ""
    let findings = rule.map { ", \"findings\": {\"\($0)\": [\"\(pointer)\"]}" } ?? ""
    return #"{"name": "\#(name)", \#(region)"request": \#(request(model)), "verdict": "\#(verdict)"\#(findings)}"#
  }

  /// A request that the baseline lets pass; all names in it are made up.
  private func request(_ model: String) -> String {
    """
    {"sourceModelArn": "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456", \
    "targetModelName": "\(model)", \
    "modelKmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", \
    "targetModelTags": [{"key": "Owner", "value": "fraud-team"}, {"key": "CostCenter", "value": "CC-1234"}, \
    {"key": "Environment", "value": "prod"}]}
    """
  }
}
