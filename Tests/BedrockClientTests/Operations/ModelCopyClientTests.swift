import Foundation
import Testing

@testable import BedrockClient

@Suite struct ModelCopyClientTests {
  static let source = "arn:aws:bedrock:us-east-1:111122223333:custom-model/imported/abcdefghijkl"

  private static func client(
    _ transport: ScriptedTransport, url: String? = nil, authentication: Authentication? = nil
  ) throws -> ModelCopyClient {
    let endpoint = try EndpointResolver().endpoint(.bedrock, in: try Region("eu-west-1"), customURL: url)
    let credentials = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
    return ModelCopyClient(
      endpoint: endpoint, authentication: authentication ?? .sigV4(StaticCredentialsProvider(credentials)),
      transport: transport, retries: RetryPolicy(jitter: { 0 }), time: ManualTime())
  }

  private static func members(_ request: HTTPRequest) throws -> NSDictionary {
    try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? NSDictionary)
  }

  @Test func createSendsEveryMember() async throws {
    let transport = ScriptedTransport([.answer(.json(201, "{\"jobArn\":\"arn:job\"}"))])
    let response = try await Self.client(transport).createModelCopyJob(
      CreateModelCopyJobRequest(
        sourceModelArn: Self.source, targetModelName: "copy", modelKmsKeyId: "alias/é\u{65}\u{301}",
        targetModelTags: [Tag(key: "k\u{212A}", value: "\"\\\u{7F}\n😀/"), Tag(key: "k\u{212A}", value: "")],
        clientRequestToken: "token-1"))
    #expect(response.jobArn == "arn:job")
    let sent = transport.requests[0]
    #expect(sent.method == "POST")
    #expect(sent.url == "https://bedrock.eu-west-1.amazonaws.com/model-copy-jobs")
    #expect(sent.headers["Content-Type"] == "application/json")
    #expect(sent.headers["Authorization"]?.contains("/20150830/eu-west-1/bedrock/aws4_request") == true)
    let expected: NSDictionary = [
      "sourceModelArn": Self.source, "targetModelName": "copy", "modelKmsKeyId": "alias/é\u{65}\u{301}",
      "targetModelTags": [
        ["key": "k\u{212A}", "value": "\"\\\u{7F}\n😀/"], ["key": "k\u{212A}", "value": ""],
      ], "clientRequestToken": "token-1",
    ]
    #expect(try Self.members(sent) == expected)
    // Code point by code point: NSDictionary compares by canonical equivalence.
    let text = String(decoding: sent.body, as: UTF8.self)
    for part in ["alias/é\u{65}\u{301}", "k\u{212A}", "😀"] { #expect(text.utf8.contains(sequence: part.utf8)) }
  }

  @Test func absentMembersStayAbsentAndTheTokenIsDrawn() async throws {
    let answer = ScriptedTransport.Step.answer(.json(201, "{\"jobArn\":\"a\"}"))
    let transport = ScriptedTransport([.answer(.json(500)), answer, answer])
    let client = try Self.client(transport)
    let request = CreateModelCopyJobRequest(sourceModelArn: Self.source, targetModelName: "copy")
    _ = try await client.createModelCopyJob(request)
    _ = try await client.createModelCopyJob(request)
    let members = try transport.requests.map { try Self.members($0) }
    #expect(
      Set(members[0].allKeys.compactMap { $0 as? String }) == [
        "sourceModelArn", "targetModelName", "clientRequestToken",
      ])
    let tokens = members.compactMap { $0["clientRequestToken"] as? String }
    #expect(tokens[0] == tokens[1])
    #expect(tokens[1] != tokens[2])
    #expect(tokens.allSatisfy { UUID(uuidString: $0) != nil })
  }

  @Test(arguments: [
    (201, ""), (201, "{}"), (201, "{\"jobArn\":7}"), (201, "{\"jobArn\":"), (201, "garbage"),
    (200, "{\"jobArn\":\"a\"}"),
    (202, "{}"), (204, ""),
  ]) func acceptedButUnreadableIsUnknown(_ status: Int, _ body: String) async throws {
    let transport = ScriptedTransport([.answer(.json(status, body, [("x-amzn-requestid", "r-1")]))])
    do throws(BedrockError) {
      let client = try? Self.client(transport)
      _ = try await client?.createModelCopyJob(CreateModelCopyJobRequest(sourceModelArn: "", targetModelName: ""))
      Issue.record("read")
    } catch {
      #expect(error.cause == .unreadableResponse(status: status, requestID: "r-1"))
      #expect(error.effect == .unknown)
    }
    #expect(transport.requests.count == 1)
  }

  static let job = """
    {"jobArn":"arn:job","status":"Completed","creationTime":"2026-11-24T08:00:00.250Z","targetModelArn":"arn:target",
    "targetModelName":"copy","sourceAccountId":"111122223333","sourceModelArn":"arn:source","sourceModelName":"model",
    "targetModelKmsKeyArn":"arn:key","targetModelTags":[{"key":"a","value":"b"}],"failureMessage":"none","new":{"a":[1]}}
    """

  @Test func getReadsEveryMember() async throws {
    let transport = ScriptedTransport([.answer(.json(200, Self.job))])
    let arn = "arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/abcdefghijkl"
    let job = try await Self.client(transport).getModelCopyJob(jobArn: arn)
    #expect(
      transport.requests[0].path
        == "/model-copy-jobs/arn%3Aaws%3Abedrock%3Aeu-west-1%3A111122223333%3Amodel-copy-job%2Fabcdefghijkl")
    #expect(job.jobArn == "arn:job")
    #expect(job.status == .completed)
    #expect(job.creationTime == Date(timeIntervalSince1970: 1_795_507_200.25))
    #expect(job.targetModelArn == "arn:target")
    #expect(job.targetModelName == "copy")
    #expect(job.sourceAccountId == "111122223333")
    #expect(job.sourceModelArn == "arn:source")
    #expect(job.sourceModelName == "model")
    #expect(job.targetModelKmsKeyArn == "arn:key")
    #expect(job.targetModelTags?.map { [$0.key, $0.value] } == [["a", "b"]])
    #expect(job.failureMessage == "none")
  }

  @Test func anEmptyLabelIsNotSent() async throws {
    let transport = ScriptedTransport([.answer(.json(200))])
    let client = try Self.client(transport)
    await #expect(throws: BedrockError(.invalidRequest("the job ARN is empty"), attempts: 0, effect: .none)) {
      try await client.getModelCopyJob(jobArn: "")
    }
    #expect(transport.requests.isEmpty)
  }

  @Test func listSendsEveryMember() async throws {
    let transport = ScriptedTransport([.answer(.json(200, "{\"modelCopyJobSummaries\":[\(Self.job)]}"))])
    var request = ListModelCopyJobsRequest()
    request.creationTimeAfter = Date(timeIntervalSince1970: 0)
    request.creationTimeBefore = Date(timeIntervalSince1970: 1.5)
    request.statusEquals = .inProgress
    request.sourceAccountEquals = "111122223333"
    request.sourceModelArnEquals = "arn:a/b"
    request.targetModelNameContains = "a b"
    request.maxResults = 10
    request.nextToken = "t+="
    request.sortBy = .creationTime
    request.sortOrder = .descending
    let page = try await Self.client(transport).listModelCopyJobs(request)
    #expect(page.modelCopyJobSummaries?.count == 1)
    #expect(
      transport.requests[0].query
        == "creationTimeAfter=1970-01-01T00%3A00%3A00Z&creationTimeBefore=1970-01-01T00%3A00%3A01.500Z"
        + "&statusEquals=InProgress&sourceAccountEquals=111122223333&sourceModelArnEquals=arn%3Aa%2Fb"
        + "&outputModelNameContains=a%20b&maxResults=10&nextToken=t%2B%3D&sortBy=CreationTime&sortOrder=Descending")
  }

  @Test func pagesFollowTheirTokens() async throws {
    let transport = ScriptedTransport([
      .answer(.json(200, "{\"nextToken\":\"1\",\"modelCopyJobSummaries\":[\(Self.job),\(Self.job)]}")),
      .answer(.json(200, "{\"nextToken\":\"2\"}")), .answer(.json(200, "{\"modelCopyJobSummaries\":[\(Self.job)]}")),
    ])
    var count = 0
    for try await _ in try Self.client(transport).modelCopyJobs() { count += 1 }
    #expect(count == 3)
    #expect(transport.requests.map(\.query) == ["", "nextToken=1", "nextToken=2"])
  }

  @Test func aTokenThatComesAgainEndsThePages() async throws {
    let page = ScriptedTransport.Step.answer(.json(200, "{\"nextToken\":\"1\"}"))
    let transport = ScriptedTransport([page, page, page])
    let pages = try Self.client(transport).modelCopyJobPages().makeAsyncIterator()
    var iterator = pages
    _ = try await iterator.next()
    await #expect { try await iterator.next() } throws: { ($0 as? BedrockError)?.cause == .repeatedPageToken }
    #expect(transport.requests.count == 2)
  }

  @Test func bearerTokensAreSentAsTheyStand() async throws {
    let transport = ScriptedTransport([.answer(.json(200, Self.job))])
    let none = StaticCredentialsProvider(AWSCredentials(accessKeyID: "A", secretAccessKey: "s"))
    let client = try Self.client(transport, authentication: .bedrock(bearerToken: "bearer-1", credentials: none))
    _ = try await client.getModelCopyJob(jobArn: "a")
    #expect(transport.requests[0].headers["Authorization"] == "Bearer bearer-1")
    #expect(transport.requests[0].headers["X-Amz-Date"] == nil)
  }

  @Test func anEmptyBearerTokenIsNone() async throws {
    let transport = ScriptedTransport([.answer(.json(200, Self.job))])
    let credentials = StaticCredentialsProvider(AWSCredentials(accessKeyID: "A", secretAccessKey: "s"))
    let client = try Self.client(transport, authentication: .bedrock(bearerToken: "", credentials: credentials))
    _ = try await client.getModelCopyJob(jobArn: "a")
    #expect(transport.requests[0].headers["Authorization"]?.hasPrefix("AWS4-HMAC-SHA256 ") == true)
  }

  @Test func pathOfTheEndpointGoesBefore() async throws {
    let transport = ScriptedTransport([.answer(.json(200))])
    _ = try await Self.client(transport, url: "http://127.0.0.1:8080/base").listModelCopyJobs()
    #expect(transport.requests[0].url == "http://127.0.0.1:8080/base/model-copy-jobs")
  }
}

extension Sequence<UInt8> {
  fileprivate func contains(sequence: some Sequence<UInt8>) -> Bool {
    Data(self).range(of: Data(sequence)) != nil
  }
}
