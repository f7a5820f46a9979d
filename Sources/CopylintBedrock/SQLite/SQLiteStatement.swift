import CSQLite

/// A compiled statement and, while it is stepped through, the row it stands on. Columns are counted from 0.
///
/// SQLite would turn any type into any other. Here a column of another type has no value: rows are what was written, or
/// they are damaged.
struct SQLiteStatement: ~Copyable {
  /// Owned. SQLite compiles the empty text to none, which is harmless in every call.
  private let handle: OpaquePointer?
  private let sql: String
  /// Takes the handle back at the end.
  private let connection: SQLiteConnection

  init(_ handle: OpaquePointer?, _ sql: String, _ connection: SQLiteConnection) {
    (self.handle, self.sql, self.connection) = (handle, sql, connection)
  }

  deinit {
    if let handle { connection.giveBack(handle, sql) }
  }

  /// Binds the parameters in order.
  func bind(_ parameters: [SQLiteValue]) throws(SQLiteError) {
    for (offset, parameter) in parameters.enumerated() { try bind(parameter, at: Int32(offset + 1)) }
  }

  private func bind(_ value: SQLiteValue, at index: Int32) throws(SQLiteError) {
    switch value {
    case .null: try SQLiteError.check(sqlite3_bind_null(handle, index))
    case .integer(let value): try SQLiteError.check(sqlite3_bind_int64(handle, index, value))
    case .text(var text):
      let code = text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          copylint_sqlite_bind_text(handle, index, $0.baseAddress, UInt64($0.count))
        }
      }
      try SQLiteError.check(code)
    }
  }

  /// Goes to the next row; false where there is none.
  func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw SQLiteError(code)
    }
  }

  /// The column's number, where it is one.
  func integer(_ column: Int32) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_INTEGER ? sqlite3_column_int64(handle, column) : nil
  }

  /// The column's text, where it is text and valid UTF-8.
  func text(_ column: Int32) -> String? {
    guard sqlite3_column_type(handle, column) == SQLITE_TEXT, let bytes = sqlite3_column_text(handle, column) else {
      return nil
    }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(validating: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// The column's text or its null, where it is one of them.
  func optionalText(_ column: Int32) -> String?? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? .some(nil) : text(column).map(Optional.some)
  }
}
