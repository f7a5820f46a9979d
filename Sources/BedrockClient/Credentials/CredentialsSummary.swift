#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What may be told of credentials: where they come from, the end of the key id, when they expire, and whose they are.
public struct CredentialsSummary: Sendable, Equatable {
  /// The source, as users know it.
  public let source: String
  /// The last four characters of the access key id; fewer than half of one that is shorter than eight.
  public let keyIDSuffix: String
  /// When they end, in UTC as `2026-11-24T23:12:39Z`; nil for lasting ones.
  public let expiration: String?
  /// The 12 digits of the account, where it is known.
  public let account: String?

  /// The summary of credentials; `account` is what STS says of them, and goes before what their source states.
  public init(_ resolved: ResolvedCredentials, account: String? = nil) {
    let credentials = resolved.credentials
    let bytes = credentials.accessKeyID.utf8
    source = resolved.source
    keyIDSuffix = String(decoding: bytes.suffix(min(4, bytes.count / 2)), as: UTF8.self)
    expiration = credentials.expiration?.formatted(Date.ISO8601FormatStyle())
    self.account = account ?? credentials.accountID
  }
}
