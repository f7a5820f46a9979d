/// The credentials of the role of an EC2 instance, by version 2 of its metadata service.
struct InstanceMetadataCredentials: CredentialsSource {
  let surroundings: CredentialsSurroundings
  let profile: ConfigurationSection?

  var name: String { "imds" }

  private static let rolePath = "/latest/meta-data/iam/security-credentials/"
  private static let tokenPath = "/latest/api/token"

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    let settings = try self.settings()
    guard !settings.isDisabled else { throw failure(.notConfigured, "AWS_EC2_METADATA_DISABLED is set") }
    let token = try await self.token(settings)
    let role = try await self.role(settings, token)
    let body = try await get(Self.rolePath + PercentEncoding.component(role), settings, token)
    return try credentials(body)
  }

  private func settings() throws(CredentialsError) -> InstanceMetadataSettings {
    do throws(ConfigurationError) {
      return try InstanceMetadataSettings(surroundings.environment, profile)
    } catch {
      throw failure(error)
    }
  }

  /// A session token, or nil where the service has none and may be asked without.
  private func token(_ settings: InstanceMetadataSettings) async throws(CredentialsError) -> String? {
    var headers = HTTPHeaders()
    headers["X-aws-ec2-metadata-token-ttl-seconds"] = "21600"
    let response = try await send("PUT", Self.tokenPath, headers, settings)
    switch response.status {
    case 200:
      guard let token = text(response.body) else { throw unreadable }
      return token
    case 403, 404, 405:
      guard settings.allowsVersion1 else {
        throw failure(.notConfigured, "the service gives no session token, and version 1 of it is disabled")
      }
      return nil
    default: throw failure(.notConfigured, "the service answered with status \(response.status)")
    }
  }

  private func role(_ settings: InstanceMetadataSettings, _ token: String?) async throws(CredentialsError) -> String {
    let body = try await get(Self.rolePath, settings, token)
    let first = body.split(whereSeparator: { $0 == 10 || $0 == 13 }).first ?? []
    guard let role = text(Array(first)), role.utf8.count <= 256 else { throw unreadable }
    return role
  }

  private func get(
    _ path: String, _ settings: InstanceMetadataSettings, _ token: String?
  ) async throws(CredentialsError) -> [UInt8] {
    var headers = HTTPHeaders()
    headers["X-aws-ec2-metadata-token"] = token
    let response = try await send("GET", path, headers, settings)
    guard response.status == 200 else {
      throw failure(.notConfigured, "the instance has no role, or the service answered with status \(response.status)")
    }
    return response.body
  }

  private func send(
    _ method: String, _ path: String, _ headers: HTTPHeaders, _ settings: InstanceMetadataSettings
  ) async throws(CredentialsError) -> HTTPResponse {
    let url = settings.endpoint
    let request = HTTPRequest(
      method: method, scheme: url.scheme, host: url.host, port: url.port, path: url.basePath + path, headers: headers)
    let limits = TransferLimits(
      connectTimeout: settings.timeout, timeout: settings.timeout, maximumResponseSize: 64 << 10)
    let response = await MetadataRetry(attempts: settings.attempts, pause: .milliseconds(100), time: surroundings.time)
      .send(request, by: surroundings.metadataTransport, limits: limits, retriesFailures: false)
    guard let response else { throw failure(.notConfigured, "no instance metadata service answers") }
    return response
  }

  private func credentials(_ body: [UInt8]) throws(CredentialsError) -> AWSCredentials {
    guard let reply = CredentialsReply.decode(CredentialsReply.Keys.self, body) else { throw unreadable }
    guard let keyID = reply.accessKeyID, let secret = reply.secretAccessKey, let token = reply.token,
      let expiration = try Timestamp.expiration(reply.expiration, of: self)
    else { throw failure(.notConfigured, "the service has no credentials for the role of the instance") }
    return AWSCredentials(
      accessKeyID: keyID, secretAccessKey: secret, sessionToken: token, expiration: expiration,
      accountID: reply.accountID)
  }

  private var unreadable: CredentialsError { failure(.unavailable, "the answer of the service cannot be read") }

  /// A line of printable ASCII.
  private func text(_ body: [UInt8]) -> String? {
    let text = ASCII.trimmed(String(decoding: body, as: UTF8.self))
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) || $0 == 0x20 }) else { return nil }
    return text
  }
}
