/// The endpoint URLs that the environment and the profile state.
///
/// In order: `AWS_ENDPOINT_URL_{SERVICE}`, `AWS_ENDPOINT_URL`, `endpoint_url` of the service in the `services` section
/// that the profile names, `endpoint_url` of the profile (AWS SDKs and Tools Reference Guide, "Service-specific endpoints").
struct ConfiguredEndpointURLs: Sendable {
  private let environment: ProcessEnvironment
  private let profile: ConfigurationSection?
  private let shared: SharedConfiguration
  /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` or `ignore_configured_endpoint_urls`.
  private let isIgnored: Bool

  init(_ reader: SettingReader, _ shared: SharedConfiguration) throws(ConfigurationError) {
    environment = reader.environment
    profile = reader.profile
    self.shared = shared
    isIgnored = try reader.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")
  }

  /// The URL for a service, or nil. Throws where the profile names a `services` section that is not there.
  func url(_ service: EndpointService) throws(ConfigurationError) -> String? {
    if isIgnored { return nil }
    let name = service.settingName
    if let url = environment["AWS_ENDPOINT_URL_\(name.uppercased())"] ?? environment["AWS_ENDPOINT_URL"] { return url }
    return try servicesURL(name) ?? profile?.nonEmpty("endpoint_url")
  }

  private func servicesURL(_ service: String) throws(ConfigurationError) -> String? {
    guard let name = profile?.nonEmpty("services") else { return nil }
    guard let section = shared.services(name) else {
      throw ConfigurationError(
        "the profile names the services section \(ShownValue(name)), which is not in the shared config file",
        help: "add that section, or take `services` out of the profile")
    }
    guard let url = section.nested("endpoint_url", within: service), !url.isEmpty else { return nil }
    return url
  }
}
