/// What an option, an environment variable or a profile says of how services are called.
///
/// An option wins over the environment, and the environment over the profile.
public struct ClientSettings: Sendable {
  /// What the caller states.
  public struct Options: Sendable {
    /// The profile; nil leaves it to `AWS_PROFILE`, `AWS_DEFAULT_PROFILE` and `default`.
    public var profile: String?
    /// The Region.
    public var region: String?
    /// The URL of Bedrock.
    public var endpointURL: String?

    /// These options.
    public init(profile: String? = nil, region: String? = nil, endpointURL: String? = nil) {
      self.profile = profile
      self.region = region
      self.endpointURL = endpointURL
    }
  }

  /// The name of the profile in force.
  public let profileName: String
  /// The profile in force; nil where nobody named one and there is no `default`.
  public let profile: ConfigurationSection?
  /// The Region, or nil where nothing states one.
  public let region: Region?
  /// The file of certificates that servers are verified with, in PEM (`AWS_CA_BUNDLE`, `ca_bundle`).
  public let caBundle: String?
  /// How many attempts a call has, the first one included (`AWS_MAX_ATTEMPTS`, `max_attempts`).
  public let maxAttempts: Int?
  /// The retry mode (`AWS_RETRY_MODE`, `retry_mode`).
  public let retryMode: String?
  /// Where services are.
  public let endpoints: EndpointResolver
  /// The shared files.
  let shared: SharedConfiguration
  /// Whether an option named the profile: then the environment's credentials are left out, as botocore does.
  let isProfileExplicit: Bool

  private let configuredURLs: ConfiguredEndpointURLs
  private let bedrockURL: String?

  /// Reads the shared files and resolves the settings. Throws ``ConfigurationError`` for what cannot be used, and
  /// for a profile that was named and is not there.
  public static func load(
    _ options: Options = Options(), environment: ProcessEnvironment, files: any LocalFiles
  ) throws(ConfigurationError) -> ClientSettings {
    let shared = try SharedConfiguration.load(files, environment)
    return try ClientSettings(options, environment, shared, files)
  }

  private init(
    _ options: Options, _ environment: ProcessEnvironment, _ shared: SharedConfiguration, _ files: any LocalFiles
  ) throws(ConfigurationError) {
    let selection = try ProfileSelection(options.profile, environment, shared)
    let reader = SettingReader(environment: environment, profile: selection.profile)
    self.shared = shared
    profileName = selection.name
    profile = selection.profile
    isProfileExplicit = options.profile != nil
    region = try reader.region(option: options.region)
    caBundle = reader.text("AWS_CA_BUNDLE", "ca_bundle").map { files.expanded($0, environment) }
    maxAttempts = try reader.positive("AWS_MAX_ATTEMPTS", "max_attempts")
    retryMode = try reader.choice("AWS_RETRY_MODE", "retry_mode", of: ["legacy", "standard", "adaptive"])
    endpoints = EndpointResolver(
      usesFIPS: try reader.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"),
      usesDualStack: try reader.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"))
    bedrockURL = options.endpointURL
    configuredURLs = try ConfiguredEndpointURLs(reader, shared)
  }

  /// The endpoint of a service: at the option's URL (Bedrock only), at a configured one, or where the service is in
  /// `region`, which defaults to the settings' own.
  public func endpoint(
    _ service: EndpointService, in region: Region? = nil
  ) throws(ConfigurationError) -> Endpoint {
    guard let region = region ?? self.region else {
      throw ConfigurationError(
        "no Region is known", help: "use --region, AWS_REGION, or `region` in the profile \(ShownValue(profileName))")
    }
    let option = service == .bedrock ? bedrockURL : nil
    let customURL = option == nil ? try configuredURLs.url(service) : option
    return try endpoints.endpoint(service, in: region, customURL: customURL)
  }
}
