import Copylint
import NIOHTTP1
import Synchronization

/// `/-/live`, `/-/ready` and `/-/metrics` of a gateway: for those who keep it running, without a signature.
public final class ManagementPaths: HTTPHandler {
  private let metrics: @Sendable () -> [UInt8]
  private let isReady = Mutex(true)

  /// The paths; `metrics` gives the text that Prometheus reads (exposition format 0.0.4).
  public init(metrics: @escaping @Sendable () -> [UInt8]) { self.metrics = metrics }

  /// From now on the gateway takes no new calls: balancers are to send them elsewhere.
  public func drain() { isReady.withLock { $0 = false } }

  /// Answers a GET of one of the paths.
  public func respond(to request: ServerRequest) async -> ServerResponse {
    guard request.head.method == .GET || request.head.method == .HEAD else {
      return Self.text(.methodNotAllowed, "only GET is served here\n")
    }
    switch request.target.segments {
    case ["-", "live"]: return Self.text(.ok, "live\n")
    case ["-", "ready"]:
      let isReady = isReady.withLock { $0 }
      return isReady ? Self.text(.ok, "ready\n") : Self.text(.serviceUnavailable, "draining\n")
    case ["-", "metrics"]:
      var response = ServerResponse(body: metrics())
      response.headers.add(name: "content-type", value: "text/plain; version=0.0.4; charset=utf-8")
      return response
    default: return Self.text(.notFound, "there is /-/live, /-/ready and /-/metrics\n")
    }
  }

  private static func text(_ status: HTTPResponseStatus, _ text: String) -> ServerResponse {
    var response = ServerResponse(status, body: Array(text.utf8))
    response.headers.add(name: "content-type", value: "text/plain; charset=utf-8")
    return response
  }
}
