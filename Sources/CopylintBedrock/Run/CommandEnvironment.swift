import Copylint

/// The environment of a command under a gate: its SDKs call Bedrock at the gate, and find no credentials but the gate's.
///
/// SDKs ask for credentials in an order in which inherited keys, roles, tokens and files go before whatever else is
/// offered (AWS SDKs and Tools Reference Guide, "Credential provider chain"). So all of those are withdrawn, and the two
/// shared files are replaced. Everything else passes through, byte for byte.
package struct CommandEnvironment: Sendable {
  /// Where the gate listens on 127.0.0.1.
  package var port: Int
  /// The path of the config file that stands for the user's.
  package var configFile: ByteString
  /// The path of an empty file that stands for the user's credentials file.
  package var credentialsFile: ByteString
  /// What the command line states, and the command is to know too: the profile, the Region.
  package var stated: [EnvironmentVariable]
  /// Whether the command's SDKs would pass over the URLs of services that variables state.
  package var ignoresURLs = false

  package init(
    port: Int, configFile: ByteString, credentialsFile: ByteString, stated: [EnvironmentVariable] = []
  ) {
    (self.port, self.configFile, self.credentialsFile, self.stated) = (port, configFile, credentialsFile, stated)
  }

  /// The command's variables, those that were inherited first.
  package func variables(inherited: [EnvironmentVariable]) -> [EnvironmentVariable] {
    let set = settings(inherited)
    let names = Set(set.map(\.name))
    return inherited.filter { !names.contains($0.name) && !isLeftOut($0.name) } + set
  }

  private func settings(_ inherited: [EnvironmentVariable]) -> [EnvironmentVariable] {
    let gate = [
      EnvironmentVariable("AWS_ENDPOINT_URL_BEDROCK", ByteString("http://127.0.0.1:\(port)")),
      EnvironmentVariable("AWS_CONFIG_FILE", configFile),
      EnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", credentialsFile),
    ]
    return gate + stated + ProxyExceptions(inherited).withLoopback
  }

  private func isLeftOut(_ name: ByteString) -> Bool {
    Self.isWithdrawn(name) || ignoresURLs && name.starts(with: "AWS_ENDPOINT_URL")
  }

  /// Whether a variable would have an SDK sign with something else than the gate's credentials, or pass the gate by.
  private static func isWithdrawn(_ name: ByteString) -> Bool {
    withdrawn.contains(name) || name.starts(with: "AWS_CONTAINER_")
  }

  /// The names of what is withdrawn, sorted.
  package static var withdrawnNames: [ByteString] { withdrawn.sorted() }

  private static let withdrawn: Set<ByteString> = [
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION", "AWS_ACCOUNT_ID", "AWS_CREDENTIAL_FILE",
    // The older names of the same, which the SDKs for Ruby, Java and Go still read.
    "AWS_ACCESS_KEY", "AWS_SECRET_KEY", "AMAZON_ACCESS_KEY_ID", "AMAZON_SECRET_ACCESS_KEY", "AMAZON_SESSION_TOKEN",
    "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    // A token replaces the signature that the gate verifies, and so does a preference for tokens.
    "AWS_BEARER_TOKEN_BEDROCK", "AWS_AUTH_SCHEME_PREFERENCE",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  ]
}
