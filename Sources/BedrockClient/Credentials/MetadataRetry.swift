/// Sends a request to a metadata service again while the service says that it cannot answer now.
struct MetadataRetry {
  /// How many attempts there are, the first one included.
  let attempts: Int
  /// How long to wait between them.
  let pause: Duration
  let time: any TimeSource

  /// The first response whose status is below 500, the last one where none is, or nil where there is no response at all.
  ///
  /// Without `retriesFailures`, no response means at once that nobody is there.
  func send(
    _ request: HTTPRequest, by transport: any HTTPTransport, limits: TransferLimits, retriesFailures: Bool
  ) async -> HTTPResponse? {
    var last: HTTPResponse?
    for attempt in 1...max(attempts, 1) {
      if attempt > 1 { try? await time.sleep(for: pause) }
      last = try? await transport.send(request, limits: limits)
      if let last, last.status < 500 { return last }
      if last == nil && !retriesFailures { return nil }
      if Task.isCancelled { return nil }
    }
    return last
  }
}
