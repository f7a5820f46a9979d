import CSQLite
import Foundation
import Testing

@testable import CopylintBedrock

/// What goes into a database comes out as it was, or not at all.
@Suite struct SQLiteConnectionTests {
  private let folder: ScratchFolder
  private let database: SQLiteConnection

  init() throws {
    folder = try ScratchFolder()
    try Data().write(to: URL(fileURLWithPath: folder["a.sqlite"]))
    database = try SQLiteConnection(path: folder["a.sqlite"], busyTimeout: 0)
    try database.execute("CREATE TABLE t (a)")
  }

  @Test(arguments: ["", "a", "é\u{301}", "a\0b", "'; DROP TABLE t"])
  func textComesBack(_ text: String) throws {
    try database.execute("INSERT INTO t VALUES (?)", [.text(text)])
    let found = try database.text("SELECT a FROM t")
    #expect(found.map { Array($0.utf8) } == Array(text.utf8))
    #expect(try database.integer("SELECT a FROM t") == nil)
  }

  @Test(arguments: [0, -1, Int64.min, Int64.max])
  func numbersComeBack(_ number: Int64) throws {
    try database.execute("INSERT INTO t VALUES (?)", [.integer(number)])
    #expect(try database.integer("SELECT a FROM t") == number)
    #expect(try database.text("SELECT a FROM t") == nil)
  }

  @Test func nullIsNeitherAbsentNorEmpty() throws {
    try database.execute("INSERT INTO t VALUES (?)", [.text(orNull: nil)])
    let row = try database.prepare("SELECT a, '', 1 FROM t")
    #expect(try row.step())
    #expect(row.optionalText(0) == .some(nil))
    #expect(row.optionalText(1) == .some(""))
    #expect(row.optionalText(2) == .none)
    #expect(try !row.step())
  }

  @Test func textThatIsNoUTF8HasNoValue() throws {
    #expect(try database.text("SELECT CAST(x'61FF' AS TEXT)") == nil)
  }

  @Test func whatThrowsLeavesNothingBehind() throws {
    struct Interruption: Error {}
    #expect(throws: Interruption.self) {
      try database.transaction {
        try database.execute("INSERT INTO t VALUES (1)")
        throw Interruption()
      }
    }
    #expect(try database.integer("SELECT count(*) FROM t") == 0)
    try database.transaction { try database.execute("INSERT INTO t VALUES (1)") }
    #expect(try database.integer("SELECT count(*) FROM t") == 1)
  }

  @Test func anotherWriterIsTold() throws {
    let other = try SQLiteConnection(path: folder["a.sqlite"], busyTimeout: 0)
    _ = try database.transaction {
      #expect(throws: SQLiteError(SQLITE_BUSY)) { _ = try other.transaction { true } }
    }
  }

  @Test func onlyWhatIsThereIsOpened() throws {
    #expect(throws: SQLiteError(SQLITE_CANTOPEN)) {
      try SQLiteConnection(path: folder["none.sqlite"], busyTimeout: 0)
    }
    #expect(!FileManager.default.fileExists(atPath: folder["none.sqlite"]))
  }

  @Test func errorsArePrimaryCodes() throws {
    #expect(SQLiteError(SQLITE_BUSY | 2 << 8).code == SQLITE_BUSY)
    #expect(throws: SQLiteError(SQLITE_ERROR)) { try database.execute("SELECT b FROM t") }
  }
}
