import Testing

@testable import BedrockClient

@Suite struct ClientSettingsTests {
  private func load(
    _ options: ClientSettings.Options = .init(), environment: [String: String] = [:], config: String = "",
    credentials: String = ""
  ) throws(ConfigurationError) -> ClientSettings {
    try ClientSettings.load(
      options, environment: ProcessEnvironment(environment),
      files: MemoryFiles.shared(config: config, credentials: credentials))
  }

  private let config = "[default]\nregion = eu-north-1\n[profile dev]\nregion = eu-south-1\n"

  @Test func theRegionOfTheFirstWhoStatesOne() throws {
    let both = ["AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2"]
    #expect(try load(.init(region: "eu-west-3"), environment: both, config: config).region?.name == "eu-west-3")
    #expect(try load(environment: both, config: config).region?.name == "eu-west-1")
    #expect(try load(environment: ["AWS_DEFAULT_REGION": "eu-west-2"], config: config).region?.name == "eu-west-2")
    #expect(try load(environment: ["AWS_REGION": ""], config: config).region?.name == "eu-north-1")
    #expect(try load().region == nil)
  }

  @Test func theProfileOfTheFirstWhoNamesOne() throws {
    let variables = ["AWS_PROFILE": "dev", "AWS_DEFAULT_PROFILE": "default"]
    #expect(try load(environment: variables, config: config).profileName == "dev")
    #expect(try load(.init(profile: "default"), environment: variables, config: config).profileName == "default")
    #expect(try load(environment: ["AWS_DEFAULT_PROFILE": "dev"], config: config).region?.name == "eu-south-1")
    #expect(try load(config: config).profileName == "default")
  }

  @Test func aNamedProfileMustExist() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try load(environment: ["AWS_PROFILE": "prod"], config: config)
    }
    #expect(error.message == "the profile `prod` is not in the shared config or credentials file")
    #expect(try load(environment: ["AWS_PROFILE": "default"]).profile == nil)
  }

  @Test func filesMayBeElsewhere() throws {
    var files = MemoryFiles([
      "/etc/aws": "[default]\nregion = eu-west-1\n", "/home/user/keys": "[default]\nca_bundle = ~/ca.pem\n",
    ])
    files.home = "/home/user"
    let settings = try ClientSettings.load(
      environment: ProcessEnvironment(["AWS_CONFIG_FILE": "/etc/aws", "AWS_SHARED_CREDENTIALS_FILE": "~/keys"]),
      files: files)
    #expect(settings.region?.name == "eu-west-1")
    #expect(settings.caBundle == "/home/user/ca.pem")
  }

  @Test func retrySettings() throws {
    let config = "[default]\nmax_attempts = 7\nretry_mode = Standard\n"
    #expect(try load(config: config).maxAttempts == 7)
    #expect(try load(config: config).retryMode == "standard")
    #expect(
      try load(environment: ["AWS_MAX_ATTEMPTS": "2", "AWS_RETRY_MODE": "adaptive"], config: config).maxAttempts == 2)
    #expect(try load().maxAttempts == nil)
    #expect(try load().retryMode == nil)
  }

  @Test(arguments: [
    ["AWS_MAX_ATTEMPTS": "0"], ["AWS_MAX_ATTEMPTS": "three"], ["AWS_RETRY_MODE": "never"],
    ["AWS_USE_FIPS_ENDPOINT": "yes"],
    ["AWS_USE_DUALSTACK_ENDPOINT": "1"], ["AWS_REGION": "eu/west"], ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "ja"],
  ])
  func aSettingThatMeansNothingIsAnError(_ environment: [String: String]) {
    #expect(throws: ConfigurationError.self) { try load(environment: environment) }
  }

  @Test func theErrorNamesTheVariableOrTheProperty() throws {
    let variable = try #require(throws: ConfigurationError.self) {
      try load(environment: ["AWS_USE_FIPS_ENDPOINT": "yes"])
    }
    #expect(variable.message == "AWS_USE_FIPS_ENDPOINT cannot be `yes`")
    #expect(variable.help == "use `true` or `false`")
    let property = try #require(throws: ConfigurationError.self) {
      try load(config: "[default]\nuse_fips_endpoint = yes\n")
    }
    #expect(property.message == "`use_fips_endpoint` of the profile cannot be `yes`")
  }

  @Test func aCustomURLWithAVariantIsTheSDKsError() throws {
    let url = ["AWS_ENDPOINT_URL": "http://localhost:1", "AWS_REGION": "eu-west-1"]
    let fips = try load(environment: url.merging(["AWS_USE_FIPS_ENDPOINT": "true"]) { $1 })
    #expect(throws: ConfigurationError.self) { try fips.endpoint(.bedrock) }
    let region = try load(.init(region: "fips-eu-west-1"), environment: url)
    let error = try #require(throws: ConfigurationError.self) { try region.endpoint(.bedrock) }
    #expect(error.message == "Invalid Configuration: FIPS and custom endpoint are not supported")
  }

  @Test func theOptionsURLIsForBedrockAlone() throws {
    let settings = try load(.init(region: "eu-west-1", endpointURL: "http://localhost:1"))
    #expect(try settings.endpoint(.bedrock).url == "http://localhost:1")
    #expect(try settings.endpoint(.sts).url == "https://sts.eu-west-1.amazonaws.com")
  }

  @Test func anErrorHidesWhatAURLMayHold() throws {
    let settings = try load(.init(region: "eu-west-1", endpointURL: "https://user:canary@host/?canary"))
    let error = try #require(throws: ConfigurationError.self) { try settings.endpoint(.bedrock) }
    #expect(!"\(error)".contains("canary"))
  }

  @Test func nothingSecretIsShown() throws {
    let settings = try load(
      environment: ["AWS_SECRET_ACCESS_KEY": "canary"], credentials: "[default]\naws_secret_access_key = canary\n")
    var dumped = ""
    dump(settings, to: &dumped)
    #expect(!dumped.contains("canary"))
    #expect(!"\(settings)".contains("canary"))
    #expect(!String(reflecting: settings).contains("canary"))
  }
}
