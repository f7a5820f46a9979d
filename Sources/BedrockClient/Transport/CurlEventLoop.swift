import CCurl
import Glibc
import Synchronization

/// The thread on which transfers run, and what wakes it.
///
/// `@unchecked Sendable`: the multi handle is used on the loop's own thread alone, except for `curl_multi_wakeup`, which
/// libcurl allows from any thread.
final class CurlEventLoop: @unchecked Sendable {
  typealias Completion = PreparedRequest.Completion

  private enum Command {
    case start(CurlTransfer, Completion)
    case cancel(CurlTransfer)
    case stop
  }

  private struct Inbox {
    var commands: [Command] = []
    var hasThread = false
  }

  private let multi: UnsafeMutableRawPointer
  private let inbox = Mutex(Inbox())

  /// libcurl's own set-up, once a process.
  private static let global: Void = { curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()

  init() {
    _ = CurlEventLoop.global
    guard let multi = curl_multi_init() else { fatalError("out of memory") }
    self.multi = multi
  }

  deinit { curl_multi_cleanup(multi) }

  func start(_ transfer: CurlTransfer, _ completion: @escaping Completion) { post(.start(transfer, completion)) }

  /// Ends the transfer, whether it was started or is yet to be.
  func cancel(_ transfer: CurlTransfer) { post(.cancel(transfer)) }

  /// Ends the thread, if there is one.
  func stop() {
    if inbox.withLock({ $0.hasThread }) { post(.stop) }
  }

  private func post(_ command: Command) {
    let needsThread = inbox.withLock { inbox in
      defer { inbox.hasThread = true }
      inbox.commands.append(command)
      return !inbox.hasThread
    }
    if needsThread { spawn() }
    curl_multi_wakeup(multi)
  }

  private func spawn() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<CurlEventLoop>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
    precondition(status == 0, "no thread for transfers")
    pthread_detach(thread)
  }

  private func run() {
    CurlEventLoop.blockBrokenPipeSignal()
    var running = RunningTransfers(multi: multi)
    while handleCommands(&running) {
      var count: Int32 = 0
      curl_multi_perform(multi, &count)
      running.collect()
      curl_multi_poll(multi, nil, 0, 60_000, nil)
    }
    running.cancelAll()
  }

  /// Returns whether the loop goes on.
  private func handleCommands(_ running: inout RunningTransfers) -> Bool {
    let commands = inbox.withLock { inbox in
      defer { inbox.commands = [] }
      return inbox.commands
    }
    for command in commands {
      switch command {
      case .start(let transfer, let completion): running.start(transfer, completion)
      case .cancel(let transfer): running.cancel(transfer)
      case .stop: return false
      }
    }
    return true
  }

  /// TLS writes to its socket without MSG_NOSIGNAL.
  private static func blockBrokenPipeSignal() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
