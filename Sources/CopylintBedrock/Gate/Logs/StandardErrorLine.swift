import Glibc
import Synchronization

/// Whole lines on standard error, from several threads.
public enum StandardErrorLine {
  private static let lock = Mutex(())

  /// Writes a line with its line feed. What cannot be written is lost: there is nowhere left to say so.
  public static func write(_ line: [UInt8]) {
    lock.withLock { _ in
      var rest = line[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
        if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
      }
    }
  }
}
