import BedrockClient
import Glibc

/// An append-only file of lines that several processes share: what is appended is whole and on disk, or not there.
///
/// Who appends holds a lock on the file (flock(2)), and first looks whether the path still leads to it: the file may have
/// been set aside, by another process or by logrotate.
struct LogFile {
  /// Why an append had no effect.
  struct Failure: Error {
    var error: DecisionLogError
    /// Whether nothing of it is left in the file.
    var isUndone: Bool
  }

  let path: String
  private let maxBytes: Int
  private let time: any TimeSource
  private let calls: LogFileCalls
  private var opened: OpenLog?

  /// Opens the file, or makes it, 0600. Throws where something else stands there, or others than the owner may read it.
  init(
    path: String, maxBytes: Int, time: any TimeSource = SystemTimeSource(), calls: LogFileCalls = .system
  ) throws(DecisionLogError) {
    (self.path, self.maxBytes, self.time, self.calls) = (path, maxBytes, time, calls)
    opened = try OpenLog(path)
  }

  /// Appends whole lines. On disk when it returns; what it returns is why the file, though too large, was not set aside
  /// before. Where it fails half way, the next line begins on its own all the same.
  mutating func append(_ lines: [UInt8]) throws(Failure) -> DecisionLogError? {
    let log: OpenLog
    let notice: DecisionLogError?
    do throws(DecisionLogError) {
      (log, notice) = try prepare(for: lines.count)
    } catch {
      throw Failure(error: error, isUndone: true)
    }
    defer { log.unlock() }
    try write(lines, to: log)
    return notice
  }

  /// Opens the path again where it leads to another file by now.
  mutating func reopen() throws(DecisionLogError) {
    if let opened, opened.stands(at: path) { return }
    opened = nil
    opened = try OpenLog(path)
  }

  // MARK: Rotation

  /// The locked file that has room, and why it has none all the same.
  private mutating func prepare(for count: Int) throws(DecisionLogError) -> (OpenLog, DecisionLogError?) {
    let log = try lock()
    guard let size = log.size, size > 0, size + count > maxBytes else { return (log, nil) }
    do throws(DecisionLogError) {
      try setAside()
    } catch {
      return (log, error)
    }
    // The lock is given up only now: who waited for it finds that the path leads elsewhere.
    log.unlock()
    opened = nil
    return (try lock(), nil)
  }

  private func setAside() throws(DecisionLogError) {
    let part = try LogParts.next(for: path, at: time.date)
    // INVARIANT: no file has that name, and only who holds the lock gives such names.
    guard rename(path, part) == 0 else { throw .last(path) }
    try OpenLog.synchroniseFolder(of: path)
  }

  private mutating func lock() throws(DecisionLogError) -> OpenLog {
    for _ in 0..<100 {
      let log = try openIfNeeded()
      try log.lock()
      if log.stands(at: path) { return log }
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

  private mutating func write(_ lines: [UInt8], to log: OpenLog) throws(Failure) {
    guard let start = log.size else { throw Failure(error: .last(path), isUndone: true) }
    let failure = transfer((log.endsLine(start) ? [] : [0x0A]) + lines, log) ?? synchronise(log)
    guard let failure else { return }
    // A failed fsync leaves pages that count as written and are not; a later one on them says nothing about them. So what
    // was not confirmed goes, and the file is opened anew.
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

  private func synchronise(_ log: OpenLog) -> DecisionLogError? {
    calls.synchronise(log.descriptor) == 0 ? nil : .last(path)
  }
}
