import Glibc

/// Changes in directories as Linux tells of them (inotify(7)). Not to be used from several threads at once.
package final class DirectoryEvents {
  /// Readable when there is something to `read`.
  package let descriptor: Int32
  /// Files whose changes say nothing, by absolute path: those that the process itself writes.
  private let ignored: Set<ByteString>
  private var watched: [Int32: ByteString] = [:]
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// Watches nothing yet.
  package init(ignoring files: [ByteString] = []) throws(Diagnostic) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    ignored = Set(files.map { FileSystem.absolutePath($0) })
    guard descriptor >= 0 else { throw Diagnostic("changes cannot be watched: \(SystemError.last.words)") }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF)

  /// Watches these directories from now on, beside those before. Absolute paths; one that is gone is passed over. Throws
  /// where the system does not let one be watched.
  package func watch(_ directories: Set<ByteString>) throws(Diagnostic) {
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

  /// Reads what there is; whether any of it is about something else than ignored files.
  package func read() -> Bool {
    var isRelevant = false
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
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
