import Glibc
import Synchronization

/// Set by the handler of SIGINT and SIGTERM. A signal handler can reach nothing but what is global.
private let isInterrupted = Atomic<Bool>(false)

/// Changes as Linux tells of them (inotify(7)), and interruption by SIGINT and SIGTERM.
public final class Inotify: ChangeSource {
  private let events: DirectoryEvents
  private var descriptor: Int32 { events.descriptor }

  /// Begins to listen. From now on SIGINT and SIGTERM end the wait instead of the process; one that comes at another
  /// time ends the next wait.
  public init(ignoring files: [ByteString] = []) throws(Diagnostic) {
    events = try DirectoryEvents(ignoring: files)
    guard events.descriptor < 1024 else { throw Diagnostic("changes cannot be watched: too many open files") }
    isInterrupted.store(false, ordering: .relaxed)
    var blocked = sigset_t()
    sigemptyset(&blocked)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&blocked, number)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in isInterrupted.store(true, ordering: .relaxed) }
      sigaction(number, &action, nil)
    }
    // Let through by `pselect` alone, so that none slips in between a look at the flag and the wait.
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
  }

  /// See `ChangeSource`.
  public func watch(_ directories: Set<ByteString>) throws(Diagnostic) { try events.watch(directories) }

  /// See `ChangeSource`.
  public func next(within milliseconds: Int?) throws(Diagnostic) -> WatchEvent {
    while true {
      switch try wait(milliseconds) {
      case .changed: if events.read() { return .changed }
      case let other: return other
      }
    }
  }

  private func wait(_ milliseconds: Int?) throws(Diagnostic) -> WatchEvent {
    var none = sigset_t()
    sigemptyset(&none)
    while true {
      if isInterrupted.load(ordering: .relaxed) { return .interrupted }
      var ready = fd_set()
      Self.add(descriptor, to: &ready)
      let count: Int32
      if let milliseconds {
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        count = pselect(descriptor + 1, &ready, nil, nil, &time, &none)
      } else {
        count = pselect(descriptor + 1, &ready, nil, nil, nil, &none)
      }
      if count > 0 { return .changed }
      if count == 0 { return .quiet }
      guard errno == EINTR else { throw Diagnostic("changes cannot be watched: \(SystemError.last.words)") }
    }
  }

  /// `FD_SET`, a macro that Swift does not see: a bit a descriptor, in words of the machine.
  private static func add(_ descriptor: Int32, to set: inout fd_set) {
    withUnsafeMutableBytes(of: &set) { bytes in
      let words = bytes.bindMemory(to: UInt.self)
      let (word, bit) = Int(descriptor).quotientAndRemainder(dividingBy: UInt.bitWidth)
      words[word] |= 1 << UInt(bit)
    }
  }
}
