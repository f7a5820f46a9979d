import Synchronization

/// Checkpoints that hold up nobody who writes the journal: by a connection of their own.
final class JournalCheckpoints: Sendable {
  private let path: String
  private let opened = Mutex<SharedSQLiteConnection?>(nil)

  /// Opens nothing yet. `path` is that of a journal.
  init(path: String) { self.path = path }

  /// Copies from the write-ahead log what can be copied. Returns how many pages that has. It begins anew with the first
  /// write that finds all of it copied, which under load may be never.
  func copy() throws(JournalError) -> Int {
    do {
      return try connection().use { try $0.checkpointBesideOthers() }
    } catch {
      throw JournalSchema.error(error, path)
    }
  }

  private func connection() throws -> SharedSQLiteConnection {
    try opened.withLock { opened in
      let connection = try opened ?? JournalSchema.open(path)
      opened = connection
      return connection
    }
  }
}
