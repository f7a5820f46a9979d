import CSQLite

/// What SQLite answered where it did not do as it was told.
struct SQLiteError: Error, Equatable {
  /// A primary result code, such as `SQLITE_BUSY` (https://sqlite.org/rescode.html).
  let code: Int32

  /// The error of any result code: an extended one holds the primary one in its lowest byte.
  init(_ code: Int32) { self.code = code & 0xFF }

  /// Throws where a call did not succeed.
  static func check(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw SQLiteError(code) }
  }
}
