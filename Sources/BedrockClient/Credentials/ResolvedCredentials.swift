/// Credentials, and where they come from.
public struct ResolvedCredentials: Sendable {
  /// The source, as users know it: `environment`, ``profile `dev` ``, `container`, `imds`…
  public let source: String
  /// The credentials.
  public let credentials: AWSCredentials
}
