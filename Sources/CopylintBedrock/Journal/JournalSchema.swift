import GRDB

/// How the journal's database is made, opened and recognised.
enum JournalSchema {
  /// `PRAGMA application_id`: "CPLJ".
  private static let applicationID = 0x4350_4C4A
  private static let version = 1

  /// Fills a draft with an empty journal. `path` is the journal's own, for errors.
  static func create(at draft: String, named path: String) throws(JournalError) {
    do {
      let queue = try DatabaseQueue(path: draft)
      // Once here, so that no two processes have to agree on it later.
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
      try queue.write { database in
        try database.execute(sql: table)
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
      }
      try queue.close()
    } catch {
      throw self.error(error, path)
    }
  }

  /// Opens a journal that is there; throws where the database is none of ours, or of another version.
  static func open(_ path: String) throws(JournalError) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { database in
      let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? ""
      if mode != "wal" { try database.execute(sql: "PRAGMA journal_mode = WAL") }
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let marks = try queue.read { database in
        [
          try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
          try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
        ]
      }
      guard marks[0] == applicationID else { throw JournalError.damaged(path: path, reason: "it is no journal") }
      guard marks[1] == version else {
        throw JournalError.unusable(
          path: path, reason: "it has version \(marks[1]), and this program writes \(version)")
      }
      return queue
    } catch {
      throw self.error(error, path)
    }
  }

  /// SQLite's reasons in words; a damaged file is told from one that cannot be used.
  static func error(_ error: any Error, _ path: String) -> JournalError {
    if let error = error as? JournalError { return error }
    guard let error = error as? DatabaseError else { return .unusable(path: path, reason: "\(type(of: error))") }
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged(path: path, reason: "SQLite cannot read it")
    case .SQLITE_FULL: return .unusable(path: path, reason: "the disk is full")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN: return .unusable(path: path, reason: "it cannot be written")
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .unusable(path: path, reason: "another process holds it")
    case .SQLITE_IOERR: return .unusable(path: path, reason: "the disk failed")
    default: return .unusable(path: path, reason: "SQLite says \(error.resultCode.rawValue)")
    }
  }

  private static let table = """
    CREATE TABLE entries (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      region TEXT NOT NULL, account TEXT, digest TEXT NOT NULL, token TEXT NOT NULL, state TEXT NOT NULL,
      job_arn TEXT, target_model_name TEXT NOT NULL, source_model_arn TEXT NOT NULL,
      created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, checksum TEXT NOT NULL
    );
    CREATE INDEX entries_by_copy ON entries (digest, region);
    CREATE INDEX entries_by_token ON entries (token);
    """
}
