import Foundation
import Testing

/// `copylint run` with the policy between boto3 and Bedrock.
@Suite(.needs(.boto3)) struct RunGateTests {
  private let home: RunHome

  init() throws {
    home = try RunHome(config: "[default]\nregion = eu-west-1\n", credentials: "[default]\n\(RunHome.keys)")
    try home.scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-.*"}]}"#,
      to: "p.json")
  }

  /// Asks for a copy of each name, and swallows every error.
  private static let script = """
    import boto3, sys
    from botocore.exceptions import ClientError
    bedrock = boto3.client("bedrock")
    for name in sys.argv[1:]:
        try:
            print(bedrock.create_model_copy_job(sourceModelArn="\(Sample.arn)", targetModelName=name)["jobArn"])
        except ClientError as error:
            print(error.response["Error"]["Code"], error.response["Error"]["Message"])
    sys.exit(6)
    """

  private func copy(_ names: String..., options: [String] = []) throws -> Program.Result {
    try home.run(
      ["python3", "-c", Self.script] + names, options: ["--no-config", "--pack", "./p.json"] + options)
  }

  private var creates: Int { home.sandbox.log.split(separator: "\n").filter { $0.contains(" POST ") }.count }

  @Test func compliantCopiesAreMade() throws {
    let result = try copy("fin-a", "fin-b")
    #expect(result.code == 6, "\(result.errors)")
    let jobs = result.output.split(separator: "\n")
    #expect(
      jobs.count == 2 && jobs.allSatisfy { $0.hasPrefix("arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/") })
    #expect(creates == 2)
    #expect(
      result.errors.hasPrefix(
        "copylint run: 2 copies sent to Bedrock\n  `fin-a` in eu-west-1: sent, job `\(jobs[0])`\n"))
  }

  @Test func aDeniedCopyFailsTheRunEvenIfItIsSwallowed() throws {
    let result = try copy("fin-a", "other", options: ["--report", "report.json"])
    #expect(result.code == 1)
    let lines = result.output.split(separator: "\n")
    #expect(lines[1].hasPrefix("AccessDeniedException copylint: denied by policy, not by IAM (decision "))
    #expect(lines[2].hasPrefix("/targetModelName p/name: "))
    #expect(creates == 1)
    #expect(result.errors.hasPrefix("copylint run: 1 copy sent to Bedrock, 1 copy denied\n"))
    #expect(result.errors.contains("\n  `other` in eu-west-1: denied (decision "))
    let text = try Data(contentsOf: home.scratch.folder.appendingPathComponent("report.json"))
    let report = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    #expect(report["exitCode"] as? Int == 1)
    #expect((report["command"] as? [String: Int]) == ["exitCode": 6])
    #expect((report["counts"] as? [String: Int]) == ["forwarded": 1, "denied": 1, "refused": 0, "passed": 0])
    #expect(((report["denied"] as? [[String: Any]])?.first?["targetModelName"] as? String) == "other")
    for secret in [RunHome.secret, RunHome.keyID] {
      #expect(!(result.errors + String(decoding: text, as: UTF8.self)).contains(secret))
    }
  }

  @Test func theCommandsCodeCanBeKept() throws {
    #expect(try copy("other", options: ["--exit-code-of-command"]).code == 6)
    #expect(creates == 0)
  }

  @Test func anAuditForwardsAndTells() throws {
    let result = try copy("other", options: ["--audit-only"])
    #expect(result.code == 6)
    #expect(creates == 1)
    #expect(result.errors.contains("not compliant, and sent all the same\n    /targetModelName p/name: "))
  }

  /// Keys in code are not the run's: the call is refused, and why is told.
  @Test func otherKeysAreRefused() throws {
    let other = """
      import boto3
      boto3.client("bedrock", aws_access_key_id="AKIDOTHEREXAMPLE", aws_secret_access_key="x").list_model_copy_jobs()
      """
    let result = try home.run(["python3", "-c", other], options: ["--no-config"])
    #expect(result.code == 1)
    #expect(result.errors.contains("(UnrecognizedClientException)"))
    #expect(result.errors.contains("copylint run: 1 call refused\n"))
    #expect(!home.sandbox.log.contains(" GET "))
  }

  @Test func aSandboxForTheRunNeedsNothing() throws {
    let result = try home.run(
      ["python3", "-c", Self.script, "fin-a", "other"],
      options: ["--sandbox", "--region", "eu-north-1", "--no-config", "--pack", "./p.json"],
      environment: ["AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"])
    #expect(result.code == 1)
    #expect(
      result.errors.hasPrefix(
        "copylint run: 1 copy sent to the sandbox, 1 copy denied\n  `fin-a` in eu-north-1: sent, "),
      "\(result.errors)")
    #expect(creates == 0)
  }

  /// A code that is lost to it is said.
  @Test func aReportThatCannotBeWrittenIsAnError() throws {
    let result = try home.run(["sh", "-c", "exit 7"], options: ["--no-config", "--report", "none/r.json"])
    #expect(result.code == 2)
    #expect(result.errors.hasPrefix("error: the report `none/r.json` cannot be written: "), "\(result.errors)")
    #expect(result.errors.contains("\n  = help: the run itself ended with 7; "))
  }

  /// What is wrong with a waiver is said with its place, and what to do.
  @Test func anExpiredWaiverIsToldOf() throws {
    try home.scratch.write(#"{"format": 1, "packs": ["p.json"], "waivers": ["w.json"]}"#, to: "policy.json")
    let waiver = #"{"rule": "p/name", "targetName": "a", "value": "a", "reason": "r", "owner": "o", "ticket": "T-1", "#
    try home.scratch.write(
      "{\"format\": 1, \"waivers\": [\n\(waiver)\"expires\": \"2026-01-31\"}]}", to: "w.json")
    let result = try home.run(["true"], options: ["--config", "policy.json", "--today", "2026-02-01"])
    #expect(result.code == 0)
    #expect(
      result.errors.hasPrefix("w.json:2:110: error: the waiver expired on `2026-01-31` [waiver/expired]\n  |\n2 | "),
      "\(result.errors)")
    #expect(result.errors.contains("  = help: "))
  }

  /// What cannot be judged by is said before the command starts.
  @Test func aBrokenPolicyRunsNothing() throws {
    try home.scratch.write("{", to: "p.json")
    let result = try home.run(["echo", "ran"], options: ["--no-config", "--pack", "./p.json"])
    #expect(result.code == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("p.json:1:"))
  }
}
