/// Whether, and as what, a failed attempt may be repeated: the classes of the SDKs' standard retry mode.
///
/// Source: botocore's `retries/standard.py`; the AWS SDKs and Tools Reference Guide, "Retry behavior".
public enum RetryClass: Sendable, Hashable {
  /// Another attempt would end the same way.
  case never
  /// The service asks for fewer requests.
  case throttling
  /// The service or the network failed for the moment.
  case transient
  /// There was no answer in time.
  case timeout
  /// The signature's date was refused; the next attempt has another one.
  case clockSkew

  /// The class of a service's answer.
  public init(_ error: ServiceError) {
    switch error.kind {
    case .throttling: self = .throttling
    case .requestTimeout: self = .transient
    case .clockSkew: self = .clockSkew
    default:
      if error.status == 429 {
        self = .throttling
      } else {
        self = [500, 502, 503, 504].contains(error.status) ? .transient : .never
      }
    }
  }

  /// The class of a failed transfer.
  public init(_ error: TransportError) {
    switch error.reason {
    case .timeout: self = .timeout
    case .resolution, .connection, .proxy, .tls, .closed, .malformedResponse: self = .transient
    case .invalidRequest, .plainHTTPRefused, .responseTooLarge, .cancelled: self = .never
    }
  }
}
