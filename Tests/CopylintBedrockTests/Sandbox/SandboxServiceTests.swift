import BedrockClient
import Foundation
import Testing

@testable import CopylintBedrock

/// What the sandbox answers, past the wire and over it.
@Suite struct SandboxServiceTests {
  @Test(arguments: Way.allCases) func aJobBeginsAndEnds(_ way: Way) async throws {
    try await SandboxCaller.with(way) { caller async throws in
      var members = GoodRequest.members()
      members["targetModelTags"] = [["key": "Owner", "value": "fraud"], ["key": "empty", "value": ""]]
      members["modelKmsKeyId"] = "alias/models"
      let created = try await caller.create(members)
      #expect(created.status == 201)
      #expect(Array(created.json.keys) == ["jobArn"])
      let arn = try #require(created.json["jobArn"] as? String)
      #expect(arn.wholeMatch(of: /arn:aws:bedrock:us-east-1:111122223333:model-copy-job\/[a-z0-9]{12}/) != nil)

      let running = try await caller.get(arn)
      #expect(running.status == 200)
      #expect(running.json["status"] as? String == "InProgress")
      #expect(running.json["creationTime"] as? String == "2026-11-18T11:06:40.000Z")
      #expect(running.json["sourceAccountId"] as? String == "444455556666")
      #expect(running.json["sourceModelArn"] as? String == GoodRequest.source)
      #expect(running.json["targetModelName"] as? String == "fraud-v3")
      #expect(
        running.json["targetModelTags"] as? [[String: String]] == members["targetModelTags"] as? [[String: String]])
      let copy = try #require(running.json["targetModelArn"] as? String)
      let base = "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/"
      #expect(copy.hasPrefix(base) && copy.count == base.count + 12 && copy != GoodRequest.source)
      let key = try #require(running.json["targetModelKmsKeyArn"] as? String)
      #expect(key.wholeMatch(of: /arn:aws:kms:us-east-1:111122223333:key\/[a-zA-Z0-9-]{36}/) != nil)

      caller.time.advance(3)
      #expect(try await caller.get(arn).json["status"] as? String == "Completed")
    }
  }

  @Test(arguments: Way.allCases) func aJobFailsWhereItIsTold(_ way: Way) async throws {
    try await SandboxCaller.with(way, { $0.failingNames = ["doomed"] }) { caller async throws in
      let arn = try await caller.created(GoodRequest.members("all-doomed-v1"))
      #expect(try await caller.get(arn).json["failureMessage"] == nil)
      caller.time.advance(3)
      let failed = try await caller.get(arn).json
      #expect(failed["status"] as? String == "Failed")
      #expect(failed["failureMessage"] as? String == "The sandbox was told to let this job fail")
    }
  }

  @Test(arguments: Way.allCases) func theRegionIsTheSignatures(_ way: Way) async throws {
    try await SandboxCaller.with(way) { caller async throws in
      var elsewhere = caller
      elsewhere.region = "cn-north-1"
      let arn = try await elsewhere.created(GoodRequest.members())
      #expect(arn.hasPrefix("arn:aws-cn:bedrock:cn-north-1:"))
      #expect(try await elsewhere.get(arn).status == 200)
      let unknown = try await caller.get(arn)
      #expect(unknown.status == 404)
      #expect(unknown.headers["x-amzn-errortype"] == "ResourceNotFoundException")
      #expect((try await caller.list().json["modelCopyJobSummaries"] as? [Any])?.isEmpty == true)
    }
  }

  @Test(arguments: Way.allCases) func keysOfTwoAccountsSeeTheirOwn(_ way: Way) async throws {
    let other = AWSCredentials(accessKeyID: "AKIDOTHEREXAMPLE", secretAccessKey: "other", accountID: "999900001111")
    try await SandboxCaller.with(way, { $0.credentials.append(other) }) { caller async throws in
      var stranger = caller
      stranger.credentials = other
      let arn = try await stranger.created(GoodRequest.members())
      #expect(arn.hasPrefix("arn:aws:bedrock:us-east-1:999900001111:"))
      #expect(try await caller.get(arn).status == 404)
    }
  }

  // MARK: What is refused

  static let invalid: [(String, String)] = [
    (#"{"targetModelName": "a"}"#, "ValidationException"),
    (#"{"sourceModelArn": "arn:aws:s3:::bucket-of-somebody", "targetModelName": "a"}"#, "ValidationException"),
    (#"{"sourceModelArn": "\#(GoodRequest.source)", "targetModelName": "a b"}"#, "ValidationException"),
    (#"{"sourceModelArn": "\#(GoodRequest.source)", "targetModelName": 7}"#, "ValidationException"),
    (
      #"{"sourceModelArn": "\#(GoodRequest.source)", "targetModelName": "a", "targetmodelTags": []}"#,
      "ValidationException"
    ),
    (#"{"request": {"sourceModelArn": "\#(GoodRequest.source)", "targetModelName": "a"}}"#, "ValidationException"),
    (#"{"target": {}, "request": {}}"#, "ValidationException"),
    ("{}", "ValidationException"), ("[]", "SerializationException"), ("", "SerializationException"),
    ("{", "SerializationException"), (#""text""#, "SerializationException"),
    (#"{"sourceModelArn": "a", "sourceModelArn": "b"}"#, "SerializationException"),
  ]

  @Test(arguments: Way.allCases, invalid)
  func refusesWhatTheApiDoes(_ way: Way, _ example: (body: String, error: String)) async throws {
    try await SandboxCaller.with(way) { caller async throws in
      let response = try await caller.create(body: Array(example.body.utf8))
      #expect(response.status == 400)
      #expect(response.headers["x-amzn-errortype"] == example.error)
      #expect(response.json["message"] is String)
      #expect(caller.service.jobs.isEmpty)
    }
  }

  @Test func saysWhichMemberIsInvalid() async throws {
    try await SandboxCaller.with(.inProcess) { caller async throws in
      var members = GoodRequest.members("fraud v3")
      members["targetModelTags"] = [["key": "aws:owner", "value": "x"]]
      let message = try await caller.create(members).json["message"] as? String ?? ""
      #expect(message.hasPrefix("2 validation errors detected: "))
      #expect(message.contains("'/targetModelName' (bedrock-api/target-model-name)"))
      #expect(message.contains("'/targetModelTags/0/key' (bedrock-api/reserved-tag-prefix)"))
    }
  }

  @Test(arguments: Way.allCases) func aResourceHasFiftyTags(_ way: Way) async throws {
    try await SandboxCaller.with(way) { caller async throws in
      var members = GoodRequest.members()
      members["targetModelTags"] = GoodRequest.tags(50)
      #expect(try await caller.create(members).status == 201)
      members["targetModelTags"] = GoodRequest.tags(51)
      let response = try await caller.create(members)
      #expect(response.status == 400)
      #expect(response.headers["x-amzn-errortype"] == "TooManyTagsException")
      #expect((response.json["resourceName"] as? String)?.contains(":custom-model/") == true)
      members["targetModelTags"] = GoodRequest.tags(201)
      #expect(try await caller.create(members).headers["x-amzn-errortype"] == "ValidationException")
      #expect(caller.service.jobs.count == 1)
    }
  }

  @Test(arguments: [
    ("GET", "/"), ("GET", "/foundation-models"), ("DELETE", "/model-copy-jobs"), ("PUT", "/model-copy-jobs"),
    ("POST", "/model-copy-jobs/x"), ("GET", "/model-copy-jobs/a/b"), ("HEAD", "/model-copy-jobs"),
  ])
  func hasNoOtherOperation(_ method: String, _ path: String) async throws {
    try await SandboxCaller.with(.inProcess) { caller async throws in
      let response = try await caller.send(method, path: path)
      #expect(response.status == 404)
      #expect(response.headers["x-amzn-errortype"] == "UnknownOperationException")
    }
  }

  // MARK: Tokens

  @Test(arguments: Way.allCases) func oneTokenIsOneJob(_ way: Way) async throws {
    try await SandboxCaller.with(way) { caller async throws in
      let first = try await caller.created(GoodRequest.members(token: "token-1"))
      #expect(try await caller.created(GoodRequest.members(token: "token-1")) == first)
      #expect(try await caller.created(GoodRequest.members("other", token: "token-1")) == first)
      #expect(try await caller.created(GoodRequest.members(token: "token-2")) != first)
      #expect(try await caller.created(GoodRequest.members()) != first)
      #expect(caller.service.jobs.count == 3)
      var elsewhere = caller
      elsewhere.region = "eu-west-1"
      #expect(try await elsewhere.created(GoodRequest.members(token: "token-1")) != first)
    }
  }

  @Test func aTokenOfAnotherRequestCanBeAConflict() async throws {
    try await SandboxCaller.with(.inProcess, { $0.tokenReuse = .conflict }) { caller async throws in
      let first = try await caller.created(GoodRequest.members(token: "token-1"))
      #expect(try await caller.created(GoodRequest.members(token: "token-1")) == first)
      let response = try await caller.create(GoodRequest.members("other", token: "token-1"))
      #expect(response.status == 400)
      #expect(response.headers["x-amzn-errortype"] == "ConflictException")
    }
  }

  // MARK: Who asks

  @Test(arguments: Way.allCases) func saysWhoTheCallerIs(_ way: Way) async throws {
    try await SandboxCaller.with(way) { caller async throws in
      let body = Array("Action=GetCallerIdentity&Version=2011-06-15".utf8)
      let response = try await caller.send("POST", path: "/", body: body, service: "sts")
      #expect(response.status == 200)
      #expect(response.headers["content-type"] == "text/xml")
      #expect(response.text.contains("<Account>111122223333</Account>"))
      let unsigned = try await caller.send("POST", path: "/", body: body, service: "sts") { $0.headers = [] }
      #expect(unsigned.status == 403)
      #expect(unsigned.text.contains("<Code>MissingAuthenticationToken</Code>"))
    }
  }

  @Test(arguments: Way.allCases) func refusesWhatIsNotSignedByItsKey(_ way: Way) async throws {
    try await SandboxCaller.with(way) { caller async throws in
      let list = { (change: (inout TestRequest) -> Void) in
        try await caller.send("GET", path: "/model-copy-jobs", change: change)
      }
      let unsigned = try await list { $0.headers = [] }
      #expect(unsigned.headers["x-amzn-errortype"] == "MissingAuthenticationTokenException")
      let changed = try await list { $0.target += "?maxResults=1" }
      #expect(changed.status == 403)
      #expect(changed.headers["x-amzn-errortype"] == "InvalidSignatureException")
      let bearer = try await list { $0.headers = [("Authorization", "Bearer token")] }
      #expect(bearer.headers["x-amzn-errortype"] == "AccessDeniedException")
      var stranger = caller
      stranger.credentials.secretAccessKey += "x"
      #expect(try await stranger.list().headers["x-amzn-errortype"] == "InvalidSignatureException")
      stranger.credentials.accessKeyID = "AKIDUNKNOWNEXAMPLE"
      #expect(try await stranger.list().headers["x-amzn-errortype"] == "UnrecognizedClientException")
      let sts = try await caller.send("GET", path: "/model-copy-jobs", service: "sts")
      #expect(sts.headers["x-amzn-errortype"] == "InvalidSignatureException")
      #expect(try await caller.list().status == 200)
    }
  }

  @Test func takesABearerToken() async throws {
    try await SandboxCaller.with(.inProcess, { $0.bearerToken = "bedrock-api-key-example" }) { caller async throws in
      let right = { (request: inout TestRequest) in
        request.headers = [("Authorization", "Bearer bedrock-api-key-example")]
      }
      let wrong = { (request: inout TestRequest) in
        request.headers = [("Authorization", "Bearer bedrock-api-key-exampl")]
      }
      #expect(try await caller.send("GET", path: "/model-copy-jobs", change: right).status == 200)
      #expect(try await caller.send("GET", path: "/model-copy-jobs", change: wrong).status == 403)
    }
  }

  @Test func canTakeUnsignedRequests() async throws {
    try await SandboxCaller.with(.inProcess, { $0.allowsUnsigned = true }) { caller async throws in
      #expect(try await caller.send("GET", path: "/model-copy-jobs") { $0.headers = [] }.status == 200)
    }
  }
}
