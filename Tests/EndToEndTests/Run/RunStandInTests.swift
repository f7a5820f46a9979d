import Foundation
import Testing

/// Real clients under `copylint run`, with something behind the gate that is not our own code and verifies what it signs.
@Suite(.needs(.boto3), .needs(.awsCLI)) struct RunStandInTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write(
      #"{"format": 1, "name": "p", "version": "1", "rules": [{"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fin-.*"}]}"#,
      to: "p.json")
  }

  private func run(_ standIn: StandIn, _ command: String...) throws -> Program.Result {
    let state = ["--journal", "journal.sqlite", "--decision-log", "decisions.jsonl", "--report", "report.json"]
    let environment = standIn.environment.merging(["AWS_RETRY_MODE": "standard", "AWS_MAX_ATTEMPTS": "4"]) { $1 }
    return try Program.run(
      ["run", "--no-config", "--pack", "./p.json"] + state + ["--"] + command, in: scratch.folder,
      environment: environment)
  }

  private var copies: [[String: Any]] {
    get throws {
      let data = try Data(contentsOf: scratch.folder.appendingPathComponent("report.json"))
      return (try JSONSerialization.jsonObject(with: data) as? [String: Any])?["forwarded"] as? [[String: Any]] ?? []
    }
  }

  private static let create = [
    "aws", "bedrock", "create-model-copy-job", "--source-model-arn", Sample.arn, "--query", "jobArn", "--output",
    "text", "--target-model-name",
  ]

  /// The CLI repeats what fails with the token of the first attempt: one copy, whatever Bedrock answered meanwhile.
  @Test func theCLIsRetriesMakeOneCopy() throws {
    let standIn = try StandIn(failures: [500, 429, 503])
    let result = try run(standIn, "sh", "-c", (Self.create + ["fin-a"]).joined(separator: " "))
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/"))
    #expect(try standIn.bodies.count == 4)
    #expect(try standIn.tokens.count == 1)
    #expect(result.errors.hasPrefix("copylint run: 1 copy sent to Bedrock\n"), "\(result.errors)")
    #expect(result.errors.contains(", after 4 attempts\n"))
    let copy = try #require(try copies.first)
    #expect(try copies.count == 1 && copy["outcome"] as? String == "accepted" && copy["attempts"] as? Int == 4)
  }

  @Test func theCLIIsToldTheFindings() throws {
    let standIn = try StandIn()
    let result = try run(standIn, "sh", "-c", (Self.create + ["other"]).joined(separator: " ") + " || true")
    #expect(result.code == 1)
    #expect(result.errors.contains("An error occurred (AccessDeniedException) when calling the CreateModelCopyJob"))
    #expect(result.errors.contains("/targetModelName p/name: "))
    #expect(try standIn.bodies.isEmpty)
  }

  /// What boto3 sends twice, to get one job.
  @Test func aTokenOfTheCallersIsOneJob() throws {
    let standIn = try StandIn(failures: [429])
    let script = """
      import boto3
      bedrock = boto3.client("bedrock")
      copy = lambda: bedrock.create_model_copy_job(
          sourceModelArn="\(Sample.arn)", targetModelName="fin-a", clientRequestToken="token-1")["jobArn"]
      print(copy() == copy())
      pages = bedrock.get_paginator("list_custom_models").paginate(PaginationConfig={"PageSize": 2})
      print([[model["modelName"] for model in page["modelSummaries"]] for page in pages])
      """
    let result = try run(standIn, "python3", "-c", script)
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      result.output == "True\n[['model-0', 'model-1'], ['model-2', 'model-3'], ['model-4']]\n", "\(result.errors)")
    #expect(try standIn.tokens == ["token-1"])
    #expect(try standIn.bodies.count == 3)
    #expect(try copies.count == 1)
  }

  @Test func readsOfTheCLIGoOnPageByPage() throws {
    let standIn = try StandIn()
    let result = try run(
      standIn, "aws", "bedrock", "list-custom-models", "--page-size", "2", "--query", "modelSummaries[].modelName",
      "--output", "text")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.split { $0.isWhitespace } == ["model-0", "model-1", "model-2", "model-3", "model-4"])
  }
}
