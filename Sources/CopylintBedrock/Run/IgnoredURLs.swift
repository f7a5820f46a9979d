import BedrockClient

/// Whether SDKs pass over the URLs of services that variables and profiles state (`AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`,
/// `ignore_configured_endpoint_urls`).
///
/// A command under a gate has to heed the gate's URL, so it does not get that setting. What the setting held back is left
/// out instead: the calls of other services go where they would go without a gate.
struct IgnoredURLs: Sendable {
  /// What the variable says, which goes before profiles.
  private let variable: Bool?

  init(_ environment: ProcessEnvironment) {
    variable = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"].map(Self.isTrue)
  }

  /// Whether a program that uses the profile passes over them.
  func areAll(in profile: ConfigurationSection?) -> Bool {
    variable ?? profile?["ignore_configured_endpoint_urls"].map(Self.isTrue) ?? false
  }

  private static func isTrue(_ text: String) -> Bool {
    text.utf8.count == 4 && zip(text.utf8, "true".utf8).allSatisfy { $0 | 0x20 == $1 }
  }
}
