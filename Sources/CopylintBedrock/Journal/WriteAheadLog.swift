import Glibc
import Synchronization

/// The file of a journal's write-ahead log, to be brought to the disk beside SQLite.
///
/// SQLite has no lock on this file that closing a descriptor could end: those of WAL mode are on the database and on its
/// shared memory (https://sqlite.org/walformat.html).
final class WriteAheadLog: Sendable {
  private let path: String
  private let descriptor = Mutex<Int32>(-1)

  /// Opens nothing yet. `path` is the journal's.
  init(of path: String) { self.path = path + "-wal" }

  deinit {
    descriptor.withLock { if $0 >= 0 { close($0) } }
  }

  /// Returns when all is on disk that was written before. What fails here SQLite finds at the next checkpoint.
  func synchronise() {
    descriptor.withLock { descriptor in
      if descriptor < 0 { descriptor = open(path, O_RDONLY | O_CLOEXEC) }
      if descriptor >= 0 { fdatasync(descriptor) }
    }
  }
}
