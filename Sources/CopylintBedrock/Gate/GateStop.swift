import BedrockClient
import Copylint

/// Why a request goes no further: what the caller is answered, and what is written down.
struct GateStop: Error {
  let kind: GateRefusal.Kind
  let error: ServiceError

  init(_ kind: GateRefusal.Kind, _ error: ServiceError) {
    self.kind = kind
    self.error = error
  }

  /// No answer from upstream. SDKs repeat a call after both answers, with the same token.
  init(_ error: UpstreamError) {
    kind = .upstream
    self.error =
      error.effect == .none
      ? .unavailable("Bedrock was not reached: \(error.message)")
      : ServiceError(
        .internalServerError, "InternalServerException",
        "copylint: Bedrock gave no answer, and may have acted on the call: \(Escaping.visible(error.message))")
  }

  var response: ServerResponse { error.response }

  var refusal: GateRefusal {
    GateRefusal(kind: kind, status: Int(error.status.code), reason: Escaping.visible(error.message))
  }
}

extension ServiceError {
  /// What SDKs take for a passing trouble of the service.
  static func unavailable(_ message: String) -> ServiceError {
    ServiceError(.serviceUnavailable, "ServiceUnavailableException", "copylint: \(Escaping.visible(message))")
  }
}
