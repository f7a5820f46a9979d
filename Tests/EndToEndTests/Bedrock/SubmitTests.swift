import Foundation
import Testing

/// `copylint submit` as people run it, against a sandbox.
@Suite struct SubmitTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private var state: [String] {
    let folder = scratch.folder.path
    return ["--journal", "\(folder)/state/journal.sqlite", "--decision-log", "\(folder)/state/decisions.jsonl"]
  }

  private func submit(_ sandbox: RunningSandbox, _ arguments: String...) throws -> Program.Result {
    try Program.run(
      ["submit", "--no-config"] + arguments + state, in: scratch.folder, environment: sandbox.environment)
  }

  private func jobs(_ sandbox: RunningSandbox) throws -> [String] {
    let result = try Program.run(
      ["jobs", "list", "--json", "--region", "eu-west-1"], in: scratch.folder, environment: sandbox.environment)
    #expect(result.code == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }

  /// No job is in a state that the API does not have: an empty list would say otherwise.
  @Test(arguments: ["inprogress", "Done", ""])
  func aStateThatTheAPILacksIsAMistake(_ state: String) throws {
    let result = try Program.run(
      ["jobs", "list", "--status", state, "--region", "eu-west-1", "--endpoint-url", "http://127.0.0.1:1"],
      in: scratch.folder)
    #expect(result.code == 2)
    #expect(result.errors.contains("The value '\(state)' is invalid for '--status <status>'"), "\(result.errors)")
    #expect(result.errors.contains("the states are InProgress, Completed and Failed"))
    #expect(result.errors.contains("did you mean `InProgress`?") == (state == "inprogress"), "\(result.errors)")
  }

  @Test func whatWasTriedForCredentialsIsToldOnce() throws {
    let result = try Program.run(
      ["jobs", "list", "--region", "eu-west-1"], in: scratch.folder,
      environment: [
        "AWS_ACCESS_KEY_ID": "", "AWS_PROFILE": "", "AWS_CONFIG_FILE": "/dev/null", "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
      ])
    #expect(result.code == 2)
    #expect(result.errors.hasPrefix("error: there are no credentials (environment: "), "\(result.errors)")
    let profiles = result.errors.components(separatedBy: "; profile `default`: not set up").count - 1
    #expect(profiles == 1, "\(result.errors)")
    #expect(result.errors.contains("help: set AWS_ACCESS_KEY_ID"))
  }

  @Test func aCompliantRequestIsSubmittedOnce() throws {
    let sandbox = try RunningSandbox(["--job-seconds", "0"])
    try scratch.write(Sample.good, to: "a.json")
    let first = try submit(sandbox, "a.json", "--region", "eu-west-1", "--wait")
    #expect(first.code == 0, "\(first.output)\(first.errors)")
    #expect(first.output.contains("a.json:1: submitted to eu-west-1, job `arn:aws:bedrock:eu-west-1:111122223333:"))
    #expect(first.output.contains("is complete: arn:aws:bedrock:eu-west-1:111122223333:custom-model/"))
    let second = try submit(sandbox, "a.json", "--region", "eu-west-1")
    #expect(second.code == 0)
    #expect(second.output.contains("already submitted to eu-west-1"))
    #expect(sandbox.creates == 1)
    let again = try submit(sandbox, "a.json", "--region", "eu-west-1", "--again")
    #expect(again.code == 0 && sandbox.creates == 2)
    let history = try Program.run(
      ["jobs", "history", "--journal", "\(scratch.folder.path)/state/journal.sqlite"], in: scratch.folder)
    #expect(
      history.output.split(separator: "\n").filter { $0.contains("  accepted  eu-west-1  fraud-v3  ") }.count == 2)
  }

  @Test func theEnvironmentsRegionIsJudgedToo() throws {
    let sandbox = try RunningSandbox()
    try scratch.write(Sample.good, to: "a.json")
    try scratch.write(
      #"{"format": 1, "name": "eu", "version": "1", "rules": [{"id": "only", "kind": "allowed-regions", "target": ["eu-west-1"]}]}"#,
      to: "p.json")
    let denied = try submit(sandbox, "a.json", "--pack", "./p.json")
    #expect(denied.code == 1)
    #expect(denied.output.contains("copies to Region `us-east-1` are not allowed"))
    #expect(sandbox.requests == 0)
  }

  private static let refused: [(String, Int32)] = [
    (Sample.denied, 1), (#"{"sourceModelArn": 7}"#, 1), ("{broken", 2), ("[]", 2),
    (#"{"target": {"region": "eu-west-1", "account": "444455556666"}, "request": \#(Sample.good)}"#, 2),
  ]

  @Test(arguments: refused)
  func whatIsNotCompliantIsNotSent(_ text: String, _ code: Int32) throws {
    let sandbox = try RunningSandbox()
    try scratch.write(text, to: "a.json")
    try scratch.write(Sample.good, to: "b.json")
    let result = try submit(sandbox, "a.json", "b.json", "--region", "eu-west-1")
    #expect(result.code == code, "\(result.output)\(result.errors)")
    #expect(sandbox.creates == 0)
    #expect(!FileManager.default.fileExists(atPath: scratch.folder.appendingPathComponent("state/journal.sqlite").path))
  }

  @Test func aWaivedFindingDoesNotStopIt() throws {
    let sandbox = try RunningSandbox()
    let files = [
      ".git/HEAD": "ref: refs/heads/main\n",
      ".copylint.json": #"{"format": 1, "packs": ["./p.json"], "waivers": ["waivers.json"]}"#,
      "p.json":
        #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "r", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-.*"}]}"#,
      "waivers.json":
        #"{"format": 1, "waivers": [{"rule": "p/r", "targetName": "fraud-v3", "anyValue": true, "reason": "r", "owner": "o", "ticket": "t", "expires": "2026-11-30"}]}"#,
      "a.json": Sample.good,
    ]
    for (name, text) in files { try scratch.write(text, to: name) }
    for (today, code) in [("2026-12-01", 1 as Int32), ("2026-11-30", 0)] {
      let result = try Program.run(
        ["submit", "a.json", "--region", "eu-west-1", "--today", today] + state, in: scratch.folder,
        environment: sandbox.environment)
      #expect(result.code == code, "\(result.output)\(result.errors)")
    }
    #expect(sandbox.creates == 1)
  }

  @Test func undeterminedIsNotSent() throws {
    let sandbox = try RunningSandbox()
    try scratch.write(Sample.good, to: "a.json")
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "k", "kind": "assert", "that": {"not": {"kms.account": "111122223333"}}, "message": "m"}]}"#,
      to: "p.json")
    try scratch.write(
      Sample.good.replacingOccurrences(of: "}", with: ", \"modelKmsKeyId\": \"alias/a\"}"), to: "b.json")
    #expect(try submit(sandbox, "b.json", "--pack", "./p.json").code == 1)
    #expect(sandbox.requests == 0)
  }

  @Test func aDryRunPrintsTheExactRequest() throws {
    let sandbox = try RunningSandbox()
    let committed = Sample.good.replacingOccurrences(of: "}", with: ", \"clientRequestToken\": \"token-1\"}")
    try scratch.write(committed, to: "a.json")
    let result = try submit(sandbox, "a.json", "--region", "eu-west-1", "--dry-run")
    #expect(result.code == 0)
    #expect(result.output.contains("/model-copy-jobs\n"))
    #expect(result.output.contains("\"clientRequestToken\":\"token-1\""))
    #expect(sandbox.requests == 0)
  }

  @Test func aTokenThatWasUsedForAnotherCopyIsTwo() throws {
    let sandbox = try RunningSandbox()
    for (file, name) in [("a.json", "one"), ("b.json", "two")] {
      let text = Sample.good.replacingOccurrences(of: "fraud-v3", with: name)
        .replacingOccurrences(of: "}", with: ", \"clientRequestToken\": \"token-1\"}")
      try scratch.write(text, to: file)
    }
    #expect(try submit(sandbox, "a.json", "--region", "eu-west-1").code == 0)
    let other = try submit(sandbox, "b.json", "--region", "eu-west-1")
    #expect(other.code == 2)
    #expect(other.output.contains("the token `token-1` was used to copy to `one` with other members"))
    #expect(sandbox.creates == 1)
  }

  @Test func aRejectionIsThreeAndAFailedJobToo() throws {
    let sandbox = try RunningSandbox(["--job-seconds", "0", "--fail-name", "doomed"])
    try scratch.write(Sample.good.replacingOccurrences(of: "fraud-v3", with: "doomed"), to: "a.json")
    let failed = try submit(sandbox, "a.json", "--region", "eu-west-1", "--wait")
    #expect(failed.code == 3, "\(failed.output)\(failed.errors)")
    #expect(failed.output.contains(" failed: "))
    let stranger = try Program.run(
      ["submit", "--no-config", "a.json", "--region", "us-east-1"] + state, in: scratch.folder,
      environment: sandbox.environment.merging(["AWS_SECRET_ACCESS_KEY": "another"]) { $1 })
    #expect(stranger.code == 3)
    #expect(stranger.output.contains("rejected by Bedrock in us-east-1: "))
  }

  @Test func jsonTellsTheSame() throws {
    let sandbox = try RunningSandbox()
    try scratch.write(Sample.good, to: "a.json")
    let result = try submit(sandbox, "a.json", "--region", "eu-west-1", "--output-format", "json")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let submissions = try #require(report["submissions"] as? [[String: Any]])
    #expect(submissions.map { $0["outcome"] as? String } == ["accepted"])
    #expect((submissions[0]["jobArn"] as? String)?.hasPrefix("arn:aws:bedrock:eu-west-1:") == true)
    #expect((report["requests"] as? [[String: Any]])?.first?["verdict"] as? String == "compliant")
  }

  @Test func aSandboxForTheRunNeedsNothing() throws {
    try scratch.write(Sample.good, to: "a.json")
    let result = try Program.run(
      ["submit", "--sandbox", "--no-config", "a.json", "--region", "eu-west-1"], in: scratch.folder,
      environment: ["HOME": scratch.folder.path, "AWS_ACCESS_KEY_ID": "", "AWS_PROFILE": ""])
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("submitted to eu-west-1, job `arn:aws:bedrock:eu-west-1:"))
    #expect(!FileManager.default.fileExists(atPath: scratch.folder.appendingPathComponent(".local").path))
  }

  @Test func withoutWritableStateNothingIsSent() throws {
    let sandbox = try RunningSandbox()
    try scratch.write(Sample.good, to: "a.json")
    try scratch.write("not a journal", to: "state/journal.sqlite")
    let journal = try submit(sandbox, "a.json", "--region", "eu-west-1")
    #expect(journal.code == 2)
    #expect(sandbox.creates == 0)
    let log = try Program.run(
      ["submit", "--no-config", "a.json", "--region", "eu-west-1", "--journal", "\(scratch.folder.path)/j.sqlite"]
        + ["--decision-log", "/dev/null"], in: scratch.folder, environment: sandbox.environment)
    #expect(log.code == 2, "\(log.output)\(log.errors)")
    #expect(sandbox.creates == 0)
  }

  @Test func waitingHasAnEnd() throws {
    let sandbox = try RunningSandbox(["--job-seconds", "3600"])
    try scratch.write(Sample.good, to: "a.json")
    let result = try submit(sandbox, "a.json", "--region", "eu-west-1", "--wait", "--timeout", "0")
    #expect(result.code == 4)
    #expect(result.output.contains("goes on; the time to wait is over"))
    let arn = try #require(result.output.split(separator: "`").first { $0.hasPrefix("arn:") })
    let waited = try Program.run(
      ["jobs", "wait", String(arn), "--timeout", "0"], in: scratch.folder, environment: sandbox.environment)
    #expect(waited.code == 4)
    let shown = try Program.run(["jobs", "get", String(arn)], in: scratch.folder, environment: sandbox.environment)
    #expect(shown.code == 0 && shown.output.contains("status   InProgress\n"), "\(shown.output)\(shown.errors)")
    let unknown = try Program.run(
      ["jobs", "get", "\(arn)x"], in: scratch.folder, environment: sandbox.environment)
    #expect(unknown.code == 3, "\(unknown.errors)")
  }

  @Test(arguments: ["get", "wait"]) func whatIsNoJobIsAMistake(_ verb: String) throws {
    for name in ["x", "arn:aws:bedrock:eu-west-1:111122223333:custom-model/m/abcdef123456"] {
      let result = try Program.run(
        ["jobs", verb, name, "--region", "eu-west-1", "--endpoint-url", "http://127.0.0.1:1"], in: scratch.folder)
      #expect(result.code == 2)
      #expect(result.errors.contains("`\(name)` is no ARN of a model copy job; `copylint jobs list` shows them"))
    }
  }

  @Test func aFailureStopsTheRestUnlessItIsToGoOn() throws {
    let sandbox = try RunningSandbox()
    for name in ["a", "b", "c"] {
      try scratch.write(Sample.good.replacingOccurrences(of: "fraud-v3", with: name), to: "\(name).json")
    }
    try scratch.write(Sample.denied, to: "d.json")
    let stopped = try submit(sandbox, "a.json", "d.json", "b.json", "--region", "eu-west-1")
    #expect(stopped.code == 1 && sandbox.creates == 0)
    let goesOn = try submit(sandbox, "a.json", "d.json", "b.json", "--region", "eu-west-1", "--keep-going")
    #expect(goesOn.code == 1 && sandbox.creates == 2)
    let broken = try RunningSandbox(["--fault-at", "1=garbage"])
    let left = try submit(broken, "c.json", "b.json", "--again", "--region", "eu-west-1")
    #expect(left.code == 4, "\(left.output)")
    #expect(left.errors.contains("1 more request was not sent"))
  }

  private static let faults = [
    "throttle", "error", "error-after", "reset-before", "reset-during", "reset-after", "hang-after", "truncate",
    "garbage", "oversize",
  ]

  /// Nothing that is printed, kept or passed on holds the secret or the session token.
  @Test(arguments: faults) func noSecretIsEverShown(_ fault: String) throws {
    let secrets = ["canary-secret-value-0123456789", "canary-bearer-value-0123456789"]
    let sandbox = try RunningSandbox([
      "--secret-access-key", secrets[0], "--bearer-token", secrets[1], "--fault", "\(fault)=1", "--quiet",
    ])
    try scratch.write(Sample.good, to: "a.json")
    for bearer in ["", secrets[1]] {
      let result = try Program.run(
        ["submit", "--no-config", "a.json", "--region", "eu-west-1", "--read-timeout", "0.3"] + state,
        in: scratch.folder,
        environment: sandbox.environment.merging(["AWS_BEARER_TOKEN_BEDROCK": bearer, "AWS_MAX_ATTEMPTS": "1"]) { $1 })
      #expect([3, 4].contains(result.code), "\(result.output)\(result.errors)")
      for secret in secrets { #expect(!(result.output + result.errors).contains(secret)) }
    }
    let folder = scratch.folder.appendingPathComponent("state")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let content = try Data(contentsOf: folder.appendingPathComponent(name))
      for secret in secrets { #expect(content.range(of: Data(secret.utf8)) == nil, "\(name)") }
    }
  }

  @Test func credentialsShowsFourCharacters() throws {
    let sandbox = try RunningSandbox()
    let result = try Program.run(
      ["credentials", "--account"], in: scratch.folder, environment: sandbox.environment)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "source   environment\nkey id   …MPLE\naccount  111122223333\n")
  }
}

extension RunningSandbox {
  /// How many requests arrived, of any kind.
  var requests: Int { log.split(separator: "\n").filter { !$0.contains(": listening on ") }.count }

  /// How many creates arrived.
  var creates: Int { log.split(separator: "\n").filter { $0.contains(" POST /model-copy-jobs ") }.count }
}
