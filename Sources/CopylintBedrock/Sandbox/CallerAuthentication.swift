import BedrockClient
import Copylint

/// Who sends a request, as its signature or its bearer token says.
struct CallerAuthentication {
  let options: SandboxOptions

  /// The caller's account, and the Region that the signature is for. Throws the error that AWS answers.
  func caller(of request: ServerRequest, service: String) throws(ServiceError) -> JobOwner {
    guard let authorization = request.header("authorization") else {
      guard options.allowsUnsigned else { throw Self.error(.missingAuthentication) }
      return JobOwner(account: options.account, region: options.region)
    }
    let bytes = ByteString(authorization)
    let bearer: ByteString = "Bearer "
    if bytes.starts(with: bearer) { return try caller(bearing: ByteString(bytes.bytes.dropFirst(bearer.count))) }
    return try caller(signing: request, service: service)
  }

  private func caller(bearing token: ByteString) throws(ServiceError) -> JobOwner {
    guard let expected = options.bearerToken, token == ByteString(expected) else {
      throw ServiceError(
        .forbidden, "AccessDeniedException", "Authentication failed: Please make sure your API Key is valid.")
    }
    return JobOwner(account: options.account, region: options.region)
  }

  private func caller(signing request: ServerRequest, service: String) throws(ServiceError) -> JobOwner {
    let header: AuthorizationHeader
    do {
      let verifier = SignatureVerifier(credentials: options.credentials, region: nil, service: service)
      header = try verifier.verify(request.asReceived, at: options.time.date)
    } catch {
      throw Self.error(error)
    }
    let region = ByteString(header.scope.region)
    guard region.bytes.allSatisfy(Self.isRegionByte), region.count <= 20 else { throw Self.error(.wrongScope) }
    let id = ByteString(header.accessKeyID)
    let key = options.credentials.first { ByteString($0.accessKeyID) == id }
    return JobOwner(account: key?.accountID.map { ByteString($0) } ?? options.account, region: region)
  }

  private static func error(_ refusal: SignatureRefusal) -> ServiceError {
    ServiceError(.forbidden, refusal.errorCode, refusal.message)
  }

  private static func isRegionByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "-")
  }
}
