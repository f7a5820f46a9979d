#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Asks for a new token before the one of a session ends (its OIDC API Reference, CreateToken), as botocore's
/// `SSOTokenProvider` does: in the last 15 minutes, where the login left what that takes.
struct SSOTokenRenewal {
  let session: SSOSettings
  let settings: ClientSettings
  let surroundings: CredentialsSurroundings

  private static let window = 15.0 * 60
  /// Seconds; what lasts longer than a year is no answer.
  private static let lifetimes = 1...31_536_000
  private static let limits = TransferLimits(
    connectTimeout: .seconds(10), timeout: .seconds(30), maximumResponseSize: 64 << 10)

  /// A new token where one is due and is given. Nil where the one there is has to do: whether it still does is not looked at.
  func renewed(_ token: SSOToken) async -> SSOToken? {
    guard session.sessionName != nil, isDue(token), let request = request(token) else { return nil }
    let response = await MetadataRetry(attempts: 3, pause: .milliseconds(500), time: surroundings.time)
      .send(request, by: surroundings.transport, limits: Self.limits, retriesFailures: true)
    guard let response, response.status == 200, let reply = CredentialsReply.decode(Reply.self, response.body),
      Self.lifetimes.contains(reply.expiresIn)
    else { return nil }
    let renewed = token.renewed(by: reply, of: session, at: surroundings.time.date)
    return renewed.isSendable ? renewed : nil
  }

  private func isDue(_ token: SSOToken) -> Bool {
    let now = surroundings.time.date
    guard let expiration = token.expiration, expiration.timeIntervalSince(now) < Self.window,
      let registration = token.registrationExpiresAt.flatMap(Timestamp.date)
    else { return false }
    return registration > now
  }

  /// Nil where the token lacks what is asked with, or there is no endpoint to ask.
  private func request(_ token: SSOToken) -> HTTPRequest? {
    guard let clientID = token.clientId, let clientSecret = token.clientSecret, let refreshToken = token.refreshToken,
      let endpoint = try? settings.endpoint(.ssoOIDC, in: session.region),
      let body = try? JSONEncoder().encode([
        "grantType": "refresh_token", "clientId": clientID, "clientSecret": clientSecret, "refreshToken": refreshToken,
      ])
    else { return nil }
    var request = HTTPRequest(
      method: "POST", scheme: endpoint.scheme, host: endpoint.host, port: endpoint.port,
      path: endpoint.basePath + "/token", body: Array(body))
    request.headers["Content-Type"] = "application/json"
    return request
  }

  fileprivate struct Reply: Decodable {
    let accessToken: String
    /// In seconds.
    let expiresIn: Int
    let refreshToken: String?
  }
}

extension SSOToken {
  fileprivate func renewed(by reply: SSOTokenRenewal.Reply, of session: SSOSettings, at now: Date) -> SSOToken {
    var renewed = self
    renewed.accessToken = reply.accessToken
    renewed.expiresAt = now.addingTimeInterval(Double(reply.expiresIn)).formatted(.iso8601)
    renewed.refreshToken = reply.refreshToken
    (renewed.startUrl, renewed.region) = (session.startURL, session.region.name)
    return renewed
  }
}
