#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The token that `aws sso login` leaves in `~/.aws/sso/cache`.
struct SSOToken: Decodable {
  let accessToken: String
  private let expiresAt: String

  /// When it ends; nil where the cache says something else than a date.
  var expiration: Date? { Timestamp.date(expiresAt) }

  /// The path of the cache file of a session: the SHA-1 of its name, or of the start URL where there is no session.
  static func path(_ settings: SSOSettings, _ files: any LocalFiles, _ environment: ProcessEnvironment) -> String {
    let key = Digest.hexadecimal(Digest.sha1(Array((settings.sessionName ?? settings.startURL).utf8)))
    return files.expanded("~/.aws/sso/cache/\(key).json", environment)
  }
}
