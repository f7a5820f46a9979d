import CCurl

/// What libcurl's code means for the request.
struct CurlFailure {
  let code: CURLcode
  /// Whether the request may have been written, in part or whole.
  let isSending: Bool
  let refusal: ReceivedResponse.Refusal?
  let hasProxy: Bool
  /// libcurl's own words, printable.
  let detail: String

  /// The error.
  var error: TransportError {
    TransportError(reason, delivery: isSending ? .unknown : .notSent, message: message)
  }

  private var reason: TransportError.Reason {
    switch refusal {
    case .tooLarge: return .responseTooLarge
    case .foreignAddress: return .plainHTTPRefused
    case nil: return isSending ? reasonWhileSending : reasonBefore
    }
  }

  private var reasonBefore: TransportError.Reason {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: .resolution
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      .tls
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .invalidRequest
    default: hasProxy ? .proxy : .connection
    }
  }

  private var reasonWhileSending: TransportError.Reason {
    switch code {
    case CURLE_OPERATION_TIMEDOUT: .timeout
    // With a reply of HTTP/0.9 libcurl means the protocol of the answer.
    case CURLE_OK, CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .malformedResponse
    default: .closed
    }
  }

  private var message: String {
    switch reason {
    case .resolution: "the host name has no address"
    case .proxy: "the proxy did not make the connection"
    case .tls: "the TLS connection could not be made" + (detail.isEmpty ? "" : " (\(detail))")
    case .timeout: isSending ? "there was no whole answer in time" : "no connection was made in time"
    case .closed: "the connection ended before the whole answer was there"
    case .malformedResponse: "the answer is not HTTP"
    case .responseTooLarge: "the answer is larger than allowed"
    case .plainHTTPRefused: "plain HTTP is sent to this machine only, and the name leads elsewhere"
    case .connection: "no connection could be made"
    case .invalidRequest: "the request cannot be sent as it stands"
    case .cancelled: "the request was cancelled"
    }
  }

  /// Printable ASCII of a C string: names of certificates are somebody else's text.
  static func printable(_ text: UnsafePointer<CChar>) -> String {
    return String(
      decoding: String(cString: text).utf8.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
