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

/// 1 if `pattern` can be parsed, 0 if not. It may still need too much memory once it is compiled.
int cre2_is_valid(const char *pattern, size_t length);

/// Many patterns, read as `cre2_compile` reads one, that are matched together. All of the set takes at most `max_memory`
/// bytes. NULL when memory ran out. The caller owns the result.
typedef struct cre2_set cre2_set;
cre2_set *cre2_set_new(long long max_memory);

/// Adds a pattern, numbered from 0 in the order of adding; 1 when it was taken, 0 when not: the set is of no use then.
int cre2_set_add(cre2_set *set, const char *pattern, size_t length);

/// Compiles the set, after which nothing can be added; 1 when it can be matched, 0 when it needs too much memory.
int cre2_set_compile(cre2_set *set);

/// Writes the numbers of the patterns that the whole of `text` matches to `found`, ascending, at most `capacity` of them;
/// returns how many there are, or -1 when the automaton ran out of memory. Several threads may match at once.
long cre2_set_match(const cre2_set *set, const char *text, size_t length, int *found, size_t capacity);

/// Frees a set; NULL is allowed.
void cre2_set_free(cre2_set *set);

#ifdef __cplusplus
}
#endif
