import BedrockClient
import Foundation

@testable import CopylintBedrock

/// Calls a sandbox as an SDK does, either way.
struct SandboxCaller {
  let exchange: Exchange
  let service: SandboxService
  let time: FixedTime
  var credentials: AWSCredentials
  var region = "us-east-1"

  /// Runs `body` with a caller of a new sandbox.
  static func with(
    _ way: Way, _ change: (inout SandboxOptions) -> Void = { _ in }, _ body: (SandboxCaller) async throws -> Void
  ) async throws {
    let time = FixedTime()
    var options = SandboxOptions()
    options.time = time
    change(&options)
    let service = try SandboxService(options)
    try await Exchange.with(way, service) { exchange async throws in
      try await body(
        SandboxCaller(exchange: exchange, service: service, time: time, credentials: options.credentials[0]))
    }
  }

  func create(_ members: [String: Any]) async throws -> WireResponse {
    try await create(body: Array(try JSONSerialization.data(withJSONObject: members, options: .sortedKeys)))
  }

  func create(body: [UInt8]) async throws -> WireResponse {
    try await send("POST", path: "/model-copy-jobs", body: body)
  }

  func get(_ arn: String) async throws -> WireResponse {
    try await send("GET", path: "/model-copy-jobs/" + PercentEncoding.component(arn))
  }

  func list(_ fields: [(name: String, value: String)] = []) async throws -> WireResponse {
    try await send("GET", path: "/model-copy-jobs", query: PercentEncoding.query(fields))
  }

  /// A job's ARN.
  func created(_ members: [String: Any]) async throws -> String {
    let response = try await create(members)
    return response.json["jobArn"] as? String ?? "status \(response.status): \(response.text)"
  }

  func send(
    _ method: String, path: String, query: String = "", body: [UInt8] = [], service: String = "bedrock",
    change: (inout TestRequest) -> Void = { _ in }
  ) async throws -> WireResponse {
    let unsigned = HTTPRequest(
      method: method, scheme: .http, host: "127.0.0.1", path: path, query: query,
      headers: HTTPHeaders([("Host", "127.0.0.1"), ("Content-Type", "application/json")]), body: body)
    let signed = SigV4Signer(region: region, service: service).sign(unsigned, with: credentials, at: time.date)
    var request = TestRequest(
      method: method, target: signed.target, headers: signed.headers.fields.map { ($0.name, $0.value) }, body: body)
    change(&request)
    return try await exchange.send(request)
  }
}

/// A request that is accepted.
enum GoodRequest {
  static let source = "arn:aws:bedrock:us-west-2:444455556666:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456"

  static func members(_ name: String = "fraud-v3", token: String? = nil) -> [String: Any] {
    var members: [String: Any] = ["sourceModelArn": source, "targetModelName": name]
    members["clientRequestToken"] = token
    return members
  }

  static func tags(_ count: Int) -> [[String: String]] {
    (0..<count).map { ["key": "key-\($0)", "value": "value"] }
  }
}
