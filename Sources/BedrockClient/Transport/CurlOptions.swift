import CCurl

/// The options of one transfer.
struct CurlOptions {
  let handle: UnsafeMutableRawPointer
  let transfer: CurlTransfer

  private var request: HTTPRequest { transfer.request }

  /// Sets all of them. Returns the list of headers, which must be freed after the transfer.
  func apply() -> UnsafeMutablePointer<curl_slist>? {
    set(CURLOPT_URL, request.url)
    setSafety()
    setTLS()
    setProxy()
    setLimits()
    setMethodAndBody()
    let headers = headerList()
    copylint_curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
    return headers
  }

  private func setSafety() {
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_PROTOCOLS_STR, request.scheme.rawValue)
    set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    // Dot segments and double slashes were signed as they stand.
    set(CURLOPT_PATH_AS_IS, 1)
    // A name server that hangs must not hold the thread when the transfer ends.
    set(CURLOPT_QUICK_EXIT, 1)
    // libcurl sends a request again by itself where a kept connection turns out to be dead.
    if request.method != "GET", !request.isIdempotent {
      set(CURLOPT_FRESH_CONNECT, 1)
      set(CURLOPT_FORBID_REUSE, 1)
    }
  }

  private func setTLS() {
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    if let bundle = transfer.settings.caBundle {
      set(CURLOPT_CAINFO, bundle)
      set(CURLOPT_PROXY_CAINFO, bundle)
    }
  }

  /// An empty string keeps libcurl from reading the environment itself.
  private func setProxy() {
    set(CURLOPT_PROXY, transfer.proxy ?? "")
    set(CURLOPT_NOPROXY, "")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private func setLimits() {
    set(CURLOPT_CONNECTTIMEOUT_MS, CurlOptions.milliseconds(transfer.limits.connectTimeout))
    set(CURLOPT_TIMEOUT_MS, CurlOptions.milliseconds(transfer.limits.timeout))
  }

  private func setMethodAndBody() {
    if request.method == "GET" && request.body.isEmpty {
      set(CURLOPT_HTTPGET, 1)
    } else if request.method == "HEAD" {
      set(CURLOPT_NOBODY, 1)
    } else {
      copylint_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
      var body = request.body
      copylint_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, &body)
      set(CURLOPT_CUSTOMREQUEST, request.method)
    }
  }

  /// The request's own fields, `Host` as it was signed, and nothing of libcurl's own.
  private func headerList() -> UnsafeMutablePointer<curl_slist>? {
    var lines = request.headers.fields.map { field in
      field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
    }
    for name in ["Accept", "Expect", "Content-Type", "User-Agent"] where request.headers[name] == nil {
      lines.append("\(name):")
    }
    if request.headers["Host"] == nil { lines.append("Host: \(request.authority)") }
    return lines.reduce(nil) { curl_slist_append($0, $1) }
  }

  private func set(_ option: CURLoption, _ value: Int) { copylint_curl_set_long(handle, option, value) }

  private func set(_ option: CURLoption, _ value: String) { copylint_curl_set_string(handle, option, value) }

  /// At least 1: libcurl takes 0 for no limit.
  private static func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    let whole = min(max(seconds, 0), 1_000_000) * 1000
    return max(1, Int(whole + attoseconds / 1_000_000_000_000_000))
  }
}
