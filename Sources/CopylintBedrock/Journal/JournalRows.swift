import GRDB

/// The journal's rows, read and written within a transaction.
enum JournalRows {
  static func all(_ database: Database) throws -> [JournalEntry] {
    try Row.fetchAll(database, sql: "SELECT * FROM entries ORDER BY id").map(entry)
  }

  static func entry(_ database: Database, id: Int64) throws -> JournalEntry? {
    try Row.fetchOne(database, sql: "SELECT * FROM entries WHERE id = ?", arguments: [id]).map(entry)
  }

  /// The entries that may be of this copy, the oldest first: an account that is not known may be any.
  static func entries(_ database: Database, of copy: LogicalCopy) throws -> [JournalEntry] {
    let sql = "SELECT * FROM entries WHERE digest = ? AND region = ? ORDER BY id"
    return try Row.fetchAll(database, sql: sql, arguments: [copy.digest, copy.region]).map(entry).filter {
      matches($0, copy)
    }
  }

  static func entries(
    _ database: Database, withToken token: String, in copy: LogicalCopy
  ) throws -> [JournalEntry] {
    let sql = "SELECT * FROM entries WHERE token = ? AND region = ? ORDER BY id"
    return try Row.fetchAll(database, sql: sql, arguments: [token, copy.region]).map(entry).filter {
      matches($0, copy) && $0.state != .rejected
    }
  }

  private static func matches(_ entry: JournalEntry, _ copy: LogicalCopy) -> Bool {
    entry.account == nil || copy.account == nil || entry.account == copy.account
  }

  static func insert(
    _ database: Database, _ copy: LogicalCopy, _ details: Journal.Details, token: String
  ) throws -> JournalEntry {
    let last = try Int64.fetchOne(database, sql: "SELECT max(id) FROM entries") ?? 0
    let entry = JournalEntry(
      id: last + 1, region: copy.region, account: copy.account, digest: copy.digest, token: token, state: .unresolved,
      jobArn: nil, targetModelName: details.targetModelName, sourceModelArn: details.sourceModelArn,
      createdAt: details.now, updatedAt: details.now)
    try store(database, entry, "INSERT")
    return entry
  }

  static func update(_ database: Database, _ entry: JournalEntry) throws { try store(database, entry, "REPLACE") }

  private static func store(_ database: Database, _ entry: JournalEntry, _ verb: String) throws {
    let columns = """
      id, region, account, digest, token, state, job_arn, target_model_name, source_model_arn, created_at, updated_at,
      checksum
      """
    try database.execute(
      sql: "\(verb) INTO entries (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        entry.id, entry.region, entry.account, entry.digest, entry.token, entry.state.rawValue, entry.jobArn,
        entry.targetModelName, entry.sourceModelArn, entry.createdAt, entry.updatedAt, entry.checksum,
      ])
  }

  /// What is wrong with the rows taken together, in words; nil when they are all as they were written.
  static func fault(_ database: Database) throws -> String? {
    var count: Int64 = 0
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM entries ORDER BY id")
    while let row = try rows.next() {
      count += 1
      guard let entry = try? entry(row), entry.checksum == row["checksum"] as String? else {
        return "entry \(count) is not what was written"
      }
      guard entry.id == count else { return "entry \(count) is missing" }
    }
    let last = try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'entries'") ?? 0
    return last == count ? nil : "entry \(last) is missing"
  }

  private struct UnreadableRow: Error {}

  private static func entry(_ row: Row) throws -> JournalEntry {
    guard let id = row["id"] as Int64?, let region = row["region"] as String?, let digest = row["digest"] as String?,
      let token = row["token"] as String?, let word = row["state"] as String?,
      let state = JournalEntry.State(rawValue: word), let name = row["target_model_name"] as String?,
      let source = row["source_model_arn"] as String?, let created = row["created_at"] as Int64?,
      let updated = row["updated_at"] as Int64?
    else { throw UnreadableRow() }
    return JournalEntry(
      id: id, region: region, account: row["account"], digest: digest, token: token, state: state,
      jobArn: row["job_arn"], targetModelName: name, sourceModelArn: source, createdAt: created, updatedAt: updated)
  }
}
