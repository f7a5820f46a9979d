// What the disk alone takes for what a gateway writes before it sends a call on, at a rate that does not depend on it: a
// line appended to one file, beside it pages of another that stays as large as it is, and fdatasync(2) of both. What comes
// while one is under way is written together after it. Prints every latency, from the time at which a call was due, in one
// JSON object. It takes turns with others that are given the same BEGIN (see turns.h).
//
//   disk FOLDER RATE REQUESTS [BEGIN TURN TURNS]
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "turns.h"

// A line of the decision log; a page of SQLite's write-ahead log with its header; how many pages a transaction takes, and
// each call of it more.
enum { LINE = 1100, PAGE = 4120, PAGES = 3, PAGES_A_CALL = 2, AHEAD = 16 << 20, MAX_TOGETHER = 512 };

typedef struct { int fd, is_log; size_t offset, done; int64_t *finished; } File;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrival = PTHREAD_COND_INITIALIZER;
static size_t due_count, total;
static char bytes[MAX_TOGETHER * PAGES_A_CALL * PAGE + PAGES * PAGE];

static void fail(const char *what) { perror(what); exit(1); }

static void *serve(void *argument) {
  File *file = argument;
  while (file->done < total) {
    pthread_mutex_lock(&lock);
    while (due_count == file->done) pthread_cond_wait(&arrival, &lock);
    size_t until = due_count;
    pthread_mutex_unlock(&lock);
    size_t calls = until - file->done < MAX_TOGETHER ? until - file->done : MAX_TOGETHER;
    size_t length = file->is_log ? calls * LINE : (PAGES + calls * PAGES_A_CALL) * PAGE;
    if (!file->is_log && file->offset + length > AHEAD) file->offset = 0;
    if (pwrite(file->fd, bytes, length, (off_t)file->offset) != (ssize_t)length) fail("pwrite");
    if (fdatasync(file->fd)) fail("fdatasync");
    file->offset += length;
    int64_t now = now_ns();
    for (size_t i = 0; i < calls; i++) file->finished[file->done++] = now;
  }
  return NULL;
}

static File opened(const char *folder, const char *name, int is_log) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  File file = {.fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600), .is_log = is_log, .finished = calloc(total, 8)};
  if (file.fd < 0 || !file.finished || unlink(path)) fail(path);
  for (size_t i = 0; !is_log && i < AHEAD / (1 << 20); i++) {
    if (pwrite(file.fd, bytes, 1 << 20, (off_t)(i << 20)) != 1 << 20) fail("pwrite");
  }
  if (fsync(file.fd)) fail("fsync");
  return file;
}

int main(int count, char **arguments) {
  if (count != 4 && count != 7) { fprintf(stderr, "disk FOLDER RATE REQUESTS [BEGIN TURN TURNS]\n"); return 2; }
  double rate = atof(arguments[2]);
  total = strtoull(arguments[3], NULL, 10);
  memset(bytes, 'x', sizeof bytes);
  File files[2] = {opened(arguments[1], "disk-log", 1), opened(arguments[1], "disk-pages", 0)};
  int64_t *latencies = calloc(total, 8);
  Turns turns = turns_of(count - 4, arguments + 4);
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) if (pthread_create(&threads[i], NULL, serve, &files[i])) fail("pthread_create");
  for (size_t i = 0; i < total; i++) {
    int64_t due = latencies[i] = due_at(&turns, rate, i);
    struct timespec at = {due / 1000000000LL, due % 1000000000LL};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL)) {}
    pthread_mutex_lock(&lock);
    due_count++;
    pthread_cond_broadcast(&arrival);
    pthread_mutex_unlock(&lock);
  }
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  for (size_t i = 0; i < total; i++) {
    int64_t last = files[0].finished[i] > files[1].finished[i] ? files[0].finished[i] : files[1].finished[i];
    latencies[i] = last - latencies[i];
  }
  printf("{\"latencies\": ");
  print_latencies(latencies, total);
  printf("}\n");
  return 0;
}
