#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What signs a request: a key pair, and the session token of temporary credentials.
///
/// However it is printed, dumped or reflected, it shows the last four characters of the key id and nothing secret.
public struct AWSCredentials: Sendable {
  /// The access key id. Not a secret, but shown by its last four characters only.
  public var accessKeyID: String
  /// The secret access key.
  public var secretAccessKey: String
  /// The session token of temporary credentials, sent as `X-Amz-Security-Token`.
  public var sessionToken: String?
  /// When temporary credentials end; nil for those that do not.
  public var expiration: Date?
  /// The 12 digits of the account, where the source of the credentials states it.
  public var accountID: String?

  /// Credentials of these parts.
  public init(
    accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiration: Date? = nil,
    accountID: String? = nil
  ) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.expiration = expiration
    self.accountID = accountID
  }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The last four characters of the key id, after an ellipsis.
  public var shownKeyID: String { "…" + String(decoding: accessKeyID.utf8.suffix(4), as: UTF8.self) }

  /// The shown key id alone.
  public var description: String { "credentials of key \(shownKeyID)" }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// The shown key id alone, so that `dump` and debuggers find no secret.
  public var customMirror: Mirror { Mirror(self, children: ["accessKeyID": shownKeyID]) }
}
