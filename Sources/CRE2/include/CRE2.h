#pragma once

// RE2 for Swift: a C interface over the C++ library, full match only, with a memory cap.
//
// No C++ exception crosses this boundary. A compiled pattern may be used by several threads at once (RE2 objects are
// thread-safe to match); freeing it is for its one owner.

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_pattern cre2_pattern;

/// Why a pattern was refused. Text fields are cut to their size and always end with NUL.
typedef struct {
  /// RE2::ErrorCode; -1 when memory ran out.
  int code;
  /// RE2's own words.
  char message[128];
  /// The part of the pattern RE2 stumbled over; may be empty.
  char fragment[256];
} cre2_error;

/// Compiles `pattern`, UTF-8 of `length` bytes. `.` takes a newline too; classes such as `\d` are ASCII; the automata
/// of one pattern take at most `max_memory` bytes, beyond which RE2 falls back to a slower linear-time method.
/// Returns NULL and fills `error` when the pattern is refused. The caller owns the result.
cre2_pattern *cre2_compile(const char *pattern, size_t length, long long max_memory, cre2_error *error);

/// 1 if the whole of `text` matches, 0 if not. Never allocates without bound, never throws; text that is not UTF-8
/// does not match beyond its ASCII part.
int cre2_full_match(const cre2_pattern *pattern, const char *text, size_t length);

/// Frees a pattern; NULL is allowed.
void cre2_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif
