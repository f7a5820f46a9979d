import Glibc

/// An append-only file of lines that several processes share: each line is whole, and on disk when `append` returns.
final class LogFile: Sendable {
  let path: String
  private let descriptor: Int32

  /// Opens the file, or makes it, 0600. Throws where something else stands there, or others than the owner may read it.
  init(path: String) throws(DecisionLogError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw DecisionLogError(path: path, reason: Self.words(errno)) }
    var status = stat()
    let isPlain =
      fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_uid == geteuid()
      && status.st_mode & 0o077 == 0
    // The descriptor is closed by deinit, which runs for an initialiser that throws from here on.
    guard isPlain else {
      throw DecisionLogError(path: path, reason: "it is not a regular file of this user alone (0600)")
    }
  }

  deinit { close(descriptor) }

  /// The size in bytes.
  var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Appends one line. Where that fails half way, the next line begins on its own all the same.
  func append(_ line: [UInt8]) throws(DecisionLogError) {
    guard flock(descriptor, LOCK_EX) == 0 else { throw failure }
    defer { flock(descriptor, LOCK_UN) }
    try write((endsLine ? [] : [0x0A]) + line + [0x0A])
    guard fsync(descriptor) == 0 else { throw failure }
  }

  private var endsLine: Bool {
    let size = size
    guard size > 0 else { return true }
    var last: UInt8 = 0
    return pread(descriptor, &last, 1, off_t(size - 1)) == 1 && last == 0x0A
  }

  private func write(_ bytes: [UInt8]) throws(DecisionLogError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw failure }
    }
  }

  private var failure: DecisionLogError { DecisionLogError(path: path, reason: Self.words(errno)) }

  private static func words(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "the disk is full"
    case EACCES, EPERM, EROFS: "permission denied"
    case ENOENT, ENOTDIR: "its directory is not there"
    case ELOOP: "it is a symbolic link"
    case EIO: "the disk failed"
    default: "the system refused (error \(code))"
    }
  }
}

/// Why nothing can be written down, and so nothing is sent.
public struct DecisionLogError: Error, Sendable, Equatable {
  /// The file.
  public var path: String
  /// What is wrong: lowercase, no full stop.
  public var reason: String
}
