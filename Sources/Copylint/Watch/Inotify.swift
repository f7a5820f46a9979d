import Glibc
import Synchronization

/// Set by the handler of SIGINT and SIGTERM. A signal handler can reach nothing but what is global.
private let isInterrupted = Atomic<Bool>(false)

/// Changes as Linux tells of them (inotify(7)), and interruption by SIGINT and SIGTERM.
public final class Inotify: ChangeSource {
  private let descriptor: Int32
  /// Files whose changes say nothing, by absolute path: those that the run itself writes.
  private let ignored: Set<ByteString>
  private var watched: [Int32: ByteString] = [:]
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// Begins to listen. From now on SIGINT and SIGTERM end the wait instead of the process; one that comes at another
  /// time ends the next wait.
  public init(ignoring files: [ByteString] = []) throws(Diagnostic) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard descriptor >= 0 else { throw Diagnostic("changes cannot be watched: \(SystemError.last.words)") }
    guard descriptor < 1024 else { throw Diagnostic("changes cannot be watched: too many open files") }
    ignored = Set(files.map { FileSystem.absolutePath($0) })
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

  deinit { close(descriptor) }

  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF)

  /// See `ChangeSource`.
  public func watch(_ directories: Set<ByteString>) throws(Diagnostic) {
    let known = Set(watched.values)
    for directory in directories.sorted() where !known.contains(directory) {
      let watch = directory.withCString { inotify_add_watch(descriptor, $0, Self.mask | UInt32(IN_ONLYDIR)) }
      if watch >= 0 {
        watched[watch] = directory
      } else if errno != ENOENT && errno != ENOTDIR {
        let error = SystemError.last
        let isFull = error.code == ENOSPC
        throw Diagnostic(
          "cannot be watched: \(isFull ? "too many directories are watched" : error.words)",
          help: isFull ? "name fewer directories, or raise `fs.inotify.max_user_watches`" : nil, path: directory)
      }
    }
  }

  /// See `ChangeSource`.
  public func next(within milliseconds: Int?) throws(Diagnostic) -> WatchEvent {
    while true {
      switch try wait(milliseconds) {
      case .changed: if readEvents() { return .changed }
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

  /// Reads what there is; whether any of it is about something else than ignored files.
  private func readEvents() -> Bool {
    var isRelevant = false
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return isRelevant }
      var at = 0
      while at < count {
        let (event, name, length) = event(at)
        at += length
        isRelevant = isRelevant || matters(event, name)
        if event.mask & UInt32(IN_IGNORED) != 0 { watched[event.wd] = nil }
      }
    }
  }

  private func event(_ at: Int) -> (event: inotify_event, name: ByteString, length: Int) {
    buffer.withUnsafeBytes { bytes in
      let event = bytes.loadUnaligned(fromByteOffset: at, as: inotify_event.self)
      let start = at + MemoryLayout<inotify_event>.size
      let name = bytes[start..<start + Int(event.len)].prefix { $0 != 0 }
      return (event, ByteString(name), MemoryLayout<inotify_event>.size + Int(event.len))
    }
  }

  private func matters(_ event: inotify_event, _ name: ByteString) -> Bool {
    guard event.mask & UInt32(IN_Q_OVERFLOW) == 0, let directory = watched[event.wd] else { return true }
    if event.mask & UInt32(IN_IGNORED) != 0 { return false }
    // What is being written beside its place, to take it when it is whole.
    if name.starts(with: ".copylint-") { return false }
    return name.isEmpty || !ignored.contains(Path.join(directory, name))
  }
}
