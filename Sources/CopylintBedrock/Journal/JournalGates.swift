import CSQLite

/// The gates whose last transactions may not be on the disk yet. Each leaves when they are; one that is killed stays, until
/// another process opens the journal and brings them there. What it wrote is lost only where the machine stops before: in
/// another boot of it.
enum JournalGates {
  static func add(_ database: SQLiteConnection, _ log: RecoveryLog, boot: String, lock: GateLock.Name) throws {
    try database.execute(
      "INSERT OR REPLACE INTO gates (chain, log, boot, lines, lock) VALUES (?, ?, ?, ?, ?)",
      [.text(log.chain), .text(log.path), .text(boot), .integer(Int64(log.lines)), .text(lock.description)])
  }

  static func remove(_ database: SQLiteConnection, _ log: RecoveryLog) throws {
    try database.execute("DELETE FROM gates WHERE chain = ?", [.text(log.chain)])
  }

  /// The locks of those that wrote in this boot. One of version 2 of the journal had none, so that nobody knows of it whether
  /// it lives.
  static func locks(_ database: SQLiteConnection, boot: String) throws -> [GateLock.Name] {
    let rows = try database.prepare("SELECT lock FROM gates WHERE boot = ?", [.text(boot)])
    var locks: [GateLock.Name] = []
    while try rows.step() {
      if let lock = rows.text(0).flatMap(GateLock.Name.init) { locks.append(lock) }
    }
    return locks
  }

  static func remove(_ database: SQLiteConnection, with lock: GateLock.Name) throws {
    try database.execute("DELETE FROM gates WHERE lock = ?", [.text(lock.description)])
  }

  /// The logs of those that wrote in another boot than this one; of all where nobody knows which one this is.
  static func interrupted(_ database: SQLiteConnection, boot: String?) throws -> [RecoveryLog] {
    let rows = try database.prepare(
      "SELECT log, chain, lines FROM gates WHERE boot <> ? ORDER BY rowid", [.text(boot ?? "")])
    var logs: [RecoveryLog] = []
    while try rows.step() {
      guard let path = rows.text(0), let chain = rows.text(1), let lines = rows.integer(2),
        (1..<1 << 60).contains(lines)
      else {
        throw SQLiteError(SQLITE_CORRUPT)
      }
      logs.append(RecoveryLog(path: path, chain: chain, lines: Int(lines)))
    }
    return logs
  }
}
