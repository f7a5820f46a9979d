import Glibc

/// An open file of the log; closed with its last reference.
final class OpenLog: Sendable {
  let descriptor: Int32
  private let path: String

  /// Opens the file, or makes it, 0600. Throws where something else stands there, or others than the owner may read it.
  init(_ path: String) throws(DecisionLogError) {
    self.path = path
    let flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    var file = open(path, flags)
    let isNew = file < 0 && errno == ENOENT
    if isNew { file = open(path, flags | O_CREAT, 0o600) }
    descriptor = file
    guard file >= 0 else { throw .last(path) }
    // The descriptor is closed by deinit, which runs for an initialiser that throws from here on.
    guard PrivateFile.status(file) != nil else { throw DecisionLogError(path: path, reason: PrivateFile.demand) }
    if isNew { try Self.synchroniseFolder(of: path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Has the names in the file's directory on disk.
  static func synchroniseFolder(of path: String) throws(DecisionLogError) {
    let folder = open(LogParts.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .last(path) }
    defer { close(folder) }
    // EINVAL is what file systems say that have no such thing.
    guard fsync(folder) == 0 || errno == EINVAL else { throw .last(path) }
  }

  /// The size in bytes; nil where the system does not say.
  var size: Int? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Waits until no other process has the lock.
  func lock() throws(DecisionLogError) {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw .last(path) }
    }
  }

  func unlock() { flock(descriptor, LOCK_UN) }

  /// The size in bytes where the path leads to this file, through no link; else nil.
  func size(at path: String) -> Int? {
    var (own, there) = (stat(), stat())
    let isSame =
      fstat(descriptor, &own) == 0 && lstat(path, &there) == 0 && own.st_dev == there.st_dev
      && own.st_ino == there.st_ino
    return isSame ? Int(own.st_size) : nil
  }

  /// Whether the last of so many bytes is a line feed, or there is none.
  func endsLine(_ size: Int) -> Bool {
    guard size > 0 else { return true }
    var last: UInt8 = 0
    return pread(descriptor, &last, 1, off_t(size - 1)) == 1 && last == 0x0A
  }
}
