import CCurl
import Glibc
import Synchronization

/// The transfers of a transport, and the thread that waits for what comes of them.
///
/// A transfer begins on the thread that starts it, where nobody else is at libcurl: a request that is ready need not wait
/// until another thread wakes up. What comes is received by the loop's own thread.
///
/// `@unchecked Sendable`: multi handle, transfers and times are used under the lock alone.
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

  private let inbox = Mutex(Inbox())
  private let lock = Mutex(())
  private let multi: UnsafeMutableRawPointer
  private let poller: CurlPoller
  private var running: RunningTransfers
  private var isStopped = false
  /// When libcurl has to be called, and when the thread wakes up by itself.
  private var (due, wakeTime) = (CurlPoller.never, CurlPoller.never)

  /// The longest sleep of the thread. Most transfers have more time than that, so that their start need not wake it.
  private static let longestSleep = 30_000

  /// libcurl's own set-up, once a process.
  private static let global: Void = { curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()

  /// Nil where the process has no descriptors or memory left.
  init?() {
    _ = CurlEventLoop.global
    guard let poller = CurlPoller(), let multi = curl_multi_init() else { return nil }
    (self.multi, self.poller) = (multi, poller)
    running = RunningTransfers(multi: multi)
    let context = Unmanaged.passUnretained(self).toOpaque()
    copylint_curl_watch_sockets(
      multi, { _, socket, what, context, _ in CurlEventLoop.of(context).poller.watch(socket, what) }, context)
    copylint_curl_watch_timer(
      multi, { _, milliseconds, context in CurlEventLoop.of(context).setTimer(milliseconds) }, context)
  }

  deinit {
    copylint_curl_watch_sockets(multi, nil, nil)
    copylint_curl_watch_timer(multi, nil, nil)
    curl_multi_cleanup(multi)
  }

  func start(_ transfer: CurlTransfer, _ completion: @escaping Completion) { post(.start(transfer, completion)) }

  /// Ends the transfer, whether it was started or is yet to be.
  func cancel(_ transfer: CurlTransfer) { post(.cancel(transfer)) }

  /// Ends the thread, if there is one.
  func stop() {
    guard inbox.withLock({ $0.hasThread }) else { return }
    inbox.withLock { $0.commands.append(.stop) }
    poller.wake()
  }

  // MARK: Under the lock

  private func post(_ command: Command) {
    let needsThread = inbox.withLock { inbox in
      defer { inbox.hasThread = true }
      inbox.commands.append(command)
      return !inbox.hasThread
    }
    if needsThread { spawn() }
    let ended = BrokenPipeSignal.whileBlocked {
      lock.withLockIfAvailable { _ in
        handleCommands()
        if due < wakeTime { poller.wake() }
        return running.takeEnded()
      }
    }
    if let ended { Self.tell(ended) } else { poller.wake() }
  }

  private func handleCommands() {
    let commands = inbox.withLock { inbox in
      defer { inbox.commands = [] }
      return inbox.commands
    }
    for command in commands {
      switch command {
      case .start(let transfer, let completion):
        if isStopped { transfer.isCancelled = true }
        running.start(transfer, completion)
      case .cancel(let transfer): running.cancel(transfer)
      case .stop: isStopped = true
      }
    }
    if due <= CurlPoller.now() { act(CURL_SOCKET_TIMEOUT, 0) }
  }

  private func act(_ socket: curl_socket_t, _ action: Int32) {
    if socket == CURL_SOCKET_TIMEOUT { due = CurlPoller.never }
    var count: Int32 = 0
    curl_multi_socket_action(multi, socket, action, &count)
    running.collect()
  }

  private func setTimer(_ milliseconds: Int) -> Int32 {
    due = milliseconds < 0 ? CurlPoller.never : CurlPoller.now() + milliseconds
    return 0
  }

  private static func tell(_ ended: [RunningTransfers.Ended]) {
    for (completion, result) in ended { completion(result) }
  }

  // MARK: The thread

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
    BrokenPipeSignal.block()
    var isStopped = false
    var wakeTime = CurlPoller.now()
    while !isStopped {
      let events = poller.wait(until: wakeTime)
      let ended = lock.withLock { _ in
        for event in events { act(event.descriptor, event.action) }
        handleCommands()
        if self.isStopped { running.cancelAll() }
        self.wakeTime = min(due, CurlPoller.now() + Self.longestSleep)
        (isStopped, wakeTime) = (self.isStopped, self.wakeTime)
        return running.takeEnded()
      }
      Self.tell(ended)
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> CurlEventLoop {
    guard let context else { fatalError("libcurl lost the context of a callback") }
    return Unmanaged<CurlEventLoop>.fromOpaque(context).takeUnretainedValue()
  }
}
