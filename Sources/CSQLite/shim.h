// SQLite, which holds the journal.
#include <sqlite3.h>

// SQLITE_TRANSIENT, which has SQLite copy the bytes, is a cast that Swift does not import. An empty text may have no
// address, which SQLite would take for null.
static inline int copylint_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_text64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

// sync_file_range(2), which Swift's module of the C library leaves out: has the system begin to write what a file has in
// memory to the disk, and waits for nothing.
extern int sync_file_range(int descriptor, long long offset, long long length, unsigned flags);
static inline int copylint_begin_writing(int descriptor) {
  enum { SYNC_FILE_RANGE_WRITE = 2 };
  return sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}
