import Foundation
import Testing

@testable import BedrockClient

/// Shared files as botocore reads them. Tests/Oracles/credentials/files.py makes the lines.
@Suite struct SharedFilesOracleTests {
  enum Value: Decodable, Equatable {
    case text(String)
    case nested([String: String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .nested(try container.decode([String: String].self))
      }
    }

    init(_ property: ConfigurationProperty) {
      self = property.nested.isEmpty ? .text(property.value) : .nested(property.nested)
    }
  }

  struct Line: Decodable {
    var config: String
    var credentials: String
    var profiles: [String: [String: Value]]?
    var ssoSessions: [String: [String: Value]]?
    var services: [String: [String: Value]]?
    var error: Bool?
  }

  @Test func filesMeanWhatTheyMeanToBotocore() throws {
    for line in try OracleFile.lines("credentials/files.jsonl", as: Line.self) {
      let result = Result { () throws(ConfigurationError) in
        try SharedConfiguration.load(
          MemoryFiles.shared(config: line.config, credentials: line.credentials), ProcessEnvironment([:]))
      }
      switch result {
      case .failure(let error): #expect(line.error == true, "\(line) \(error)")
      case .success(let shared):
        #expect(line.error == nil, "\(line)")
        #expect(values(shared.profileNames, shared.profile) == line.profiles, "\(line)")
        #expect(values(shared.ssoSessionNames, shared.ssoSession) == line.ssoSessions, "\(line)")
        for (name, section) in line.services ?? [:] { #expect(shared.services(name).map(values) == section, "\(line)") }
      }
    }
  }

  private func values(
    _ names: [String], _ section: (String) -> ConfigurationSection?
  ) -> [String: [String: Value]] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, section($0).map(values) ?? [:]) })
  }

  private func values(_ section: ConfigurationSection) -> [String: Value] { section.properties.mapValues(Value.init) }
}
