/// One place that credentials come from, asked anew each time.
///
/// A source that is not set up throws `.notConfigured`, on which a chain goes on; any other error stops it, because
/// going on would use credentials that nobody asked for.
protocol CredentialsSource: Sendable {
  /// The source, as users know it.
  var name: String { get }

  /// Credentials as the source has them now.
  func fetch() async throws(CredentialsError) -> AWSCredentials
}

extension CredentialsSource {
  /// An error of this source.
  func failure(
    _ reason: CredentialsError.Reason, _ message: String, help: String? = nil
  ) -> CredentialsError {
    CredentialsError(reason, provider: name, message: message, help: help)
  }

  /// An error of this source because of settings.
  func failure(_ error: ConfigurationError) -> CredentialsError {
    failure(.invalidConfiguration, error.description, help: error.help)
  }

  /// That this source is not set up.
  var notConfigured: CredentialsError { failure(.notConfigured, "not set up") }
}
