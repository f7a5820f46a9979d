import CCurl

/// One transfer: its easy handle, and what libcurl calls back about it.
///
/// `@unchecked Sendable`: its creator hands it to the event loop and touches it no more; from then on the loop's
/// thread alone does.
final class CurlTransfer: @unchecked Sendable {
  let request: HTTPRequest
  let limits: TransferLimits
  let settings: CurlTransport.Settings
  var isCancelled = false
  private(set) var handle: UnsafeMutableRawPointer?
  private var headerList: UnsafeMutablePointer<curl_slist>?
  /// Whether the connection was there and the request about to be written.
  private var isSending = false
  private var received = ReceivedResponse()
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  init(_ request: HTTPRequest, limits: TransferLimits, settings: CurlTransport.Settings) {
    self.request = request
    self.limits = limits
    self.settings = settings
    received.maximumBodySize = limits.maximumResponseSize
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    close()
    errorText.deallocate()
  }

  /// The proxy's URL; nil is a direct connection. In the clear only `.anywhere` leads beyond known hosts.
  var proxy: String? {
    if request.scheme == .http {
      guard settings.plainHTTP == .anywhere, !Loopback.isLoopback(host: request.host) else { return nil }
    }
    return settings.proxies.proxy(for: request)
  }

  /// Makes the easy handle, unless it is there; nil where memory is out.
  @discardableResult
  func prepare() -> UnsafeMutableRawPointer? {
    if let handle { return handle }
    guard let handle = curl_easy_init() else { return nil }
    self.handle = handle
    headerList = CurlOptions(handle: handle, transfer: self).apply()
    let context = Unmanaged.passUnretained(self).toOpaque()
    setCallbacks(handle, context)
    return handle
  }

  /// Frees the handle. It must have left its multi handle.
  func close() {
    if let handle { curl_easy_cleanup(handle) }
    curl_slist_free_all(headerList)
    handle = nil
    headerList = nil
  }

  /// What the transfer came to.
  func result(_ code: CURLcode) -> Result<HTTPResponse, TransportError> {
    if code == CURLE_OK, let response = received.response { return .success(response) }
    let failure = CurlFailure(
      code: code, isSending: isSending, refusal: received.refusal, hasProxy: proxy != nil,
      detail: CurlFailure.printable(errorText))
    return .failure(failure.error)
  }

  /// The error of a transfer that was cancelled.
  var cancellation: TransportError {
    TransportError(.cancelled, delivery: isSending ? .unknown : .notSent, message: "the request was cancelled")
  }

  private func setCallbacks(_ handle: UnsafeMutableRawPointer, _ context: UnsafeMutableRawPointer) {
    copylint_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
    copylint_curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, _, count, context in
      CurlTransfer.of(context).received.append(body: UnsafeRawBufferPointer(start: bytes, count: count))
    }
    copylint_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
    copylint_curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, _, count, context in
      CurlTransfer.of(context).received.append(line: UnsafeRawBufferPointer(start: bytes, count: count))
    }
    copylint_curl_set_pointer(handle, CURLOPT_PREREQDATA, context)
    copylint_curl_set_prerequest_callback(handle) { context, address, _, _, _ in
      let mayBegin = CurlTransfer.of(context).begin(address: address.map { String(cString: $0) } ?? "")
      return mayBegin ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }
    copylint_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
  }

  /// The connection is there, and the request is next. Returns whether it may be sent to the address: a name that
  /// looks like this machine's may lead elsewhere.
  func begin(address: String) -> Bool {
    let mustStay = request.scheme == .http && Loopback.isLoopback(host: request.host)
    guard !mustStay || Loopback.isLoopback(host: address) else {
      received.refusal = .foreignAddress
      return false
    }
    isSending = true
    return true
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> CurlTransfer {
    guard let context else { fatalError("libcurl lost the context of a callback") }
    return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
  }
}
