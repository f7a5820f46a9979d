import Copylint
import NIOHTTP1
import Synchronization

/// `/-/live`, `/-/ready` and `/-/metrics` of a gateway: for those who keep it running, without a signature.
public final class ManagementPaths: HTTPHandler {
  private let log: DecisionLog
  private let metrics: @Sendable () -> [UInt8]
  private let isDraining = Mutex(false)

  /// The paths of a gateway that writes this log; `metrics` gives the text that Prometheus reads (exposition format 0.0.4).
  public init(log: DecisionLog, metrics: @escaping @Sendable () -> [UInt8]) {
    (self.log, self.metrics) = (log, metrics)
  }

  /// From now on the gateway takes no new calls: balancers are to send them elsewhere.
  public func drain() { isDraining.withLock { $0 = true } }

  /// Answers a GET of one of the paths.
  public func respond(to request: ServerRequest) async -> ServerResponse {
    guard request.head.method == .GET || request.head.method == .HEAD else {
      return Self.text(.methodNotAllowed, "only GET is served here\n")
    }
    switch request.target.segments {
    case ["-", "live"]: return Self.text(.ok, "live\n")
    case ["-", "ready"]: return await readiness()
    case ["-", "metrics"]:
      var response = ServerResponse(body: metrics())
      response.headers.add(name: "content-type", value: "text/plain; version=0.0.4; charset=utf-8")
      return response
    default: return Self.text(.notFound, "there is /-/live, /-/ready and /-/metrics\n")
    }
  }

  /// A gateway that is not ready gets no calls, by which it would find that its log can be written again: this finds it.
  private func readiness() async -> ServerResponse {
    if isDraining.withLock({ $0 }) { return Self.text(.serviceUnavailable, "draining\n") }
    guard let failure = await log.resume() else { return Self.text(.ok, "ready\n") }
    return Self.text(.serviceUnavailable, "the decision log cannot be written: \(Escaping.visible(failure.reason))\n")
  }

  private static func text(_ status: HTTPResponseStatus, _ text: String) -> ServerResponse {
    var response = ServerResponse(status, body: Array(text.utf8))
    response.headers.add(name: "content-type", value: "text/plain; charset=utf-8")
    return response
  }
}
