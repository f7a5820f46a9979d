import BedrockClient
import Copylint

/// Who calls, where to and for what: what is known of a request once its signature holds.
struct GateCall {
  /// The Region that the signature's scope names.
  let region: String
  /// The last four characters of the caller's key id.
  let keyID: String
  let operation: GateOperation

  /// Verifies the signature before anything else is looked at.
  init(
    _ request: ServerRequest, _ options: GateOptions, _ keys: SigningKeyCache, _ regions: ServedRegions
  ) throws(GateStop) {
    let header = try Self.verified(request, options, keys)
    region = try Self.region(header.scope.region, regions)
    keyID = String(decoding: header.accessKeyID.utf8.suffix(4), as: UTF8.self)
    do throws(ServiceError) {
      operation = try GateOperation(request)
    } catch {
      throw GateStop(.operation, error)
    }
  }

  /// Whether a request's signature may hold, as far as can be told without its body.
  static func mayBeSigned(_ request: ServerRequest, _ options: GateOptions) -> Bool {
    do throws(SignatureRefusal) {
      let received = request.asReceived
      let header = try AuthorizationHeader(of: received)
      try verifier(of: header, options).verifyHead(of: received, bearing: header, at: options.time.date)
      return true
    } catch {
      return false
    }
  }

  private static func verifier(of header: AuthorizationHeader, _ options: GateOptions) -> SignatureVerifier {
    SignatureVerifier(
      credentials: options.callers.credentials(of: header.accessKeyID), region: nil, service: "bedrock")
  }

  private static func verified(
    _ request: ServerRequest, _ options: GateOptions, _ keys: SigningKeyCache
  ) throws(GateStop) -> AuthorizationHeader {
    do throws(SignatureRefusal) {
      let received = request.asReceived
      let header = try AuthorizationHeader(of: received)
      var verifier = verifier(of: header, options)
      verifier.keys = keys
      try verifier.verify(received, bearing: header, at: options.time.date)
      return header
    } catch {
      let words = "copylint: the gate does not accept the signature: \(error.message); \(options.signatureAdvice)"
      throw GateStop(.signature, ServiceError(.forbidden, error.errorCode, words))
    }
  }

  private static func region(_ name: String, _ regions: ServedRegions) throws(GateStop) -> String {
    guard regions.serves(name) else {
      let served = regions.only.map { "; it serves \($0.sorted().joined(separator: ", "))" } ?? ""
      let words = "copylint: the signature names a Region that the gate does not serve\(served)"
      throw GateStop(.region, ServiceError(.forbidden, "AccessDeniedException", words))
    }
    return name
  }
}
