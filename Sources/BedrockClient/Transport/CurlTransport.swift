import Synchronization

/// HTTP/1.1 by libcurl.
///
/// TLS (1.2 or later) is always verified, redirects are never followed, cookies, `.netrc` and content encodings are
/// not used, and nothing is sent twice: a request that is neither a GET nor idempotent has a connection of its own.
/// A transfer begins on the thread that starts it and goes on on one of the transport's, which ends with it.
public final class CurlTransport: HTTPTransport {
  private let settings: Settings
  private let makeLoop: @Sendable () -> CurlEventLoop?
  private let madeLoop = Mutex<CurlEventLoop?>(nil)

  /// How a transport reaches servers.
  public struct Settings: Sendable {
    /// The file of certificates that servers are verified with, in PEM (`AWS_CA_BUNDLE`); nil is the system's.
    public var caBundle: String?
    /// The proxies. What goes without TLS to this machine or to a listed host never takes one.
    public var proxies: ProxySettings
    /// Where requests may go without TLS.
    public var plainHTTP: PlainHTTPPolicy

    /// These settings.
    public init(
      caBundle: String? = nil, proxies: ProxySettings = .none, plainHTTP: PlainHTTPPolicy = .loopback
    ) {
      self.caBundle = caBundle
      self.proxies = proxies
      self.plainHTTP = plainHTTP
    }
  }

  /// A transport. Its thread starts with the first request.
  public convenience init(_ settings: Settings = Settings()) { self.init(settings) { CurlEventLoop() } }

  init(_ settings: Settings = Settings(), makeLoop: @escaping @Sendable () -> CurlEventLoop?) {
    self.settings = settings
    self.makeLoop = makeLoop
  }

  deinit { madeLoop.withLock { $0?.stop() } }

  /// Sends the request once.
  public func send(_ request: HTTPRequest, limits: TransferLimits) async throws(TransportError) -> HTTPResponse {
    let transfer = try transfer(request, limits)
    let loop = try loop()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        loop.start(transfer) { continuation.resume(returning: $0) }
      }
    } onCancel: {
      loop.cancel(transfer)
    }
    return try result.get()
  }

  /// Makes the request ready for libcurl.
  public func prepare(_ request: HTTPRequest, limits: TransferLimits) throws(TransportError) -> PreparedRequest {
    let transfer = try transfer(request, limits)
    let loop = try loop()
    transfer.prepare()
    return PreparedRequest { loop.start(transfer, $0) }
  }

  /// Made when it is needed first, and tried again by the next request where that failed.
  private func loop() throws(TransportError) -> CurlEventLoop {
    let loop = madeLoop.withLock { made in
      made = made ?? makeLoop()
      return made
    }
    guard let loop else {
      throw TransportError(
        .connection, delivery: .notSent, message: "this process has no file descriptors or memory left for connections")
    }
    return loop
  }

  private func transfer(_ request: HTTPRequest, _ limits: TransferLimits) throws(TransportError) -> CurlTransfer {
    if let fault = RequestSyntax.fault(in: request) {
      throw TransportError(.invalidRequest, delivery: .notSent, message: fault)
    }
    guard request.scheme == .https || settings.plainHTTP.allows(host: request.host) else {
      throw TransportError(
        .plainHTTPRefused, delivery: .notSent, message: "plain HTTP is sent to this machine only, not to another host")
    }
    return CurlTransfer(request, limits: limits, settings: settings)
  }
}
