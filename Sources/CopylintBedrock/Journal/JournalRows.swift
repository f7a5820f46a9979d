/// The journal's rows, read and written within a transaction.
enum JournalRows {
  /// As `entry(_:)` reads them.
  private static let columns = """
    id, region, account, digest, token, state, job_arn, target_model_name, source_model_arn, created_at, updated_at,
    checksum
    """
  private static let selection = "SELECT \(columns) FROM entries"

  static func all(_ database: SQLiteConnection) throws -> [JournalEntry] { try entries(database, "") }

  static func entry(_ database: SQLiteConnection, id: Int64) throws -> JournalEntry? {
    try entries(database, "WHERE id = ?", [.integer(id)]).first
  }

  /// The entries that may be of this copy, the oldest first: an account that is not known may be any.
  static func entries(_ database: SQLiteConnection, of copy: LogicalCopy) throws -> [JournalEntry] {
    try entries(database, "WHERE digest = ? AND region = ?", [.text(copy.digest), .text(copy.region)]).filter {
      matches($0, copy.account)
    }
  }

  static func entries(
    _ database: SQLiteConnection, withToken token: String, in copy: LogicalCopy
  ) throws -> [JournalEntry] {
    try entries(database, withToken: token, region: copy.region, account: copy.account)
  }

  /// The entries with a token, which are not rejected, the oldest first; an account that is not known may be any.
  static func entries(
    _ database: SQLiteConnection, withToken token: String, region: String, account: String?
  ) throws -> [JournalEntry] {
    try entries(database, "WHERE token = ? AND region = ?", [.text(token), .text(region)]).filter {
      matches($0, account) && $0.state != .rejected
    }
  }

  private static func entries(
    _ database: SQLiteConnection, _ condition: String, _ parameters: [SQLiteValue] = []
  ) throws -> [JournalEntry] {
    let rows = try database.prepare("\(selection) \(condition) ORDER BY id", parameters)
    var entries: [JournalEntry] = []
    while try rows.step() { entries.append(try entry(rows)) }
    return entries
  }

  private static func matches(_ entry: JournalEntry, _ account: String?) -> Bool {
    entry.account == nil || account == nil || entry.account == account
  }

  static func insert(
    _ database: SQLiteConnection, _ copy: LogicalCopy, _ details: Journal.Details, token: String
  ) throws -> JournalEntry {
    let last = try database.integer("SELECT max(id) FROM entries") ?? 0
    let entry = JournalEntry(
      id: last + 1, region: copy.region, account: copy.account, digest: copy.digest, token: token, state: .unresolved,
      jobArn: nil, targetModelName: details.targetModelName, sourceModelArn: details.sourceModelArn,
      createdAt: details.now, updatedAt: details.now)
    try store(database, entry)
    return entry
  }

  /// Writes the intent of a call, whose token is its identity, or finds that of an earlier one with the same token.
  static func admit(
    _ database: SQLiteConnection, _ copy: LogicalCopy, _ details: Journal.Details
  ) throws -> Result<GateJournal.Admission, JournalError> {
    let token = details.committedToken ?? ""
    let earlier = try entries(database, withToken: token, in: copy)
    if let other = earlier.first(where: { $0.digest != copy.digest }) {
      return .failure(.tokenOfAnotherCopy(token: token, other: other))
    }
    if let known = earlier.last { return .success(GateJournal.Admission(entry: known, isNew: false)) }
    return .success(GateJournal.Admission(entry: try insert(database, copy, details, token: token), isNew: true))
  }

  /// Changes an entry. An acceptance is final: an outcome that another process wrote first stays.
  static func resolve(
    _ database: SQLiteConnection, _ entry: JournalEntry, _ now: Int64, _ change: (inout JournalEntry) -> Void
  ) throws {
    guard entry.state != .accepted else { return }
    if try update(database, changed(entry, now, change), from: entry.state) { return }
    // Another process changed it since it was read.
    guard let current = try self.entry(database, id: entry.id), current.state != .accepted else { return }
    _ = try update(database, changed(current, now, change), from: current.state)
  }

  private static func changed(
    _ entry: JournalEntry, _ now: Int64, _ change: (inout JournalEntry) -> Void
  ) -> JournalEntry {
    var entry = entry
    change(&entry)
    entry.updatedAt = now
    return entry
  }

  /// Writes what `resolve` may have changed; what the indexes have of an entry stays. Returns whether the entry had that
  /// state, without which it is not changed: nothing about an entry changes but with its state.
  private static func update(
    _ database: SQLiteConnection, _ entry: JournalEntry, from state: JournalEntry.State
  ) throws -> Bool {
    try database.execute(
      "UPDATE entries SET account = ?, state = ?, job_arn = ?, updated_at = ?, checksum = ? WHERE id = ? AND state = ?",
      [
        .text(orNull: entry.account), .text(entry.state.rawValue), .text(orNull: entry.jobArn),
        .integer(entry.updatedAt), .text(entry.checksum), .integer(entry.id), .text(state.rawValue),
      ])
    return database.changes > 0
  }

  private static func store(_ database: SQLiteConnection, _ entry: JournalEntry) throws {
    try database.execute(
      "INSERT INTO entries (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(entry.id), .text(entry.region), .text(orNull: entry.account), .text(entry.digest), .text(entry.token),
        .text(entry.state.rawValue), .text(orNull: entry.jobArn), .text(entry.targetModelName),
        .text(entry.sourceModelArn), .integer(entry.createdAt), .integer(entry.updatedAt), .text(entry.checksum),
      ])
  }

  /// What is wrong with the rows taken together, in words; nil when they are all as they were written.
  static func fault(_ database: SQLiteConnection) throws -> String? {
    var count: Int64 = 0
    let rows = try database.prepare("\(selection) ORDER BY id")
    while try rows.step() {
      count += 1
      guard let entry = try? entry(rows), entry.checksum == rows.text(11) else {
        return "entry \(count) is not what was written"
      }
      guard entry.id == count else { return "entry \(count) is missing" }
    }
    let last = try database.integer("SELECT seq FROM sqlite_sequence WHERE name = 'entries'") ?? 0
    return last == count ? nil : "entry \(last) is missing"
  }

  private struct UnreadableRow: Error {}

  private static func entry(_ row: borrowing SQLiteStatement) throws -> JournalEntry {
    guard let id = row.integer(0), let region = row.text(1), let account = row.optionalText(2),
      let digest = row.text(3), let token = row.text(4), let word = row.text(5),
      let state = JournalEntry.State(rawValue: word), let jobArn = row.optionalText(6), let name = row.text(7),
      let source = row.text(8), let created = row.integer(9), let updated = row.integer(10)
    else { throw UnreadableRow() }
    return JournalEntry(
      id: id, region: region, account: account, digest: digest, token: token, state: state, jobArn: jobArn,
      targetModelName: name, sourceModelArn: source, createdAt: created, updatedAt: updated)
  }
}
