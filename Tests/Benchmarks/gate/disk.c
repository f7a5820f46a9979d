// What the disk alone takes for what a gateway writes before it sends a call on, at a rate that does not depend on it: lines
// appended to one file, beside it pages of another that stays as large as it is, and fdatasync(2) of the first.
// Every PAUSE the system is told to write those of the second. What comes while an fdatasync is under way is written together
// after it. Prints every latency, from the time at which a call was due, in one JSON object. It takes turns with others that
// are given the same BEGIN (see turns.h).
//
//   disk FOLDER RATE REQUESTS [BEGIN TURN TURNS]
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "turns.h"

// The two lines of a call in the decision log; a page of SQLite's write-ahead log with its header; how many pages a
// transaction takes, and each call of it more.
enum { LINES = 1250, PAGE = 1048, PAGES = 3, PAGES_A_CALL = 2, AHEAD = 16 << 20, MAX_TOGETHER = 512 };
static const struct timespec PAUSE = {0, 50000000};

typedef struct { int fd; size_t offset; } File;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrival = PTHREAD_COND_INITIALIZER;
static size_t due_count, total;
static int64_t *finished;
static File lines, pages;
static atomic_int is_written, is_done;
static char bytes[MAX_TOGETHER * PAGES_A_CALL * PAGE + PAGES * PAGE + MAX_TOGETHER * LINES];

static void fail(const char *what) { perror(what); exit(1); }

static void append(File *file, size_t length) {
  if (pwrite(file->fd, bytes, length, (off_t)file->offset) != (ssize_t)length) fail("pwrite");
  file->offset += length;
}

static void *serve(void *unused) {
  for (size_t done = 0; done < total;) {
    pthread_mutex_lock(&lock);
    while (due_count == done) pthread_cond_wait(&arrival, &lock);
    size_t until = due_count;
    pthread_mutex_unlock(&lock);
    size_t calls = until - done < MAX_TOGETHER ? until - done : MAX_TOGETHER;
    size_t length = (PAGES + calls * PAGES_A_CALL) * PAGE;
    if (pages.offset + length > AHEAD) pages.offset = 0;
    append(&pages, length);
    is_written = 1;
    append(&lines, calls * LINES);
    if (fdatasync(lines.fd)) fail("fdatasync");
    int64_t now = now_ns();
    for (size_t i = 0; i < calls; i++) finished[done++] = now;
  }
  is_done = 1;
  return unused;
}

static void *follow(void *unused) {
  while (!is_done) {
    nanosleep(&PAUSE, NULL);
    if (atomic_exchange(&is_written, 0)) sync_file_range(pages.fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  }
  return unused;
}

static File opened(const char *folder, const char *name, size_t length) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  File file = {.fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600)};
  if (file.fd < 0 || unlink(path)) fail(path);
  for (size_t i = 0; i < length >> 20; i++) {
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
  lines = opened(arguments[1], "disk-lines", 0);
  pages = opened(arguments[1], "disk-pages", AHEAD);
  int64_t *latencies = calloc(total, 8);
  finished = calloc(total, 8);
  if (!latencies || !finished) fail("calloc");
  Turns turns = turns_of(count - 4, arguments + 4);
  pthread_t threads[2];
  if (pthread_create(&threads[0], NULL, serve, NULL) || pthread_create(&threads[1], NULL, follow, NULL)) {
    fail("pthread_create");
  }
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
  for (size_t i = 0; i < total; i++) latencies[i] = finished[i] - latencies[i];
  printf("{\"latencies\": ");
  print_latencies(latencies, total);
  printf("}\n");
  return 0;
}
