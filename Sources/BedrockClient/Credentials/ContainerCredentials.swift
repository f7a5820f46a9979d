/// The credentials that Amazon ECS, Amazon EKS (Pod Identity) and AWS IoT Greengrass give to a container.
struct ContainerCredentials: CredentialsSource {
  let surroundings: CredentialsSurroundings

  var name: String { "container" }

  /// As botocore has it: 2 s, 3 attempts, 1 s between them.
  private static let limits = TransferLimits(
    connectTimeout: .seconds(2), timeout: .seconds(2), maximumResponseSize: 64 << 10)
  private static let attempts = 3

  func fetch() async throws(CredentialsError) -> AWSCredentials {
    let request = try request()
    let response = await MetadataRetry(attempts: Self.attempts, pause: .seconds(1), time: surroundings.time)
      .send(request, by: surroundings.metadataTransport, limits: Self.limits, retriesFailures: true)
    guard let response else { throw failure(.unavailable, "the credentials endpoint does not answer") }
    guard response.status == 200 else {
      throw failure(.refused, "the credentials endpoint answered with status \(response.status)")
    }
    return try credentials(response.body)
  }

  private func request() throws(CredentialsError) -> HTTPRequest {
    let endpoint: ContainerEndpoint?
    do throws(ConfigurationError) {
      endpoint = try ContainerEndpoint.find(surroundings.environment)
    } catch {
      throw failure(error)
    }
    guard let url = endpoint?.url else { throw notConfigured }
    var request = HTTPRequest(
      method: "GET", scheme: url.scheme, host: url.host, port: url.port, path: url.path, query: url.query)
    request.headers["Accept"] = "application/json"
    request.headers["Authorization"] = try authorizationToken()
    return request
  }

  /// The token of the file, which may be renewed at any time, or else that of the variable.
  private func authorizationToken() throws(CredentialsError) -> String? {
    let token = try tokenFile() ?? surroundings.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    guard token?.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) ?? true else {
      throw failure(.invalidConfiguration, "the authorization token of the container has a control byte in it")
    }
    return token
  }

  private func tokenFile() throws(CredentialsError) -> String? {
    guard let path = surroundings.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] else { return nil }
    return try TokenFile(path: path, files: surroundings.files).read(for: self)
  }

  private func credentials(_ body: [UInt8]) throws(CredentialsError) -> AWSCredentials {
    guard let reply = CredentialsReply.decode(CredentialsReply.Keys.self, body), let keyID = reply.accessKeyID,
      let secret = reply.secretAccessKey, let token = reply.token, let expiration = reply.expiration
    else { throw failure(.unavailable, "the credentials endpoint answered with something else than credentials") }
    return AWSCredentials(
      accessKeyID: keyID, secretAccessKey: secret, sessionToken: token,
      expiration: try Timestamp.expiration(expiration, of: self), accountID: reply.accountID)
  }
}
