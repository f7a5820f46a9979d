import Foundation
import Testing

@testable import BedrockClient

/// The default chain against botocore's: the same credentials, from the same source, by the same requests; or an error
/// where botocore has one. Tests/Oracles/credentials/scenarios.py makes the lines.
@Suite struct BotocoreScenarioTests {
  struct Line: Decodable, CustomTestStringConvertible {
    var name: String
    var environment: [String: String]
    var files: [String: String]
    var profile: String?
    var answers: [Answer]
    var result: Outcome

    var testDescription: String { name }
  }

  struct Answer: Decodable {
    var status: Int?
    var body: Body
  }

  /// Text, or a flat or nested JSON object.
  enum Body: Decodable {
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) { self = .text(text); return }
      if let flat = try? container.decode([String: String].self) {
        self = .text(String(decoding: try JSONEncoder().encode(flat), as: UTF8.self))
        return
      }
      let nested = try container.decode([String: [String: Member]].self)
      self = .text(String(decoding: try JSONEncoder().encode(nested), as: UTF8.self))
    }
  }

  enum Member: Codable {
    case text(String)
    case number(Int)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      }
    }
  }

  struct Keys: Decodable {
    var accessKeyID: String
    var secretAccessKey: String
    var sessionToken: String?
    var accountID: String?
    var expiration: Double?
  }

  struct Request: Decodable, Equatable {
    var method: String
    var url: String
    var headers: [String: String]
    var signedBy: String?
    var scope: String?
    var token: String?
    var form: [String: String]?
    var json: [String: String]?
  }

  struct Outcome: Decodable {
    var error: String?
    var credentials: Keys?
    var requests: [Request]?
    /// The tokens of sessions that were put in the place of others; `expiresAt` is null.
    var renewed: [[String: String?]]?
    var source: String?
  }

  static let lines = (try? OracleFile.lines("credentials/scenarios.jsonl", as: Line.self)) ?? []

  @Test func thereAreManyScenarios() { #expect(Self.lines.count > 100) }

  @Test(arguments: lines) func findsWhatBotocoreFinds(_ line: Line) async throws {
    let scenario = Self.scenario(line)
    switch await Result.catching(scenario.resolve) {
    case .failure(let error): #expect(line.result.error != nil, "\(error)")
    case .success(let resolved):
      let keys = try #require(line.result.credentials, "botocore: \(line.result.error ?? "")")
      #expect(resolved.credentials.accessKeyID == keys.accessKeyID)
      #expect(resolved.credentials.secretAccessKey == keys.secretAccessKey)
      #expect(resolved.credentials.sessionToken == keys.sessionToken)
      #expect(resolved.credentials.accountID == keys.accountID)
      #expect(resolved.credentials.expiration?.timeIntervalSince1970 == keys.expiration)
      #expect(resolved.source.hasPrefix(try #require(Self.sources[line.result.source ?? ""])))
      #expect(scenario.transport.requests.map(Self.shown) == line.result.requests)
    }
    #expect(try Self.renewed(scenario) == line.result.renewed ?? [])
  }

  /// botocore's names of the sources, and what ours begin with.
  private static let sources = [
    "env": "environment", "shared-credentials-file": "profile", "config-file": "profile",
    "assume-role": "role of profile",
    "assume-role-with-web-identity": "web identity", "sso": "sso", "custom-process": "credential_process",
    "container-role": "container", "iam-role": "imds",
  ]

  private static func scenario(_ line: Line) -> Scenario {
    var scenario = Scenario()
    scenario.environment = line.environment.merging(["HOME": "/scenario/home"]) { $1 }
    scenario.files = MemoryFiles(line.files)
    scenario.options.profile = line.profile
    scenario.processes = ShellProcessRunner()
    scenario.transport = AnsweringTransport(
      line.answers.map { answer in
        switch answer.body {
        case .text(let text): .body(text, status: answer.status ?? 200)
        }
      })
    return scenario
  }

  private static func renewed(_ scenario: Scenario) throws -> [[String: String?]] {
    try scenario.files.replaced.contents.withLock { Array($0.values) }.map { bytes in
      var token = try JSONDecoder().decode([String: String?].self, from: Data(bytes))
      token.updateValue(nil, forKey: "expiresAt")
      return token
    }
  }

  private static func shown(_ request: HTTPRequest) -> Request {
    var shown = Request(method: request.method, url: request.url, headers: [:])
    let authorization = request.headers["Authorization"]
    if let authorization, let header = try? AuthorizationHeader(parsing: authorization) {
      shown.signedBy = header.accessKeyID
      shown.scope = "\(header.scope.region)/\(header.scope.service)"
      shown.token = request.headers["X-Amz-Security-Token"]
    } else {
      shown.headers["authorization"] = authorization
    }
    for name in ["x-aws-ec2-metadata-token", "x-aws-ec2-metadata-token-ttl-seconds", "x-amz-sso_bearer_token"] {
      shown.headers[name] = request.headers[name]
    }
    if request.headers["Content-Type"] == "application/json" {
      shown.json = try? JSONDecoder().decode([String: String].self, from: Data(request.body))
    } else if !request.body.isEmpty {
      var form = URLComponents()
      form.percentEncodedQuery = String(decoding: request.body, as: UTF8.self)
      shown.form = Dictionary(uniqueKeysWithValues: (form.queryItems ?? []).map { ($0.name, $0.value ?? "") })
    }
    return shown
  }
}
