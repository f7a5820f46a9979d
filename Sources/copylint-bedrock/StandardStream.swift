import Glibc

/// A stream of this process, written at once: what stands there is there when the process is killed.
enum StandardStream {
  case output
  case error

  /// Has what this process was started without lead nowhere: the next file or connection would take its number, and get
  /// what is printed. A command that is run is started without it too.
  static func takeClosedOnes() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 && errno == EBADF {
      // The lowest number that is free.
      _ = open("/dev/null", O_RDWR | O_CLOEXEC)
    }
  }

  func print(_ line: String) { write(Array(line.utf8) + [0x0A]) }

  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.write(self == .output ? STDOUT_FILENO : STDERR_FILENO, $0.baseAddress, $0.count)
      }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR && errno != EAGAIN { return }
    }
  }
}
