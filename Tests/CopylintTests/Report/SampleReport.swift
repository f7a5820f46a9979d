@testable import Copylint

/// One report that has everything a report can have, for every format.
enum SampleReport {
  static let report = Report(
    header: Report.Header(
      tool: "copylint 1.2.3", today: "2026-11-23",
      packs: [
        Report.Pack(name: "bedrock-api", version: "1", sha256: String(repeating: "0", count: 64)),
        Report.Pack(name: "acme-finance", version: "2026.11", sha256: String(repeating: "a", count: 64)),
      ], rules: rules),
    requests: [denied, compliant, undetermined, unreadable, tooLong],
    errors: [
      diagnostic(
        in: pack, at: "\"regoins\"", "unknown parameter `regoins`", help: "did you mean `regions`?"),
      Diagnostic("no such file or directory", path: "policy/waivers.json"),
      Diagnostic("nothing to check", help: "name files or directories"),
    ])

  private static let rules = [
    Report.Rule(
      name: "request/target-undeclared", kind: "request", summary: "a rule needs the target", isWaivable: false),
    Report.Rule(
      name: "acme-finance/finance-keys", kind: "allowed-kms-keys", summary: "the key is an allowed one",
      why: "Finance data stays under finance keys.", help: "ask for a key", url: "https://policy.acme.example/keys",
      controls: ["NIST-800-53-SC-12"]),
    Report.Rule(
      name: "acme-finance/model-name", kind: "naming-pattern", summary: "the name has a form", severity: .warning),
    Report.Rule(name: "acme-finance/eu-only", kind: "allowed-regions", summary: "the copy stays where it must"),
  ]

  private static let policy = "acme-finance 2026.11, cloud-governance@acme.example"

  private static let fraud = SourceFile(
    path: "copies/fraud-v3.json",
    bytes: Array(
      """
      {
        "sourceModelArn": "arn:aws:bedrock:us-east-1:111122223333:custom-model/imported/abcdefghijkl",
        "targetModelName": "Fraud_v3",
        "modelKmsKeyId": "alias/default",
        "targetModelTags": [{"key": "owner", "value": "a"}]
      }

      """.utf8))

  private static let batch = SourceFile(
    path: "copies/batch.ndjson", bytes: Array(#"{"targetModelName":"fin-a","modelKmsKeyId":"key"}"#.utf8), firstLine: 12
  )

  private static let broken = SourceFile(path: "copies/broken.json", bytes: Array("{\"a\": 1,}\n".utf8))

  private static let pack = SourceFile(
    path: "policy/acme.json", bytes: Array("{\n  \"rules\": [\n    {\"regoins\": []}\n  ]\n}\n".utf8))

  private static let denied = Report.Request(
    path: "copies/fraud-v3.json", verdict: .denied,
    target: Report.Target(region: "eu-west-1", account: "111122223333", declaredBy: "path"),
    results: [
      .pass: ["acme-finance/eu-only", "bedrock-api/target-model-name"],
      .fail: [
        "acme-finance/finance-keys", "acme-finance/model-name", "acme-finance/ownership-tags", "acme-finance/tags",
      ],
      .notApplicable: ["acme-finance/unique"],
    ],
    findings: [
      finding(
        "acme-finance/ownership-tags", "required-tags", in: fraud, at: nil, pointer: [],
        "tag `Owner` is missing", help: "ask your team lead for the cost centre"),
      finding(
        "acme-finance/model-name", "naming-pattern", in: fraud, at: "\"Fraud_v3\"", pointer: [.key("targetModelName")],
        severity: .warning, "name `Fraud_v3` does not match `fin-[a-z0-9]+`",
        fix: ("rename the model to `fin-fraud3`", "\"Fraud_v3\"", "\"fin-fraud3\"")),
      finding(
        "acme-finance/finance-keys", "allowed-kms-keys", in: fraud, at: "\"alias/default\"",
        pointer: [.key("modelKmsKeyId")], "key alias `alias/default` is not allowed",
        help: "use a key ARN that matches `arn:aws:kms:eu-*:111122223333:key/*`", controls: ["NIST-800-53-SC-12"]),
      finding(
        "acme-finance/tags", "allowed-tags", in: fraud, at: "\"owner\"",
        pointer: [.key("targetModelTags"), .index(0), .key("key")], status: .waived, "tag `owner` is not allowed",
        waiver: AppliedWaiver(
          reason: "the bill needs it", owner: "team-fraud@acme.example", ticket: "FRAUD-17",
          expires: CalendarDate(secondsSinceEpoch: 1_798_675_200))),
    ])

  private static let compliant = Report.Request(
    path: "copies/batch.ndjson", line: 11, verdict: .compliant,
    target: Report.Target(region: "eu-west-1", declaredBy: "option"),
    results: [.pass: ["acme-finance/finance-keys"], .notApplicable: ["acme-finance/unique"]])

  private static let undetermined: Report.Request = {
    var undeclared = finding(
      "request/target-undeclared", "request", in: batch, at: nil, pointer: [],
      "the target Region is not declared, and `acme-finance/eu-only` waits for it", help: "give `--region`")
    undeclared.verdict = .unknown
    undeclared.policy = nil
    let note = finding(
      "acme-finance/bare-ids", "assert", in: batch, at: "\"key\"", pointer: [.key("modelKmsKeyId")], severity: .info,
      status: .known, "a bare key id names no account",
      fix: ("write the whole ARN", "key\"", "arn:aws:kms:eu-west-1:111122223333:key/x\""))
    return Report.Request(
      path: "copies/batch.ndjson", line: 12, verdict: .undetermined,
      results: [.unknown: ["acme-finance/eu-only"], .fail: ["acme-finance/bare-ids"]], findings: [undeclared, note])
  }()

  private static let unreadable = Report.Request(
    path: "copies/broken.json", pointer: JSONPointer([.index(1)]), verdict: .unreadable,
    error: diagnostic(in: broken, at: "}", "expected a member name, found `}`", help: "remove the comma before it"))

  private static let tooLong = Report.Request(
    path: "copies/batch.ndjson", line: 13, verdict: .unreadable,
    error: Diagnostic("the line is longer than the limit of 1 MiB"))

  private static func place(in file: SourceFile, at text: String?) -> Place {
    guard let text else { return Place(file: file, range: 0..<file.bytes.count) }
    let start = file.bytes.indices.first { file.bytes[$0...].starts(with: text.utf8) } ?? file.bytes.count
    return Place(file: file, range: start..<start + text.utf8.count)
  }

  private static func finding(
    _ rule: String, _ kind: String, in file: SourceFile, at text: String?, pointer: [JSONPointer.Token],
    severity: Severity = .error, status: Finding.Status = .open, _ message: String, help: String? = nil,
    controls: [String] = [], fix: (summary: String, old: String, new: String)? = nil, waiver: AppliedWaiver? = nil
  ) -> Finding {
    var finding = Finding(
      rule: rule, kind: kind, severity: severity, verdict: .fail, status: status, message: message, help: help,
      pointer: JSONPointer(pointer), place: place(in: file, at: text),
      identity: Fingerprint.sample(rule: rule, subject: ByteString(message)), controls: controls, policy: policy)
    finding.waiver = waiver
    finding.fix = fix.map { fix in
      let edit = Fix.Edit(range: place(in: file, at: fix.old).range, replacement: Array(fix.new.utf8))
      return Fix(safety: .unsafe, summary: fix.summary, edits: [edit])
    }
    return finding
  }

  private static func diagnostic(in file: SourceFile, at text: String, _ message: String, help: String) -> Diagnostic {
    Diagnostic(message, help: help, at: place(in: file, at: text))
  }
}
