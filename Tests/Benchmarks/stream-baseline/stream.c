/* stream PACK [--findings] FILE       one request a line; `-` is standard input
 * stream PACK [--findings] --files FILE…    one request a file
 *
 * Judges by the API's constraints and by Tests/Oracles/policy/pack.json. Prints the counts, and with --findings before
 * them a line for every request with the errors of the policy. Exits 0 (clean), 1 (findings) or 2 (cannot judge).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../stream/scanner.h"

enum { CHUNK = 1 << 18, LONGEST = 1 << 20 };

struct run {
  const struct policy *policy;
  struct request request;
  char *arena;
  int prints;
  size_t requests, denied, unreadable, errors, warnings;
};

static void print_error(const char *rule, const char *prefix, const char *pointer, long index, const char *member) {
  if (index < 0) printf(" oracle-policy/%s %s%s;", rule, prefix, pointer);
  else printf(" oracle-policy/%s %s%s/%ld%s;", rule, prefix, pointer, index, member);
}

static void judge_one(struct run *run, const char *start, const char *end) {
  struct findings findings = {0, 0, run->prints ? print_error : NULL};
  run->requests++;
  if (end - start > LONGEST || !read_request(&run->request, start, end, run->arena)) {
    run->unreadable++;
  } else {
    judge(run->policy, &run->request, &findings);
    run->denied += findings.errors > 0;
    run->errors += findings.errors;
    run->warnings += findings.warnings;
  }
  if (run->prints) putchar('\n');
}

/* Judges the whole lines; returns where the last one, which is not whole, begins. */
static const char *judge_lines(struct run *run, const char *start, const char *end) {
  const char *feed;
  while ((feed = memchr(start, '\n', (size_t)(end - start)))) {
    if (feed > start) judge_one(run, start, feed);
    start = feed + 1;
  }
  return start;
}

static int judge_stream(struct run *run, int descriptor) {
  static char buffer[LONGEST + CHUNK];
  size_t held = 0;
  ssize_t count;
  while ((count = read(descriptor, buffer + held, CHUNK)) > 0) {
    const char *end = buffer + held + count, *rest = judge_lines(run, buffer, end);
    held = (size_t)(end - rest);
    if (held > LONGEST) return 0;
    memmove(buffer, rest, held);
  }
  if (held) judge_one(run, buffer, buffer + held);
  return count == 0;
}

static int judge_file(struct run *run, const char *path) {
  static char buffer[LONGEST + 1];
  size_t held = 0;
  ssize_t count;
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  while ((count = read(descriptor, buffer + held, sizeof buffer - held)) > 0) held += (size_t)count;
  close(descriptor);
  if (count == 0) judge_one(run, buffer, buffer + held);
  return count == 0;
}

int main(int count, char **arguments) {
  int at = 2, is_files = 0;
  struct run run = {0};
  for (; at < count && arguments[at][0] == '-' && arguments[at][1]; at++) {
    if (strcmp(arguments[at], "--findings") == 0) run.prints = 1;
    if (strcmp(arguments[at], "--files") == 0) is_files = 1;
  }
  if (at >= count) return 2;
  run.policy = load_policy(arguments[1]);
  run.arena = malloc(LONGEST + CHUNK);
  if (!run.arena) return 2;
  if (is_files) {
    for (; at < count; at++)
      if (!judge_file(&run, arguments[at])) return 2;
  } else {
    int descriptor = strcmp(arguments[at], "-") == 0 ? 0 : open(arguments[at], O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || !judge_stream(&run, descriptor)) return 2;
  }
  printf("%zu requests, %zu denied, %zu unreadable, %zu errors, %zu warnings\n", run.requests, run.denied,
         run.unreadable, run.errors, run.warnings);
  return run.unreadable ? 2 : run.errors ? 1 : 0;
}
