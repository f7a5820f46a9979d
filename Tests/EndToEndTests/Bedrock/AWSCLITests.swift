import Foundation
import Testing

/// The aws CLI works against the sandbox as it does against AWS.
@Suite(.needs(.awsCLI)) struct AWSCLITests {
  private static func aws(_ sandbox: RunningSandbox, _ arguments: String...) throws -> Program.Result {
    try sandbox.run("aws", arguments)
  }

  private static let create = ["bedrock", "create-model-copy-job", "--source-model-arn", Sample.arn]

  @Test func createsGetsAndLists() throws {
    let sandbox = try RunningSandbox(["--job-seconds", "0", "--fault-at", "1=throttle"])
    let created = try sandbox.run(
      "aws", Self.create + ["--target-model-name", "fraud-v3", "--query", "jobArn", "--output", "text"])
    #expect(created.code == 0, "\(created.errors)")
    let arn = created.output.trimmingCharacters(in: .newlines)
    #expect(arn.hasPrefix("arn:aws:bedrock:us-east-1:111122223333:model-copy-job/"))
    let job = try Self.aws(sandbox, "bedrock", "get-model-copy-job", "--job-arn", arn, "--query", "status")
    #expect(job.output == "\"Completed\"\n")
    let listed = try Self.aws(
      sandbox, "bedrock", "list-model-copy-jobs", "--target-model-name-contains", "fraud", "--output", "text",
      "--query",
      "modelCopyJobSummaries[].jobArn")
    #expect(listed.output == arn + "\n")
    let identity = try Self.aws(sandbox, "sts", "get-caller-identity", "--query", "Account", "--output", "text")
    #expect(identity.output == "111122223333\n")
    #expect(sandbox.log.contains("POST /model-copy-jobs 429 ThrottlingException fault throttle\n"))
  }

  @Test func failsAsItDoes() throws {
    let sandbox = try RunningSandbox()
    let result = try sandbox.run("aws", Self.create + ["--target-model-name", "fraud v3"])
    // 255 in version 1 of the CLI, 254 in version 2.
    #expect([254, 255].contains(result.code))
    #expect(
      result.errors.contains("An error occurred (ValidationException) when calling the CreateModelCopyJob operation: "))
    let stranger = try sandbox.run(
      "aws", ["bedrock", "list-model-copy-jobs"], environment: ["AWS_SECRET_ACCESS_KEY": "another"])
    #expect(stranger.errors.contains("(InvalidSignatureException)"))
  }
}
