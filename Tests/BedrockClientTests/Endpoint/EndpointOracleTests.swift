import Testing

@testable import BedrockClient

/// Endpoints against botocore's, on the committed files. Tests/Oracles/endpoints/generate.py makes them.
@Suite struct EndpointOracleTests {
  struct Rule: Decodable {
    var service: String
    var region: String
    var fips: Bool
    var dualStack: Bool
    var customURL: String?
    var url: String?
    var message: String?
  }

  @Test func everyRegionAndVariantIsWhereTheRuleSetsSay() throws {
    let rules = try OracleFile.lines("endpoints/rules.jsonl", as: Rule.self)
    #expect(rules.count > 1000)
    for rule in rules {
      let service = try #require(EndpointService(rawValue: rule.service))
      let resolver = EndpointResolver(usesFIPS: rule.fips, usesDualStack: rule.dualStack)
      let result = Result { () throws(ConfigurationError) in
        try resolver.endpoint(service, in: Region(rule.region), customURL: rule.customURL)
      }
      switch result {
      case .success(let endpoint): #expect(endpoint.url == rule.url, "\(rule)")
      case .failure(let error): #expect(rule.message.map { $0.contains(error.message) } == true, "\(rule) \(error)")
      }
    }
  }

  struct Settings: Decodable {
    var config: String
    var environment: [String: String]
    var region: String?
    var service: String?
    var endpointURL: String?
    var url: String?
    var error: String?
  }

  @Test func settingsLeadWhereBotocoreGoes() throws {
    let cases = try OracleFile.lines("endpoints/settings.jsonl", as: Settings.self)
    #expect(cases.count > 50)
    for expected in cases {
      let result = Result { () throws(ConfigurationError) in
        let settings = try ClientSettings.load(
          .init(region: expected.region, endpointURL: expected.endpointURL),
          environment: ProcessEnvironment(expected.environment), files: MemoryFiles.shared(config: expected.config))
        return try settings.endpoint(EndpointService(rawValue: expected.service ?? "bedrock") ?? .bedrock).url
      }
      switch result {
      case .success(let url): #expect(url == expected.url, "\(expected)")
      case .failure(let error): #expect(expected.error != nil, "\(expected) \(error)")
      }
    }
  }
}
