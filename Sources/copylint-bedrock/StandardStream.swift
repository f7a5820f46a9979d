import Glibc

/// A stream of this process, written at once: what stands there is there when the process is killed.
enum StandardStream {
  case output
  case error

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
