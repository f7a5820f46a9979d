import Glibc

/// Which file it is, whatever its name.
struct FileIdentity: Hashable {
  var device: UInt
  var inode: UInt
}

/// A file of the log that is open for reading; closed with its last reference.
final class ReadLog {
  let identity: FileIdentity
  /// How much of it is whole lines that were appended before it was opened, and what a crash left after them; bytes.
  let size: Int
  private let descriptor: Int32
  private let path: String

  /// Throws where there is no regular file that can be read.
  init(_ path: String) throws(DecisionLogError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      (identity, size) = (FileIdentity(device: 0, inode: 0), 0)
      throw errno == ENOENT ? .absence(path) : .last(path)
    }
    // Who appends has the lock: while somebody does, the end of the file is not the end of a line.
    flock(descriptor, LOCK_SH)
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    flock(descriptor, LOCK_UN)
    identity = FileIdentity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
    size = Int(status.st_size)
    guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
      throw DecisionLogError(path: path, reason: "it is not a regular file")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Reads at most so many bytes; returns how many came, 0 at the end.
  func read(into buffer: inout [UInt8], _ count: Int, from offset: Int) throws(DecisionLogError) -> Int {
    while true {
      let got = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, min(count, $0.count), off_t(offset)) }
      if got >= 0 { return got }
      guard errno == EINTR else { throw .last(path) }
    }
  }
}
