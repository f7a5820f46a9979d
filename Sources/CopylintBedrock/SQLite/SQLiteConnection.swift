import CSQLite

/// An open database, for one thread at a time. It is closed when nothing refers to it any more.
final class SQLiteConnection {
  /// Owned.
  private let handle: OpaquePointer?
  /// Compiled statements that nothing steps through, with their texts; owned. There are few, and to hash a text takes longer
  /// than to compare it with all of them.
  private var compiled: [(sql: String, statement: OpaquePointer)] = []

  private static let maxCompiled = 32

  /// Opens a database that is there; an empty file is an empty one. What another process locks is waited for,
  /// `busyTimeout` milliseconds long.
  init(path: String, busyTimeout: Int32) throws(SQLiteError) {
    var handle: OpaquePointer?
    // SQLite's own lock would make single calls safe, not transactions.
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    self.handle = handle
    try SQLiteError.check(code)
    try SQLiteError.check(sqlite3_busy_timeout(handle, busyTimeout))
  }

  deinit {
    for known in compiled { sqlite3_finalize(known.statement) }
    sqlite3_close_v2(handle)
  }

  /// Runs statements that have no parameters, one after the other, whatever they return.
  func execute(_ sql: String) throws(SQLiteError) { try SQLiteError.check(sqlite3_exec(handle, sql, nil, nil, nil)) }

  /// Runs one statement to its end.
  func execute(_ sql: String, _ parameters: [SQLiteValue]) throws(SQLiteError) {
    let statement = try prepare(sql, parameters)
    while try statement.step() {}
  }

  /// A statement, to be stepped through.
  func prepare(_ sql: String, _ parameters: [SQLiteValue] = []) throws(SQLiteError) -> SQLiteStatement {
    let known = compiled.firstIndex { $0.sql == sql }.map { compiled.remove(at: $0).statement }
    let statement = SQLiteStatement(known == nil ? try compile(sql) : known, sql, self)
    try statement.bind(parameters)
    return statement
  }

  private func compile(_ sql: String) throws(SQLiteError) -> OpaquePointer? {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    try SQLiteError.check(code)
    return statement
  }

  /// Takes a statement back, to be used again: compiling it takes longer than running it.
  func giveBack(_ statement: OpaquePointer, _ sql: String) {
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
    let hasRoom = compiled.count < Self.maxCompiled && !compiled.contains { $0.sql == sql }
    if hasRoom { compiled.append((sql, statement)) } else { sqlite3_finalize(statement) }
  }

  /// How many rows the last statement changed.
  var changes: Int { Int(sqlite3_changes(handle)) }

  /// The number in the first column of the first row; nil where there is none.
  func integer(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.integer(0) : nil
  }

  /// The text in the first column of the first row; nil where there is none.
  func text(_ sql: String) throws(SQLiteError) -> String? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.text(0) : nil
  }

  /// Does all of it or, where it throws, nothing. The right to write is taken at the start: taken later, SQLite would
  /// have to refuse it when another process wrote in between.
  func transaction<Value>(_ body: () throws -> Value) throws -> Value {
    try execute("BEGIN IMMEDIATE", [])
    do {
      let value = try body()
      try execute("COMMIT", [])
      return value
    } catch {
      // SQLite ends some transactions itself when they fail.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  /// Moves everything from the write-ahead log into the database's own file, and that onto the disk.
  func checkpoint() throws(SQLiteError) {
    try SQLiteError.check(sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_FULL, nil, nil))
  }

  /// Moves what it can while others write; how many pages the write-ahead log had.
  func checkpointBesideOthers() throws(SQLiteError) -> Int {
    var pages: Int32 = 0
    try SQLiteError.check(sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, &pages, nil))
    return Int(pages)
  }
}
