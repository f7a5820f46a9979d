#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The credentials of a role of IAM Identity Center (its Portal API Reference, GetRoleCredentials).
///
/// The token is the one that `aws sso login` left. One that is renewed goes to the same place, where the SDKs look for it:
/// the one before it may count no more.
struct SSOCredentials: CredentialsSource {
  let profileName: String
  let settings: ClientSettings
  let section: ConfigurationSection?
  let surroundings: CredentialsSurroundings

  var name: String { "sso of profile \(ShownValue(profileName))" }

  private static let maxTokenBytes = 256 << 10
  private static let limits = TransferLimits(
    connectTimeout: .seconds(10), timeout: .seconds(30), maximumResponseSize: 64 << 10)

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    let sso: SSOSettings?
    do throws(ConfigurationError) {
      sso = try SSOSettings.find(section, settings.shared)
    } catch {
      throw failure(error)
    }
    guard let sso else { throw notConfigured }
    let request = try request(sso, await token(sso))
    let response = await MetadataRetry(attempts: 3, pause: .milliseconds(500), time: surroundings.time)
      .send(request, by: surroundings.transport, limits: Self.limits, retriesFailures: true)
    guard let response else { throw failure(.unavailable, "the portal of IAM Identity Center does not answer") }
    return try credentials(response, sso)
  }

  private func token(_ sso: SSOSettings) async throws(CredentialsError) -> String {
    let path = SSOToken.path(sso, surroundings.files, surroundings.environment)
    let token = try token(at: path)
    let renewal = SSOTokenRenewal(session: sso, settings: settings, surroundings: surroundings)
    if let renewed = await renewal.renewed(token) {
      // One that cannot be kept serves this time, and the next one asks again.
      try? surroundings.files.replace(path, with: renewed.bytes)
      return renewed.accessToken
    }
    guard let expiration = token.expiration, expiration > surroundings.time.date else {
      throw failure(.refused, "the session of IAM Identity Center has expired", help: login)
    }
    return token.accessToken
  }

  private func token(at path: String) throws(CredentialsError) -> SSOToken {
    let bytes: [UInt8]
    do throws(LocalFileError) {
      bytes = try surroundings.files.read(path, maxBytes: Self.maxTokenBytes)
    } catch {
      throw failure(
        .unavailable, "the token of the session cannot be read from \(ShownValue(path)): \(error)", help: login)
    }
    guard let token = CredentialsReply.decode(SSOToken.self, bytes), token.expiration != nil else {
      throw failure(.unavailable, "\(ShownValue(path)) holds no token of a session", help: login)
    }
    guard token.isSendable else {
      throw failure(.unavailable, "\(ShownValue(path)) holds a token that no header can carry", help: login)
    }
    return token
  }

  private func request(_ sso: SSOSettings, _ token: String) throws(CredentialsError) -> HTTPRequest {
    let endpoint: Endpoint
    do throws(ConfigurationError) {
      endpoint = try settings.endpoint(.sso, in: sso.region)
    } catch {
      throw failure(error)
    }
    var request = HTTPRequest(
      method: "GET", scheme: endpoint.scheme, host: endpoint.host, port: endpoint.port,
      path: endpoint.basePath + "/federation/credentials",
      query: PercentEncoding.query([("role_name", sso.roleName), ("account_id", sso.accountID)]))
    request.headers["x-amz-sso_bearer_token"] = token
    return request
  }

  private func credentials(_ response: HTTPResponse, _ sso: SSOSettings) throws(CredentialsError) -> AWSCredentials {
    switch response.status {
    case 200: break
    case 401: throw failure(.refused, "the session of IAM Identity Center is not accepted any more", help: login)
    case 400..<500:
      throw failure(
        .refused, "the portal answered with status \(response.status)",
        help: "see whether the account and the role of the profile are yours")
    default: throw failure(.unavailable, "the portal answered with status \(response.status)")
    }
    guard let keys = CredentialsReply.decode(Reply.self, response.body)?.roleCredentials else {
      throw failure(.unavailable, "the portal answered with something else than credentials")
    }
    return AWSCredentials(
      accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken,
      expiration: Date(timeIntervalSince1970: Double(keys.expiration) / 1000), accountID: sso.accountID)
  }

  private var login: String { "run `aws sso login --profile …` for \(ShownValue(profileName))" }

  private struct Reply: Decodable {
    struct Keys: Decodable {
      let accessKeyId: String
      let secretAccessKey: String
      let sessionToken: String
      /// In milliseconds since 1970.
      let expiration: Int64
    }

    let roleCredentials: Keys
  }
}
