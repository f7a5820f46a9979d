import CSQLite

/// How the journal's database is made, opened and recognised.
enum JournalSchema {
  /// `PRAGMA application_id`: "CPLJ".
  private static let applicationID: Int64 = 0x4350_4C4A
  private static let version: Int64 = 3

  /// Milliseconds; another process holds the journal for a few of them at a time.
  private static let busyTimeout: Int32 = 30_000

  /// Fills a draft with an empty journal. `path` is the journal's own, for errors.
  static func create(at draft: String, named path: String) throws(JournalError) {
    do {
      try fill(draft)
    } catch {
      throw self.error(error, path)
    }
  }

  /// The draft is closed at the end: then SQLite leaves nothing beside it.
  private static func fill(_ draft: String) throws {
    let database = try SQLiteConnection(path: draft, busyTimeout: busyTimeout)
    // A call changes five pages: of 4096 bytes, they would be four times as much to bring to the disk.
    try database.execute("PRAGMA page_size = 1024")
    // Once here, so that no two processes have to agree on it later.
    try database.execute("PRAGMA journal_mode = WAL")
    try database.transaction {
      try database.execute(entries)
      try database.execute("PRAGMA application_id = \(applicationID)")
      try upgrade(database)
    }
    try database.checkpoint()
  }

  /// Opens a journal that is there; throws where the database is none of ours, or of another version.
  static func open(_ path: String) throws(JournalError) -> SharedSQLiteConnection {
    do {
      let database = try SQLiteConnection(path: path, busyTimeout: busyTimeout)
      if try database.text("PRAGMA journal_mode") != "wal" { try database.execute("PRAGMA journal_mode = WAL") }
      // Who writes says when what is in the write-ahead log is copied: SQLite would do it in the midst of a commit.
      try database.execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
      guard try database.integer("PRAGMA application_id") == applicationID else {
        throw JournalError.damaged(path: path, reason: "it is no journal")
      }
      var found = try database.integer("PRAGMA user_version") ?? 0
      if (1..<version).contains(found) { found = try database.transaction { try upgrade(database) } }
      guard found == version else {
        throw JournalError.unusable(path: path, reason: "it has version \(found), and this program writes \(version)")
      }
      return SharedSQLiteConnection(database)
    } catch {
      throw self.error(error, path)
    }
  }

  /// Makes a journal of an earlier version one of this version, unless another process was faster. Returns the version that
  /// it has then.
  @discardableResult
  private static func upgrade(_ database: SQLiteConnection) throws -> Int64 {
    let found = try database.integer("PRAGMA user_version") ?? 0
    guard found < version else { return found }
    if found < 2 { try database.execute(gates) }
    try database.execute(locksOfGates)
    try database.execute("PRAGMA user_version = \(version)")
    return version
  }

  /// SQLite's reasons in words; a damaged file is told from one that cannot be used.
  static func error(_ error: any Error, _ path: String) -> JournalError {
    if let error = error as? JournalError { return error }
    guard let error = error as? SQLiteError else { return .unusable(path: path, reason: "\(type(of: error))") }
    switch error.code {
    // What SQLite calls a mere error is a statement that does not fit the tables, and the statements are always the same.
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR: return .damaged(path: path, reason: "SQLite cannot read it")
    case SQLITE_FULL: return .unusable(path: path, reason: "the disk is full")
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN: return .unusable(path: path, reason: "it cannot be written")
    case SQLITE_BUSY, SQLITE_LOCKED: return .unusable(path: path, reason: "another process holds it")
    case SQLITE_IOERR: return .unusable(path: path, reason: "the disk failed")
    default: return .unusable(path: path, reason: "SQLite says \(error.code)")
    }
  }

  private static let entries = """
    CREATE TABLE entries (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      region TEXT NOT NULL, account TEXT, digest TEXT NOT NULL, token TEXT NOT NULL, state TEXT NOT NULL,
      job_arn TEXT, target_model_name TEXT NOT NULL, source_model_arn TEXT NOT NULL,
      created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, checksum TEXT NOT NULL
    );
    CREATE INDEX entries_by_copy ON entries (digest, region);
    CREATE INDEX entries_by_token ON entries (token);
    """

  /// Since version 2; see `JournalGates`.
  private static let gates = """
    CREATE TABLE gates (chain TEXT PRIMARY KEY, log TEXT NOT NULL, boot TEXT NOT NULL, lines INTEGER NOT NULL)
    """

  /// Since version 3. A gate of version 2 may still be running beside this program.
  private static let locksOfGates = "ALTER TABLE gates ADD COLUMN lock TEXT"
}
