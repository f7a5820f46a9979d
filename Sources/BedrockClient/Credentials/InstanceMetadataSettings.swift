/// How the metadata service of an EC2 instance is reached.
struct InstanceMetadataSettings: Sendable {
  /// `AWS_EC2_METADATA_DISABLED`.
  let isDisabled: Bool
  /// Where the service is.
  let endpoint: EndpointURL
  /// Whether a service that has no session tokens may be asked without one (`AWS_EC2_METADATA_V1_DISABLED`,
  /// `ec2_metadata_v1_disabled`).
  let allowsVersion1: Bool
  /// How many attempts each request has (`AWS_METADATA_SERVICE_NUM_ATTEMPTS`, `metadata_service_num_attempts`).
  let attempts: Int
  /// How long each may take (`AWS_METADATA_SERVICE_TIMEOUT`, `metadata_service_timeout`, in seconds).
  let timeout: Duration

  private static let defaultAttempts = 3
  private static let defaultSeconds = 1

  /// Reads the settings. Throws ``ConfigurationError`` for those that cannot be used.
  init(_ environment: ProcessEnvironment, _ profile: ConfigurationSection?) throws(ConfigurationError) {
    let reader = SettingReader(environment: environment, profile: profile)
    isDisabled = ASCII.same(ASCII.lowercase(environment["AWS_EC2_METADATA_DISABLED"] ?? ""), "true")
    allowsVersion1 = try !reader.flag("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled")
    let attempts = try reader.positive("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts")
    self.attempts = min(attempts ?? Self.defaultAttempts, 10)
    let seconds = try reader.positive("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout")
    timeout = .seconds(min(seconds ?? Self.defaultSeconds, 60))
    endpoint = try Self.endpoint(reader)
  }

  private static func endpoint(_ reader: SettingReader) throws(ConfigurationError) -> EndpointURL {
    let mode = try reader.choice(
      "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode", of: ["ipv4", "ipv6"])
    let address = mode.map { ASCII.same($0, "ipv6") } == true ? "[fd00:ec2::254]" : "169.254.169.254"
    let stated = reader.text("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
    guard let url = EndpointURL(stated ?? "http://\(address)"), url.query.isEmpty else {
      throw ConfigurationError(
        "the endpoint of the instance metadata service is not a URL: \(ShownValue.url(stated ?? ""))")
    }
    return url
  }
}
