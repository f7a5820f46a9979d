/// A source of credentials: the environment, a profile, a role, a metadata service, or a chain of them.
public protocol CredentialsProvider: Sendable {
  /// Credentials that are valid now. A provider of temporary ones refreshes them before they expire.
  func credentials() async throws(CredentialsError) -> AWSCredentials
}

/// Always the same credentials.
public struct StaticCredentialsProvider: CredentialsProvider {
  private let value: AWSCredentials

  /// A provider that answers with `credentials`.
  public init(_ credentials: AWSCredentials) { value = credentials }

  /// The credentials it was made with.
  public func credentials() async throws(CredentialsError) -> AWSCredentials { value }
}
