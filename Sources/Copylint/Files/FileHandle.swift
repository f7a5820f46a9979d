import Glibc

/// An open file descriptor; closes it, unless it is standard input.
final class FileHandle {
  let descriptor: CInt
  let path: ByteString

  /// Standard input.
  init(standardInputNamed path: ByteString) { (descriptor, self.path) = (STDIN_FILENO, path) }

  /// Opens a regular file to read. A FIFO or a device is refused without waiting for it.
  init(_ path: ByteString) throws(Diagnostic) {
    guard !path.bytes.contains(0) else { throw Diagnostic("the path holds a NUL byte", path: path) }
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    descriptor = FilePath.withCString(path) { open($0, flags) }
    self.path = path
    guard descriptor >= 0 else { throw Diagnostic(Self.reason(errno), path: path) }
    try checkType()
  }

  deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

  private func checkType() throws(Diagnostic) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Diagnostic(Self.reason(errno), path: path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw Diagnostic("this is a directory", path: path)
    case S_IFIFO:
      throw Diagnostic("this is a FIFO, not a file", help: "pipe it to standard input and check `-`", path: path)
    case S_IFSOCK: throw Diagnostic("this is a socket, not a file", path: path)
    default: throw Diagnostic("this is a device, not a file", path: path)
    }
  }

  /// Reads at most `count` more bytes; none at the end.
  func read(atMost count: Int) throws(Diagnostic) -> [UInt8] {
    while true {
      var result = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        result = Glibc.read(descriptor, buffer.baseAddress, count)
        initialized = max(result, 0)
      }
      if result >= 0 { return bytes }
      guard errno == EINTR else { throw Diagnostic(Self.reason(errno), path: path) }
    }
  }

  /// An error of the system in plain words.
  static func reason(_ code: CInt) -> String {
    switch code {
    case ENOENT: "no such file"
    case EACCES, EPERM: "permission denied"
    case ELOOP: "the symbolic links go in a circle"
    case ENOTDIR: "a part of the path is not a directory"
    case ENAMETOOLONG: "the path is too long"
    case ENXIO: "this is a device or socket without a reader"
    case EISDIR: "this is a directory"
    case EMFILE, ENFILE: "too many open files"
    case EIO: "the disk failed to read it"
    default: String(cString: strerror(code)).lowercasedFirst
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
