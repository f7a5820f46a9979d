import Foundation
import Testing

@testable import BedrockClient

/// Scenarios in the layout that the SDK for Rust publishes: a folder each, with `env.json`, `fs`, `http-traffic.json` and
/// `test-case.json`. `COPYLINT_SDK_SCENARIOS` names the folder of the folders; they are not part of this repository.
@Suite struct PublishedScenarioTests {
  private static let root = ProcessInfo.processInfo.environment["COPYLINT_SDK_SCENARIOS"]

  static var folders: [URL] {
    let root = URL(fileURLWithPath: root ?? "/nonexistent")
    let found = (try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)) ?? []
    return found.filter { FileManager.default.fileExists(atPath: $0.appendingPathComponent("test-case.json").path) }
      .sorted { $0.path < $1.path }
  }

  struct Expected: Decodable {
    struct Keys: Decodable {
      var access_key_id: String
      var secret_access_key: String
      var session_token: String?
      var account_id: String?
      var expiry: Double?
    }

    struct Outcome: Decodable {
      var Ok: Keys?
      var ErrorContains: String?
    }

    var result: Outcome
  }

  @Test(.enabled(if: !folders.isEmpty), arguments: folders) func givesTheSDKsAnswer(_ folder: URL) async throws {
    let traffic = try Traffic(folder.appendingPathComponent("http-traffic.json"))
    var scenario = Scenario()
    scenario.environment = try JSONDecoder().decode(
      [String: String].self, from: Data(contentsOf: folder.appendingPathComponent("env.json")))
    scenario.files = Self.files(folder.appendingPathComponent("fs"))
    // Those of the profiles alone leave the environment's keys out, as a profile does that an option names.
    if folder.deletingLastPathComponent().lastPathComponent == "profile-provider" {
      scenario.options.profile = scenario.environment["AWS_PROFILE"] ?? "default"
    }
    scenario.processes = ShellProcessRunner()
    scenario.transport = AnsweringTransport(traffic.answers)
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: folder.appendingPathComponent("test-case.json"))
    ).result
    switch await Result.catching(scenario.resolve) {
    case .success(let resolved):
      let keys = try #require(expected.Ok, "\(folder.lastPathComponent): \(resolved.source)")
      #expect(resolved.credentials.accessKeyID == keys.access_key_id)
      #expect(resolved.credentials.secretAccessKey == keys.secret_access_key)
      #expect(resolved.credentials.sessionToken == keys.session_token)
      #expect(resolved.credentials.accountID == keys.account_id)
      #expect(resolved.credentials.expiration?.timeIntervalSince1970 == keys.expiry)
      #expect(scenario.transport.requests.map(Traffic.shown) == traffic.requests)
    case .failure(let error):
      #expect(expected.Ok == nil, "\(folder.lastPathComponent): \(error)")
    }
  }

  private static func files(_ folder: URL) -> MemoryFiles {
    var files = MemoryFiles()
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
      let url = folder.appendingPathComponent(path)
      if let data = try? Data(contentsOf: url) { files.contents["/\(path)"] = Array(data) }
    }
    return files
  }
}

/// The exchanges of an `http-traffic.json`.
private struct Traffic {
  var requests: [String] = []
  var answers: [AnsweringTransport.Answer] = []

  init(_ url: URL) throws {
    guard let data = try? Data(contentsOf: url) else { return }
    let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    var statuses: [Int: Int] = [:]
    var bodies: [Int: String] = [:]
    var order: [Int] = []
    for event in document?["events"] as? [[String: Any]] ?? [] {
      let connection = event["connection_id"] as? Int ?? 0
      let action = event["action"] as? [String: [String: Any]] ?? [:]
      if let request = action["Request"]?["request"] as? [String: Any] {
        order.append(connection)
        requests.append(Self.sorted(request["method"] as? String ?? "", request["uri"] as? String ?? ""))
      } else if let response = action["Response"]?["response"] as? [String: [String: Any]] {
        statuses[connection] = response["Ok"]?["status"] as? Int
      } else if let data = action["Data"], data["direction"] as? String == "Response" {
        bodies[connection, default: ""] += (data["data"] as? [String: String])?["Utf8"] ?? ""
      }
    }
    answers = order.map { connection in
      statuses[connection].map { .body(bodies[connection] ?? "", status: $0) } ?? .silence
    }
  }

  static func shown(_ request: HTTPRequest) -> String { sorted(request.method, request.url) }

  private static func sorted(_ method: String, _ url: String) -> String {
    let parts = url.split(separator: "?", maxSplits: 1)
    let path = String(parts[0]).hasSuffix("/") ? String(parts[0].dropLast()) : String(parts[0])
    return
      "\(method) \(path)?\((parts.count > 1 ? parts[1] : "").split(separator: "&").sorted().joined(separator: "&"))"
  }
}

extension Result where Failure == any Error {
  static func catching(_ body: () async throws -> Success) async -> Self {
    do { return .success(try await body()) } catch { return .failure(error) }
  }
}
