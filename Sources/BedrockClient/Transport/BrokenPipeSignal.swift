import Glibc

/// SIGPIPE, which would end the process: TLS writes to its socket without MSG_NOSIGNAL.
enum BrokenPipeSignal {
  /// Blocks it on this thread.
  static func block() { _ = mask(SIG_BLOCK, signals) }

  /// Calls `body` while it is blocked on this thread. One that came meanwhile is dropped.
  static func whileBlocked<Value>(_ body: () -> Value) -> Value {
    var pipe = signals
    let before = mask(SIG_BLOCK, pipe)
    let value = body()
    guard !contains(before) else { return value }
    var none = timespec()
    while sigtimedwait(&pipe, nil, &none) == SIGPIPE {}
    _ = mask(SIG_SETMASK, before)
    return value
  }

  private static var signals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    return signals
  }

  private static func contains(_ signals: sigset_t) -> Bool {
    var signals = signals
    return sigismember(&signals, SIGPIPE) == 1
  }

  private static func mask(_ how: Int32, _ signals: sigset_t) -> sigset_t {
    var (signals, before) = (signals, sigset_t())
    pthread_sigmask(how, &signals, &before)
    return before
  }
}
