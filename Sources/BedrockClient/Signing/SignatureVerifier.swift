#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Verifies the SigV4 signature of an inbound request, as an AWS endpoint does. Pure: the date is passed in.
public struct SignatureVerifier: Sendable {
  /// The credentials that are accepted.
  public var credentials: [AWSCredentials]
  /// The Region that the scope must name; nil accepts any.
  public var region: String?
  /// The signing name that the scope must name.
  public var service: String
  /// How far the date may be from `date`, in seconds either way.
  public var tolerance: Double
  /// Where keys are kept that are used again; nil derives each anew.
  package var keys: SigningKeyCache?

  /// A verifier; the tolerance's default is AWS's 5 minutes.
  public init(credentials: [AWSCredentials], region: String?, service: String, tolerance: Double = 300) {
    self.credentials = credentials
    self.region = region
    self.service = service
    self.tolerance = tolerance
  }

  /// Accepts the request, and says under which scope it was signed, or throws why not.
  ///
  /// - Parameter request: as it was received: raw path and query, every header, the whole body.
  @discardableResult
  public func verify(_ request: HTTPRequest, at date: Date) throws(SignatureRefusal) -> AuthorizationHeader {
    let header = try AuthorizationHeader(of: request)
    try verify(request, bearing: header, at: date)
    return header
  }

  /// The same for a request whose `Authorization` header was read already.
  package func verify(
    _ request: HTTPRequest, bearing header: AuthorizationHeader, at date: Date
  ) throws(SignatureRefusal) {
    let (time, secretAccessKey) = try verifyHead(of: request, bearing: header, at: date)
    let payload = try payload(of: request)
    guard let canonical = CanonicalRequest(request, signedHeaders: header.signedHeaders, payload: payload) else {
      throw .unsignedHeader
    }
    try check(header, StringToSign(canonical, time: time, scope: header.scope), secretAccessKey)
  }

  /// What can be told while the body is not there: throws what is thrown whatever it will be. Returns what the signature
  /// is made with.
  @discardableResult
  package func verifyHead(
    of request: HTTPRequest, bearing header: AuthorizationHeader, at date: Date
  ) throws(SignatureRefusal) -> (time: SigningTime, secretAccessKey: String) {
    let time = try signingTime(of: request, scope: header.scope)
    guard region.map({ ASCII.same($0, header.scope.region) }) ?? true, ASCII.same(service, header.scope.service)
    else { throw .wrongScope }
    let credentials = try accepted(header.accessKeyID, token: request.headers["X-Amz-Security-Token"])
    try checkCoverage(of: request, by: header.signedHeaders)
    guard abs(time.date.timeIntervalSince(date)) <= tolerance else { throw .skewedDate }
    return (time, credentials.secretAccessKey)
  }

  private func check(
    _ header: AuthorizationHeader, _ text: StringToSign, _ secretAccessKey: String
  ) throws(SignatureRefusal) {
    let found = keys?.key(secretAccessKey: secretAccessKey, scope: header.scope)
    let key = found?.key ?? SigningKey(secretAccessKey: secretAccessKey, scope: header.scope)
    guard Digest.equal(Array(key.signature(of: text).utf8), Array(header.signature.utf8)) else {
      throw .wrongSignature
    }
    found?.keep()
  }

  private func signingTime(of request: HTTPRequest, scope: CredentialScope) throws(SignatureRefusal) -> SigningTime {
    let values = request.headers.values("X-Amz-Date")
    guard values.count == 1, let time = SigningTime(values[0]), ASCII.same(time.day, scope.day) else {
      throw .malformedAuthorization
    }
    return time
  }

  private func accepted(_ id: String, token: String?) throws(SignatureRefusal) -> AWSCredentials {
    let known = credentials.filter { Digest.equal(Array($0.accessKeyID.utf8), Array(id.utf8)) }
    guard !known.isEmpty else { throw .unknownKey }
    let sent = Array((token ?? "").utf8)
    guard let match = known.first(where: { Digest.equal(Array(($0.sessionToken ?? "").utf8), sent) }) else {
      throw .wrongToken
    }
    return match
  }

  private func checkCoverage(of request: HTTPRequest, by signed: [String]) throws(SignatureRefusal) {
    let names = request.headers.fields.map(\.name).filter(Self.isAmazonHeader)
    let covered = (["host"] + names).allSatisfy { name in
      let name = ASCII.lowercase(name)
      return signed.contains { ASCII.same($0, name) }
    }
    guard covered, request.headers.values("Host").count <= 1 else { throw .unsignedHeader }
  }

  private static func isAmazonHeader(_ name: String) -> Bool {
    let prefix = "x-amz-".utf8
    return name.utf8.count >= prefix.count && zip(name.utf8, prefix).allSatisfy { ASCII.lowercase($0) == $1 }
  }

  /// The digest of the body, which is what every statement of it must say.
  private func payload(of request: HTTPRequest) throws(SignatureRefusal) -> String {
    let digest = Digest.hexadecimal(Digest.sha256(request.body))
    let actual = Array(digest.utf8)
    guard request.headers.values("X-Amz-Content-SHA256").allSatisfy({ Digest.equal(Array($0.utf8), actual) }) else {
      throw .wrongPayload
    }
    return digest
  }
}
