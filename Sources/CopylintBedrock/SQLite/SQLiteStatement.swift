import CSQLite

/// A compiled statement and, while it is stepped through, the row it stands on. Columns are counted from 0.
///
/// SQLite would turn any type into any other. Here a column of another type has no value: rows are what was written, or
/// they are damaged.
struct SQLiteStatement: ~Copyable {
  /// Owned. SQLite compiles the empty text to none, which is harmless in every call.
  private let handle: OpaquePointer?

  /// Compiles the one statement of `sql` and binds its parameters in order.
  init(_ connection: OpaquePointer?, _ sql: String, _ parameters: [SQLiteValue]) throws(SQLiteError) {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v2(connection, sql, -1, &handle, nil)
    self.handle = handle
    try SQLiteError.check(code)
    for (offset, parameter) in parameters.enumerated() { try bind(parameter, at: Int32(offset + 1)) }
  }

  deinit { sqlite3_finalize(handle) }

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
