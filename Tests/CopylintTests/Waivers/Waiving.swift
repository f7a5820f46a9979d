import Foundation

@testable import Copylint

/// What the tests of waivers judge: a pack, a request with four findings, and entries of a waiver file.
enum Waiving {
  static let pack = """
    {"format": 1, "name": "p", "version": "1", "rules": [
      {"id": "keys", "kind": "allowed-kms-keys", "keys": ["arn:aws:kms:*:111122223333:key/*"]},
      {"id": "tags", "kind": "required-tags", "tags": {"Owner": {}, "Env": {"values": ["dev", "prod"]}}},
      {"id": "locked", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-.*", "waivable": false},
      {"id": "short", "kind": "tag-count", "max": 0, "maxWaiverDays": 10},
      {"id": "eu", "kind": "allowed-regions", "target": ["eu-*"]},
      {"id": "sent", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-.*", "at": ["submit", "gate"]}
    ]}
    """

  static let source = "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456"

  static let request = """
    {"sourceModelArn": "\(source)", "targetModelName": "fraud-v3", "modelKmsKeyId": "alias/default",
     "targetModelTags": [{"key": "Env", "value": ""}]}
    """

  static func rules() -> RuleSet { Judging.ruleSet(pack).rules }

  /// An entry for the key of the request, with members added or replaced; JSON text, nil takes a member away.
  static func entry(_ changes: [String: String?] = [:]) -> String {
    var members: [String: String?] = [
      "rule": #""p/keys""#, "path": #""copies/a.json""#, "value": #""alias/default""#, "reason": #""moves in spring""#,
      "owner": #""ml-platform""#, "ticket": #""T-1""#, "expires": #""2026-12-31""#,
    ]
    members.merge(changes) { $1 }
    let order = [
      "rule", "path", "targetName", "sourceModel", "subject", "value", "anyValue", "reason", "owner", "ticket",
    ]
    let names = order.filter { members[$0] != nil } + members.keys.filter { !order.contains($0) }.sorted()
    return "{"
      + names.compactMap { name in members[name].flatMap { $0 }.map { "\"\(name)\": \($0)" } }
      .joined(separator: ", ") + "}"
  }

  static func file(_ entries: [String]) -> String {
    "{\"format\": 1, \"waivers\": [\n" + entries.map { "  \($0)" }.joined(separator: ",\n") + "\n]}\n"
  }

  static func waivers(_ text: String, rules: RuleSet = rules()) throws -> Waivers {
    let file = try WaiverFile(
      SourceFile(path: "policy/waivers.json", bytes: Array(text.utf8)), repositoryPath: "policy/waivers.json")
    return Waivers([file], rules: Dictionary(grouping: rules.rules) { ByteString($0.name) })
  }

  /// The request judged with these entries.
  static func judge(
    _ entries: [String], path: String? = "copies/a.json", today: String = Judging.today, stage: Stage = .file,
    region: String? = "eu-west-1", request: String = request
  ) throws -> (request: Report.Request, used: Set<Int>) {
    var linter = Linter(today: try Judging.date(today), stage: stage)
    linter.suppressions.waivers = try waivers(file(entries))
    let declared = TargetDeclaration(source: .option, region: region.map { ByteString($0) }, account: nil)
    let judged = linter.judge(
      JSONText(SourceFile(path: "copies/a.json", bytes: Array(request.utf8))),
      Linter.Input(
        path: "copies/a.json", policyPath: path.map { ByteString($0) }, declarations: [declared]), rules(),
      limits: JSONLimits())
    return (judged, linter.suppressions.usedWaivers)
  }

  /// `p/keys waived`, sorted; only those of a status where one is given.
  static func names(_ request: Report.Request, _ status: Finding.Status) -> [String] {
    request.findings.filter { $0.status == status }.map(\.rule).sorted()
  }
}
