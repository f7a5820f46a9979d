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
    let header = try authorization(of: request)
    let time = try signingTime(of: request, scope: header.scope)
    guard region.map({ ASCII.same($0, header.scope.region) }) ?? true, ASCII.same(service, header.scope.service)
    else { throw .wrongScope }
    let key = try accepted(header.accessKeyID, token: request.headers["X-Amz-Security-Token"])
    try checkCoverage(of: request, by: header.signedHeaders)
    guard abs(time.date.timeIntervalSince(date)) <= tolerance else { throw .skewedDate }
    try checkPayload(of: request)
    guard let canonical = CanonicalRequest(request, signedHeaders: header.signedHeaders) else { throw .unsignedHeader }
    let expected = SigningKey(secretAccessKey: key.secretAccessKey, scope: header.scope)
      .signature(of: StringToSign(canonical, time: time, scope: header.scope))
    guard Digest.equal(Array(expected.utf8), Array(header.signature.utf8)) else { throw .wrongSignature }
    return header
  }

  private func authorization(of request: HTTPRequest) throws(SignatureRefusal) -> AuthorizationHeader {
    let values = request.headers.values("Authorization")
    guard let value = values.first else { throw .missingAuthentication }
    guard values.count == 1 else { throw .malformedAuthorization }
    return try AuthorizationHeader(parsing: value)
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
    let names = request.headers.fields.map { ASCII.lowercase($0.name) }
    let required = ["host"] + names.filter { $0.utf8.starts(with: "x-amz-".utf8) }
    let covered = required.allSatisfy { name in signed.contains { ASCII.same($0, name) } }
    guard covered, request.headers.values("Host").count <= 1 else { throw .unsignedHeader }
  }

  private func checkPayload(of request: HTTPRequest) throws(SignatureRefusal) {
    let stated = request.headers.values("X-Amz-Content-SHA256")
    let actual = Array(Digest.hexadecimal(Digest.sha256(request.body)).utf8)
    guard stated.allSatisfy({ Digest.equal(Array($0.utf8), actual) }) else { throw .wrongPayload }
  }
}
