#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Amazon Bedrock's CreateModelCopyJob, GetModelCopyJob and ListModelCopyJobs at one endpoint.
///
/// It sends what it is given: of the API's constraints it enforces the required members alone.
public struct ModelCopyClient: Sendable {
  private let endpoint: Endpoint
  private let caller: ServiceCaller

  /// A client of the endpoint. Nothing is sent before the first call.
  public init(
    endpoint: Endpoint, authentication: Authentication, transport: any HTTPTransport,
    retries: RetryPolicy = RetryPolicy(), time: any TimeSource = SystemTimeSource(), userAgent: String = "BedrockClient"
  ) {
    self.endpoint = endpoint
    caller = ServiceCaller(
      authenticator: RequestAuthenticator(
        authentication: authentication, signer: SigV4Signer(region: endpoint.signingRegion.name, service: "bedrock")),
      transport: transport, retries: retries, time: time, userAgent: userAgent)
  }

  /// Starts a copy in the endpoint's Region. `POST /model-copy-jobs`, idempotent by its token.
  ///
  /// Throws `BedrockError`; where its `effect` is `.unknown` the copy may have been started, and only the same token
  /// asks again without the danger of a second one.
  public func createModelCopyJob(
    _ request: CreateModelCopyJobRequest
  ) async throws(BedrockError) -> CreateModelCopyJobResponse {
    let response = try await caller.call(try creation(request))
    return try decode(response, expecting: 201, sideEffect: true)
  }

  /// One job. `GET /model-copy-jobs/{jobArn}`.
  public func getModelCopyJob(jobArn: String) async throws(BedrockError) -> ModelCopyJob {
    // An empty label would make this the path of ListModelCopyJobs.
    guard !jobArn.isEmpty else {
      throw BedrockError(.invalidRequest("the job ARN is empty"), attempts: 0, effect: .none)
    }
    let label = PercentEncoding.component(jobArn)
    let response = try await caller.call(self.request("GET", path: "/model-copy-jobs/\(label)"))
    return try decode(response, expecting: 200, sideEffect: false)
  }

  /// One page of jobs. `GET /model-copy-jobs`.
  public func listModelCopyJobs(
    _ request: ListModelCopyJobsRequest = ListModelCopyJobsRequest()
  ) async throws(BedrockError) -> ListModelCopyJobsResponse {
    let response = try await caller.call(
      self.request("GET", path: "/model-copy-jobs", query: request.query))
    return try decode(response, expecting: 200, sideEffect: false)
  }

  /// All pages of jobs, from the request's own token on.
  public func modelCopyJobPages(_ request: ListModelCopyJobsRequest = ListModelCopyJobsRequest()) -> ModelCopyJobPages {
    ModelCopyJobPages(client: self, request: request)
  }

  /// All jobs, page after page.
  public func modelCopyJobs(_ request: ListModelCopyJobsRequest = ListModelCopyJobsRequest()) -> ModelCopyJobs {
    ModelCopyJobs(pages: modelCopyJobPages(request))
  }

  /// The request that `createModelCopyJob` signs and sends: for showing it without sending it.
  public func creation(_ request: CreateModelCopyJobRequest) throws(BedrockError) -> HTTPRequest {
    var body = request
    body.clientRequestToken = request.clientRequestToken ?? UUID().uuidString.lowercased()
    var http = self.request("POST", path: "/model-copy-jobs")
    http.headers.append("Content-Type", "application/json")
    http.body = try encode(body)
    return http
  }

  private func request(_ method: String, path: String, query: String = "") -> HTTPRequest {
    HTTPRequest(
      method: method, scheme: endpoint.scheme, host: endpoint.host, port: endpoint.port,
      path: endpoint.basePath + path, query: query)
  }

  private func encode(_ body: CreateModelCopyJobRequest) throws(BedrockError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return Array(try encoder.encode(body)) } catch {
      throw BedrockError(.invalidRequest("the request cannot be written as JSON"), attempts: 0, effect: .none)
    }
  }

  /// The body of a successful answer. Another 2xx status, or a body without the required members, says that the call
  /// was accepted, but not what came of it.
  private func decode<Value: Decodable>(
    _ answer: ServiceCaller.Answer, expecting status: Int, sideEffect: Bool
  ) throws(BedrockError) -> Value {
    let response = answer.response
    if response.status == status, let value = try? JSONDecoder().decode(Value.self, from: Data(response.body)) {
      return value
    }
    let cause = BedrockError.Cause.unreadableResponse(status: response.status, requestID: response.requestID)
    throw BedrockError(cause, attempts: answer.attempts, effect: sideEffect ? .unknown : .none)
  }
}
