/// The three calls of the Security Token Service that the client makes (AWS STS API Reference, version 2011-06-15).
public struct STSClient: Sendable {
  private let endpoint: Endpoint
  private let transport: any HTTPTransport
  private let time: any TimeSource

  private static let limits = TransferLimits(
    connectTimeout: .seconds(10), timeout: .seconds(30), maximumResponseSize: 256 << 10)

  /// A client of that endpoint.
  public init(endpoint: Endpoint, transport: any HTTPTransport, time: any TimeSource) {
    self.endpoint = endpoint
    self.transport = transport
    self.time = time
  }

  /// Whose credentials these are. Needs no permission.
  public func callerIdentity(of credentials: AWSCredentials) async throws(STSError) -> CallerIdentity {
    let result = try await call("GetCallerIdentity", [], signedWith: credentials)
    guard let account = result.text("Account"), let arn = result.text("Arn"), let userID = result.text("UserId"),
      account.utf8.count == 12, account.utf8.allSatisfy(ASCII.isDigit)
    else { throw Self.unreadable }
    return CallerIdentity(account: account, arn: arn, userID: userID)
  }

  /// The credentials of a role, for those who have `credentials`.
  func assumeRole(
    _ role: RoleParameters, with credentials: AWSCredentials
  ) async throws(STSError) -> AWSCredentials {
    try Self.credentials(await call("AssumeRole", role.items, signedWith: credentials))
  }

  /// The credentials of a role, for those who have a token of an identity provider. Not signed.
  func assumeRole(_ role: RoleParameters, webIdentityToken token: String) async throws(STSError) -> AWSCredentials {
    let items = role.items + [("WebIdentityToken", token)]
    return try Self.credentials(await call("AssumeRoleWithWebIdentity", items, signedWith: nil))
  }

  private func call(
    _ action: String, _ items: [(name: String, value: String)], signedWith credentials: AWSCredentials?
  ) async throws(STSError) -> XMLElement {
    let request = request(action, items)
    let response = await STSRetry(time: time).run {
      let signed = credentials.map { signer.sign(request, with: $0, at: time.date) } ?? request
      return try? await transport.send(signed, limits: Self.limits)
    }
    guard let response else { throw STSError(reason: .unavailable, message: "STS does not answer") }
    guard response.status == 200 else { throw STSReply.error(response) }
    guard let result = XMLElement.parse(response.body)?["\(action)Result"] else { throw Self.unreadable }
    return result
  }

  private var signer: SigV4Signer { SigV4Signer(region: endpoint.signingRegion.name, service: "sts") }

  private func request(_ action: String, _ items: [(name: String, value: String)]) -> HTTPRequest {
    let form = [("Action", action), ("Version", "2011-06-15")] + items
    var request = HTTPRequest(
      method: "POST", scheme: endpoint.scheme, host: endpoint.host, port: endpoint.port, path: endpoint.basePath + "/",
      body: Array(PercentEncoding.query(form).utf8))
    request.headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
    return request
  }

  private static func credentials(_ result: XMLElement) throws(STSError) -> AWSCredentials {
    guard let keyID = result.text("Credentials", "AccessKeyId"),
      let secret = result.text("Credentials", "SecretAccessKey"),
      let token = result.text("Credentials", "SessionToken"),
      let expiration = result.text("Credentials", "Expiration").flatMap(Timestamp.date)
    else { throw unreadable }
    return AWSCredentials(
      accessKeyID: keyID, secretAccessKey: secret, sessionToken: token, expiration: expiration,
      accountID: result.text("AssumedRoleUser", "Arn").flatMap(STSReply.account))
  }

  private static var unreadable: STSError {
    STSError(reason: .unavailable, message: "the answer of STS cannot be read")
  }
}
