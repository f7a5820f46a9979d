import BedrockClient
import Glibc

/// A file of lines that several processes share. What is written is whole and with the system, which keeps it whatever
/// becomes of this process, or not there; it is on disk once it was synchronised.
///
/// Who writes holds a lock on the file (flock(2)), and first looks whether the path still leads to it: the file may have
/// been set aside, by another process or by logrotate.
struct LogFile {
  /// Why a write had no effect.
  struct Failure: Error {
    var error: DecisionLogError
    /// Whether nothing of it is left in the file.
    var isUndone: Bool
  }

  let path: String
  private let maxBytes: Int
  private let time: any TimeSource
  let calls: LogFileCalls
  private var opened: OpenLog?
  /// What was written and not synchronised since, in the order of the files.
  private var stretches: [LogStretch] = []

  /// Opens the file, or makes it, 0600. Throws where something else stands there, or others than the owner may read it.
  init(
    path: String, maxBytes: Int, time: any TimeSource = SystemTimeSource(), calls: LogFileCalls = .system
  ) throws(DecisionLogError) {
    (self.path, self.maxBytes, self.time, self.calls) = (path, maxBytes, time, calls)
    opened = try OpenLog(path)
  }

  /// Writes whole lines. What it returns is why the file, though too large, was not set aside before. Where it fails half
  /// way, the next line begins on its own all the same.
  mutating func write(_ lines: [UInt8]) throws(Failure) -> DecisionLogError? {
    let log: OpenLog
    let size: Int
    let notice: DecisionLogError?
    do throws(DecisionLogError) {
      (log, size, notice) = try prepare(for: lines.count)
    } catch {
      throw Failure(error: error, isUndone: true)
    }
    defer { log.unlock() }
    try write(lines, to: log, at: size)
    return notice
  }

  /// Opens the path again where it leads to another file by now.
  mutating func reopen() throws(DecisionLogError) {
    if let opened, opened.size(at: path) != nil { return }
    opened = nil
    opened = try OpenLog(path)
  }

  // MARK: Rotation

  /// Whether so many bytes more are not too many for the file, as far as it is known without its lock.
  func hasRoom(for count: Int) -> Bool {
    guard let size = knownSize else { return true }
    return Self.hasRoom(size, count, maxBytes)
  }

  /// What this process wrote last ends where the file does, unless others write too.
  private var knownSize: Int? {
    guard let last = stretches.last, last.log === opened else { return opened?.size }
    return last.end
  }

  private static func hasRoom(_ size: Int, _ count: Int, _ maxBytes: Int) -> Bool {
    size == 0 || count == 0 || size + count <= maxBytes
  }

  /// Sets the file aside where they are, so that who writes need not.
  mutating func makeRoom(for count: Int) {
    if let (log, _, _) = try? prepare(for: count) { log.unlock() }
  }

  /// The locked file that has room, its size, and why it has none all the same.
  private mutating func prepare(for count: Int) throws(DecisionLogError) -> (OpenLog, Int, DecisionLogError?) {
    let (log, size) = try lock()
    guard !Self.hasRoom(size, count, maxBytes) else { return (log, size, nil) }
    do throws(DecisionLogError) {
      try setAside()
    } catch {
      return (log, size, error)
    }
    // The lock is given up only now: who waited for it finds that the path leads elsewhere.
    log.unlock()
    opened = nil
    let (next, nextSize) = try lock()
    return (next, nextSize, nil)
  }

  private func setAside() throws(DecisionLogError) {
    let part = try LogParts.next(for: path, at: time.date)
    // INVARIANT: no file has that name, and only who holds the lock gives such names.
    guard rename(path, part) == 0 else { throw .last(path) }
    try OpenLog.synchroniseFolder(of: path)
  }

  private mutating func lock() throws(DecisionLogError) -> (OpenLog, size: Int) {
    for _ in 0..<100 {
      let log = try openIfNeeded()
      try log.lock()
      if let size = log.size(at: path) { return (log, size) }
      log.unlock()
      opened = nil
    }
    throw DecisionLogError(path: path, reason: "another file takes its place all the time")
  }

  private mutating func openIfNeeded() throws(DecisionLogError) -> OpenLog {
    if let opened { return opened }
    let log = try OpenLog(path)
    opened = log
    return log
  }

  // MARK: Writing

  private mutating func write(_ lines: [UInt8], to log: OpenLog, at start: Int) throws(Failure) {
    // Where this process wrote last, its line feed is the last byte.
    let isOwn = stretches.last.map { $0.log === log && $0.end == start } ?? false
    let bytes = isOwn || log.endsLine(start) ? lines : [0x0A] + lines
    guard let failure = transfer(bytes, log) else { return note(log, start, start + bytes.count, isOwn) }
    let isUndone = calls.truncate(log.descriptor, start) == 0
    opened = nil
    throw Failure(error: failure, isUndone: isUndone)
  }

  private func transfer(_ bytes: [UInt8], _ log: OpenLog) -> DecisionLogError? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { calls.write(log.descriptor, $0) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return .last(path) }
    }
    return nil
  }

  private mutating func note(_ log: OpenLog, _ start: Int, _ end: Int, _ isOwn: Bool) {
    if isOwn { return stretches[stretches.count - 1].end = end }
    stretches.append(LogStretch(log: log, start: start, end: end))
  }

  // MARK: Synchronising

  /// What is to be brought to the disk now.
  var unsynchronised: [LogStretch] { stretches }

  /// Brings these to the disk; nil when they are there. Needs no lock: other processes go on.
  static func synchronise(_ stretches: [LogStretch], _ path: String, _ calls: LogFileCalls) -> DecisionLogError? {
    var last: OpenLog?
    for stretch in stretches where stretch.log !== last {
      last = stretch.log
      guard calls.synchronise(stretch.log.descriptor) == 0 else { return .last(path) }
    }
    return nil
  }

  /// All of it is on disk.
  mutating func confirm() { stretches = [] }

  /// Takes all of it back that was not confirmed; whether nothing of it is left.
  ///
  /// A failed fsync leaves pages that count as written and are not; a later one on them says nothing about them. So what
  /// was not confirmed goes, and the file is opened anew. Where another process wrote after it, it stays.
  mutating func withdraw() -> Bool {
    var isUndone = true
    for stretch in stretches.reversed() { isUndone = withdraw(stretch) && isUndone }
    stretches = []
    opened = nil
    return isUndone
  }

  private func withdraw(_ stretch: LogStretch) -> Bool {
    do throws(DecisionLogError) { try stretch.log.lock() } catch { return false }
    defer { stretch.log.unlock() }
    return stretch.log.size == stretch.end && calls.truncate(stretch.log.descriptor, stretch.start) == 0
  }
}

/// Bytes of a file that one process wrote without another one between.
struct LogStretch {
  let log: OpenLog
  let start: Int
  var end: Int
}
