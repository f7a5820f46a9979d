import BedrockClient
import Copylint
import Foundation
import NIOCore
import Synchronization
import Testing

@testable import CopylintBedrock

/// A gate with a scripted upstream, and a caller that signs as an SDK does.
struct GateUnderTest {
  let exchange: Exchange
  let upstream: ScriptedUpstream
  let folder: ScratchFolder
  let time: FixedTime
  let journal: Journal
  private let handler: GateHandler
  private let seen: EventRecord
  var region = "eu-west-1"
  var credentials = Self.caller

  static let caller = AWSCredentials(accessKeyID: "AKIDCALLER", secretAccessKey: "caller/secret/EXAMPLE")

  /// A pack that wants an owner and a name that begins with `fraud-`; at the gate nothing waits for the path.
  static let pack = """
    {"format": 1, "name": "team", "version": "1", "description": "d", "owner": "platform@acme.example", "rules": [
      {"id": "owner", "kind": "required-tags", "tags": {"Owner": {}}, "help": "say who owns it"},
      {"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fraud-.*", "waivable": false},
      {"id": "only-in-files", "kind": "request-token", "forbidden": true}]}
    """

  static func with(
    _ way: Way = .inProcess, pack: String = Self.pack, calls: LogFileCalls = .system,
    _ change: (inout GateOptions) throws -> Void = { _ in },
    _ body: (inout GateUnderTest) async throws -> Void
  ) async throws {
    let folder = try ScratchFolder()
    try Data(pack.utf8).write(to: URL(fileURLWithPath: folder["team.json"]))
    var check = CheckOptions(today: try #require(CalendarDate("2026-11-18")))
    check.configuration = .none
    check.packs = [folder["team.json"]]
    let (time, upstream, seen) = (FixedTime(), ScriptedUpstream(), EventRecord())
    let journal = try Journal(path: folder["journal.sqlite"])
    var options = GateOptions(
      policy: FixedPolicy(try CallPolicy(check)), callers: FixedCallers([caller]), upstream: upstream,
      journal: journal, log: try DecisionLog(path: folder["decisions.jsonl"], time: time, calls: calls))
    options.time = time
    options.limits = .patient
    options.onEvent = { seen.add($0) }
    try change(&options)
    let handler = GateHandler(options)
    try await Exchange.with(way, handler, limits: options.limits) { exchange async throws in
      var gate = GateUnderTest(
        exchange: exchange, upstream: upstream, folder: folder, time: time, journal: journal, handler: handler,
        seen: seen)
      try await body(&gate)
    }
  }

  var events: [GateEvent] { seen.events }

  /// The lines of the decision log.
  var lines: [[String: Any]] {
    let text = (try? String(contentsOfFile: folder["decisions.jsonl"], encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map {
      ((try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]) ?? [:]
    }
  }

  /// What became of a call is written down after it was answered: `finishes` waits for that.
  func create(_ members: [String: Any], finishes: Bool = true) async throws -> WireResponse {
    let body = Array(try JSONSerialization.data(withJSONObject: members, options: .sortedKeys))
    return try await send("POST", "/model-copy-jobs", body: body, finishes: finishes)
  }

  func finish() async { await handler.finish() }

  func close(within limit: TimeAmount = .minutes(1)) async { await handler.close(before: .now() + limit) }

  func create(_ body: [UInt8], change: (inout TestRequest) -> Void = { _ in }) async throws -> WireResponse {
    try await send("POST", "/model-copy-jobs", body: body, change: change)
  }

  func send(
    _ method: String, _ path: String, query: String = "", body: [UInt8] = [], service: String = "bedrock",
    type: String? = "application/json", headers: [(String, String)] = [], finishes: Bool = true,
    change: (inout TestRequest) -> Void = { _ in }
  ) async throws -> WireResponse {
    var unsigned = HTTPRequest(
      method: method, scheme: .http, host: "127.0.0.1", path: path, query: query,
      headers: HTTPHeaders([("Host", "127.0.0.1")] + headers), body: body)
    if !body.isEmpty { unsigned.headers["Content-Type"] = type }
    let signed = SigV4Signer(region: region, service: service).sign(unsigned, with: credentials, at: time.date)
    var request = TestRequest(
      method: method, target: signed.target, headers: signed.headers.fields.map { ($0.name, $0.value) }, body: body)
    change(&request)
    let response = try await exchange.send(request)
    if finishes { await finish() }
    return response
  }

  static func members(_ change: [String: Any?] = [:]) -> [String: Any] {
    var members: [String: Any] = [
      "sourceModelArn": GoodRequest.source, "targetModelName": "fraud-v3", "clientRequestToken": "token-1",
      "targetModelTags": [["key": "Owner", "value": "fraud"]],
    ]
    for (name, value) in change { members[name] = value }
    return members
  }
}

/// What a gate told.
final class EventRecord: Sendable {
  private let list = Mutex<[GateEvent]>([])

  var events: [GateEvent] { list.withLock { $0 } }

  func add(_ event: GateEvent) { list.withLock { $0.append(event) } }
}

extension WireResponse {
  var errorType: String? { headers["x-amzn-errortype"] }
  var message: String { json["message"] as? String ?? "" }
}
