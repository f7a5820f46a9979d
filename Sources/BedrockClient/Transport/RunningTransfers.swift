import CCurl

/// The transfers of an event loop, used on its thread alone.
struct RunningTransfers {
  private let multi: UnsafeMutableRawPointer
  private var running: [UnsafeMutableRawPointer: (transfer: CurlTransfer, completion: CurlEventLoop.Completion)] = [:]

  init(multi: UnsafeMutableRawPointer) { self.multi = multi }

  mutating func start(_ transfer: CurlTransfer, _ completion: @escaping CurlEventLoop.Completion) {
    guard !transfer.isCancelled, let handle = transfer.prepare() else {
      completion(.failure(transfer.cancellation))
      return
    }
    running[handle] = (transfer, completion)
    curl_multi_add_handle(multi, handle)
  }

  mutating func cancel(_ transfer: CurlTransfer) {
    transfer.isCancelled = true
    guard let handle = transfer.handle, let entry = remove(handle) else { return }
    entry.completion(.failure(transfer.cancellation))
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
      entry.completion(entry.transfer.result(code))
      entry.transfer.close()
    }
  }

  private mutating func remove(
    _ handle: UnsafeMutableRawPointer
  ) -> (transfer: CurlTransfer, completion: CurlEventLoop.Completion)? {
    guard let entry = running.removeValue(forKey: handle) else { return nil }
    curl_multi_remove_handle(multi, handle)
    return entry
  }
}
