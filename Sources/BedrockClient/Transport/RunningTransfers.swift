import CCurl

/// The transfers of an event loop, used under its lock.
struct RunningTransfers {
  typealias Ended = (completion: CurlEventLoop.Completion, result: Result<HTTPResponse, TransportError>)

  private let multi: UnsafeMutableRawPointer
  private var running: [UnsafeMutableRawPointer: (transfer: CurlTransfer, completion: CurlEventLoop.Completion)] = [:]
  /// Who is to be told, once the lock is free.
  private var ended: [Ended] = []

  init(multi: UnsafeMutableRawPointer) { self.multi = multi }

  mutating func start(_ transfer: CurlTransfer, _ completion: @escaping CurlEventLoop.Completion) {
    guard !transfer.isCancelled, let handle = transfer.prepare() else {
      return ended.append((completion, .failure(transfer.cancellation)))
    }
    running[handle] = (transfer, completion)
    curl_multi_add_handle(multi, handle)
  }

  mutating func cancel(_ transfer: CurlTransfer) {
    transfer.isCancelled = true
    guard let handle = transfer.handle, let entry = remove(handle) else { return }
    ended.append((entry.completion, .failure(transfer.cancellation)))
    transfer.close()
  }

  mutating func cancelAll() {
    for entry in running.values.map(\.transfer) { cancel(entry) }
  }

  /// Finishes the transfers that are over.
  mutating func collect() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
      // The message is gone once its handle is removed.
      let code = message.pointee.data.result
      guard let entry = remove(handle) else { continue }
      ended.append((entry.completion, entry.transfer.result(code)))
      entry.transfer.close()
    }
  }

  /// Those that ended since it was asked last.
  mutating func takeEnded() -> [Ended] {
    defer { ended = [] }
    return ended
  }

  private mutating func remove(
    _ handle: UnsafeMutableRawPointer
  ) -> (transfer: CurlTransfer, completion: CurlEventLoop.Completion)? {
    guard let entry = running.removeValue(forKey: handle) else { return nil }
    curl_multi_remove_handle(multi, handle)
    return entry
  }
}
