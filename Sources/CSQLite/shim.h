// SQLite, which holds the journal.
#include <sqlite3.h>

// SQLITE_TRANSIENT, which has SQLite copy the bytes, is a cast that Swift does not import. An empty text may have no
// address, which SQLite would take for null.
static inline int copylint_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_text64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}
