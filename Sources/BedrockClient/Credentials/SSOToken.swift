#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The token of a session of IAM Identity Center, as `aws sso login` leaves it in `~/.aws/sso/cache`.
struct SSOToken: Codable, Equatable {
  var accessToken: String
  var expiresAt: String
  var startUrl: String?
  var region: String?
  /// What a new token is asked for with; there where the login was that of an `sso-session`.
  var refreshToken: String?
  var clientId: String?
  var clientSecret: String?
  var registrationExpiresAt: String?

  /// When it ends; nil where the cache says something else than a date.
  var expiration: Date? { Timestamp.date(expiresAt) }

  /// Whether a header can carry it.
  var isSendable: Bool { !accessToken.isEmpty && accessToken.utf8.allSatisfy { (0x21...0x7E).contains($0) } }

  /// The file of the cache as the SDKs write it.
  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts alone: there is nothing in them that could not be encoded.
    return (try? encoder.encode(self)).map(Array.init) ?? []
  }

  /// The path of the cache file of a session: the SHA-1 of its name, or of the start URL where there is no session.
  static func path(_ settings: SSOSettings, _ files: any LocalFiles, _ environment: ProcessEnvironment) -> String {
    let key = Digest.hexadecimal(Digest.sha1(Array((settings.sessionName ?? settings.startURL).utf8)))
    return files.expanded("~/.aws/sso/cache/\(key).json", environment)
  }
}
