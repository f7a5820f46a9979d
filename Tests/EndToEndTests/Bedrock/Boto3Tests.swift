import Foundation
import Testing

extension ExternalTool {
  static let boto3 = ExternalTool(pythonModule: "boto3")
  static let awsCLI = ExternalTool(program: "aws")
}

/// boto3 works against the sandbox as it does against AWS.
@Suite(.needs(.boto3)) struct Boto3Tests {
  private static let script = Program.root.appendingPathComponent("Tests/EndToEndTests/Bedrock/boto3_client.py").path

  private static func run(_ sandbox: RunningSandbox, _ arguments: [String]) throws -> [String: Any] {
    let result = try sandbox.run("python3", [script] + arguments)
    #expect(result.code == 0, "\(result.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test func createsGetsAndLists() throws {
    let sandbox = try RunningSandbox(["--job-seconds", "0"])
    let seen = try Self.run(sandbox, ["plain"])
    #expect(seen["account"] as? String == "111122223333")
    #expect(seen["status"] as? Int == 201)
    #expect(seen["sameJob"] as? Bool == true)
    #expect(seen["creationTimeIs"] as? String == "datetime")
    let job = try #require(seen["job"] as? [String: Any])
    #expect(job["status"] as? String == "Completed")
    #expect(job["sourceAccountId"] as? String == "444455556666")
    #expect(job["targetModelTags"] as? [[String: String]] == [["key": "Owner", "value": "fraud"]])
    #expect((job["targetModelKmsKeyArn"] as? String)?.hasPrefix("arn:aws:kms:us-east-1:111122223333:key/") == true)
    #expect(seen["pages"] as? [[String]] == [["copy-0", "copy-1"], ["copy-2", "copy-3"], ["copy-4"]])
    #expect(seen["contains"] as? [String] == ["copy-3"])
    #expect(seen["after"] as? [String] == ["copy-1", "copy-2", "copy-3", "copy-4"])
    #expect(seen["failed"] as? [String] == [])
    #expect(sandbox.stop() == 0)
  }

  @Test func raisesItsOwnErrors() throws {
    let seen = try Self.run(try RunningSandbox(), ["plain"])
    let errors = ["invalid", "manyTags", "notFound", "stranger"].map { seen[$0] as? [String: Any] ?? [:] }
    #expect(
      errors.map { $0["class"] as? String } == [
        "ValidationException", "TooManyTagsException", "ResourceNotFoundException", "ClientError",
      ])
    #expect(errors[3]["code"] as? String == "InvalidSignatureException")
    let resource = (errors[1]["response"] as? [String: Any])?["resourceName"] as? String
    #expect(resource?.hasPrefix("arn:aws:bedrock:us-east-1:111122223333:custom-model/") == true)
  }

  /// The first attempt at each of these creates meets the fault. Retries carry the token that boto3 filled in, so
  /// there is one job where there was an effect, too.
  @Test func retriesWithoutASecondCopy() throws {
    let faults = ["throttle", "error", "error-after", "reset-before", "reset-during", "reset-after", "truncate"]
    let schedule = faults.enumerated().flatMap { ["--fault-at", "\($0.offset * 2 + 1)=\($0.element)"] }
    let sandbox = try RunningSandbox(["--fault-on", "create"] + schedule)
    let seen = try Self.run(sandbox, ["faults"] + faults)
    for fault in faults {
      let result = try #require(seen[fault] as? [String: Any])
      #expect(result["jobs"] as? Int == 1, "\(fault): \(result)")
      #expect(result["retries"] as? Int == 1, "\(fault): \(result)")
    }
  }

  @Test func aBearerTokenDoes() throws {
    let sandbox = try RunningSandbox(["--bearer-token", "bedrock-api-key-example"])
    let environment = [
      "AWS_BEARER_TOKEN_BEDROCK": "bedrock-api-key-example", "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "",
    ]
    let list = "import boto3; print(boto3.client('bedrock').list_model_copy_jobs()['modelCopyJobSummaries'])"
    #expect(try sandbox.run("python3", ["-c", list], environment: environment).output == "[]\n")
    let other = environment.merging(["AWS_BEARER_TOKEN_BEDROCK": "another"]) { $1 }
    #expect(try sandbox.run("python3", ["-c", list], environment: other).errors.contains("(AccessDeniedException)"))
  }
}
