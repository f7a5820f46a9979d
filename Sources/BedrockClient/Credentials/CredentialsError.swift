/// Why there are no credentials. It never holds a secret.
public struct CredentialsError: Error, Sendable, Hashable {
  /// The kind of failure.
  public enum Reason: Sendable, Hashable {
    /// This source is not set up here; a chain goes on to the next one.
    case notConfigured
    /// It is set up, but wrongly; a chain stops.
    case invalidConfiguration
    /// The source answered, and said no.
    case refused
    /// The source did not answer, or not in time, or not with something readable.
    case unavailable
  }

  /// The `provider` of the error that no source of a chain is set up.
  public static let anySource = "credentials"

  /// The kind of failure.
  public var reason: Reason
  /// The source, as users know it: `environment`, `profile dev`, `container`, `imds`…
  public var provider: String
  /// What is wrong: lowercase, no full stop, the user's values in backticks and escaped.
  public var message: String
  /// What to do next.
  public var help: String?

  /// An error of these parts.
  public init(_ reason: Reason, provider: String, message: String, help: String? = nil) {
    self.reason = reason
    self.provider = provider
    self.message = message
    self.help = help
  }
}

extension CredentialsError: CustomStringConvertible {
  /// The source and what is wrong; the message alone where no source is to blame.
  public var description: String { provider == Self.anySource ? message : "\(provider): \(message)" }
}
