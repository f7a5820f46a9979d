import CSQLite
import Glibc
import Synchronization

/// The file of a journal's write-ahead log, beside SQLite.
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

  /// Has the system begin to write what it holds of the file. Nothing is certain to be on the disk for that, and what fails
  /// SQLite finds at the next checkpoint.
  func beginWriting() {
    descriptor.withLock { descriptor in
      if descriptor < 0 { descriptor = open(path, O_RDONLY | O_CLOEXEC) }
      if descriptor >= 0 { _ = copylint_begin_writing(descriptor) }
    }
  }
}
