import Glibc

/// An open input: a regular file, or standard input. Closed with its last reference, standard input never.
final class OpenFile {
  /// What it is reported under.
  let path: ByteString
  /// Bytes at the time of opening; 0 where unknown.
  let size: Int
  /// Who may do what with it, at the time of opening; 0 where unknown.
  let permissions: mode_t
  private let descriptor: Int32
  private let closesDescriptor: Bool

  /// Opens a regular file for reading, following symbolic links unless told otherwise. Anything else is refused with its
  /// own message, and without waiting: a FIFO would block, a device may act on being read.
  init(opening path: ByteString, followsLinks: Bool = true) throws(Diagnostic) {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsLinks ? 0 : O_NOFOLLOW)
    descriptor = path.withCString { open($0, flags) }
    closesDescriptor = true
    self.path = path
    var status = stat()
    if descriptor < 0 {
      let error = SystemError.last
      // A socket cannot be opened at all, and "no such device" would not help.
      let isSocket = path.withCString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFSOCK
      if !followsLinks, error.code == ELOOP { throw Self.refusal(S_IFLNK, path) }
      throw isSocket ? Self.refusal(S_IFSOCK, path) : error.diagnostic(path)
    }
    guard fstat(descriptor, &status) == 0 else {
      let error = SystemError.last
      close(descriptor)
      throw error.diagnostic(path)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Self.refusal(status.st_mode & S_IFMT, path)
    }
    size = Int(status.st_size)
    permissions = status.st_mode & 0o7777
  }

  /// An input that is open already and stays open: a pipe, a terminal or a file.
  init(descriptor: Int32, path: ByteString) {
    self.descriptor = descriptor
    self.path = path
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isFile ? Int(status.st_size) : 0
    permissions = 0
    closesDescriptor = false
  }

  deinit {
    if closesDescriptor { close(descriptor) }
  }

  /// The process's standard input.
  static var standardInput: OpenFile { OpenFile(descriptor: STDIN_FILENO, path: "<stdin>") }

  /// Reads into `buffer` and returns how many bytes came; 0 at the end.
  @inline(never)
  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(SystemError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      let error = SystemError.last
      switch error.code {
      case EINTR: continue
      // Another process that shares the pipe may have made it non-blocking.
      case EAGAIN: waitForInput()
      default: throw error
      }
    }
  }

  /// Whether a read would wait: nothing is there, and it is not the end.
  var wouldWait: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) == 0
  }

  private func waitForInput() {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&request, 1, -1)
  }

  private static func refusal(_ type: mode_t, _ path: ByteString) -> Diagnostic {
    switch type {
    case S_IFDIR: return SystemError(code: EISDIR).diagnostic(path)
    case S_IFIFO:
      return Diagnostic("is a named pipe, not a file", help: "give `-` to read standard input", path: path)
    case S_IFSOCK:
      return Diagnostic("is a socket, not a file", help: "give `-` to read standard input", path: path)
    case S_IFLNK: return Diagnostic("is a symbolic link, not a file", help: "name the file itself", path: path)
    case S_IFCHR, S_IFBLK:
      return Diagnostic("is a device, not a file", help: "give `-` to read standard input", path: path)
    default: return Diagnostic("is not a regular file", path: path)
    }
  }
}
