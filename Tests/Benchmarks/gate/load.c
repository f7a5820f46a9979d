// Sends requests that were signed beforehand to a port of this machine, over a fixed number of kept connections, and
// prints what came of them as one JSON object.
//
//   load PORT FILE CONNECTIONS RATE REQUESTS SECONDS [BEGIN TURN TURNS]
//
// FILE holds requests, each after its length in a line of its own; they are sent in order, and again from the first.
// RATE 0 is a closed loop: a connection sends as soon as it is answered, which measures throughput. Any other RATE is an
// open loop of so many requests a second: a request is due at its time whether or not a connection is free, and its
// latency counts from then, so that a server that stalls is not asked less (no coordinated omission). The run ends after
// REQUESTS or SECONDS, whichever comes first; what is under way then is awaited. An open loop takes turns, of a second each,
// with others that are given the same BEGIN (see turns.h), and prints every latency in the order of the requests.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "turns.h"

typedef struct { char *bytes; size_t length; } Request;
typedef struct {
  int fd, busy;
  const Request *request;
  size_t sent, got, number;
  int64_t due;
  char answer[65536];
} Connection;

static Request *requests;
static size_t request_count, next_request;
static int port, poller;
static int64_t *latencies;
static size_t answered, capacity;
static uint64_t by_class[6], broken;

static void fail(const char *what) { perror(what); exit(1); }

static void read_requests(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) fail(path);
  size_t room = 0, length;
  while (fscanf(file, "%zu", &length) == 1 && fgetc(file) == '\n') {
    if (request_count == room) requests = realloc(requests, (room = room ? room * 2 : 1024) * sizeof *requests);
    char *bytes = malloc(length);
    if (!requests || !bytes || fread(bytes, 1, length, file) != length) fail("requests");
    requests[request_count++] = (Request){bytes, length};
  }
  fclose(file);
  if (!request_count) { fprintf(stderr, "%s holds no request\n", path); exit(1); }
}

static void open_connection(Connection *c) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int one = 1;
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event)) fail("epoll_ctl");
  c->busy = 0;
}

// Requests are small: a socket that has been answered takes one whole.
static void send_next(Connection *c, int64_t due, size_t number) {
  c->number = number;
  c->request = &requests[next_request++ % request_count];
  c->due = due;
  c->busy = 1;
  c->sent = c->got = 0;
  while (c->sent < c->request->length) {
    ssize_t n = send(c->fd, c->request->bytes + c->sent, c->request->length - c->sent, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    // The end of the connection is read next, and counted there.
    if (n < 0) return;
    c->sent += n;
  }
}

static void finish(Connection *c, int status) {
  if (c->number >= capacity) {
    latencies = realloc(latencies, (capacity = capacity ? capacity * 2 : 1 << 16) * sizeof *latencies);
    if (!latencies) fail("memory");
  }
  latencies[c->number] = now_ns() - c->due;
  answered++;
  by_class[status >= 100 && status < 600 ? status / 100 : 0]++;
  c->busy = 0;
}

// Returns whether the answer is whole.
static int read_answer(Connection *c) {
  ssize_t n = recv(c->fd, c->answer + c->got, sizeof c->answer - 1 - c->got, 0);
  if (n < 0 && errno == EINTR) return 0;
  if (n <= 0) {
    if (c->busy) broken++;
    close(c->fd);
    open_connection(c);
    return 1;
  }
  c->got += n;
  c->answer[c->got] = 0;
  char *end = strstr(c->answer, "\r\n\r\n");
  if (!end) return 0;
  char *length = strcasestr(c->answer, "\r\ncontent-length:");
  size_t body = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
  if (c->got < (size_t)(end + 4 - c->answer) + body) return 0;
  if (c->busy) finish(c, atoi(c->answer + 9));
  c->got = 0;
  return 1;
}

static int ascending(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static double milliseconds(double share) {
  return answered ? latencies[(size_t)(share * (double)(answered - 1))] / 1e6 : 0;
}

int main(int count, char **arguments) {
  if (count != 7 && count != 10) {
    fprintf(stderr, "load PORT FILE CONNECTIONS RATE REQUESTS SECONDS [BEGIN TURN TURNS]\n");
    return 2;
  }
  port = atoi(arguments[1]);
  read_requests(arguments[2]);
  int connections = atoi(arguments[3]);
  double rate = atof(arguments[4]);
  uint64_t limit = strtoull(arguments[5], NULL, 10), started = 0, in_flight = 0;
  int64_t begin, end;
  poller = epoll_create1(0);
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct epoll_event tick = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, timer, &tick);
  Connection *all = calloc(connections, sizeof *all), **idle = calloc(connections, sizeof *idle);
  if (!all || !idle) fail("memory");
  int idle_count = 0;
  for (int i = 0; i < connections; i++) { open_connection(&all[i]); idle[idle_count++] = &all[i]; }
  Turns turns = turns_of(count - 7, arguments + 7);
  begin = turns.begin;
  end = begin + (int64_t)(atof(arguments[6]) * 1e9);
  int is_over = 0;
  for (;;) {
    int64_t now = now_ns();
    if (now >= end || started >= limit) is_over = 1;
    while (!is_over && idle_count && started < limit) {
      int64_t due = rate > 0 ? due_at(&turns, rate, started) : now_ns();
      if (due > now_ns()) {
        struct itimerspec at = {.it_value = {due / 1000000000LL, due % 1000000000LL}};
        timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
        break;
      }
      send_next(idle[--idle_count], due, started++);
      in_flight++;
    }
    if (is_over && !in_flight) break;
    struct epoll_event events[256];
    int ready = epoll_wait(poller, events, 256, is_over ? 10000 : 1000);
    if (is_over && ready == 0) { broken += in_flight; break; }
    for (int i = 0; i < ready; i++) {
      Connection *c = events[i].data.ptr;
      if (!c) {
        uint64_t expirations;
        if (read(timer, &expirations, sizeof expirations) < 0 && errno != EAGAIN) fail("timer");
        continue;
      }
      int was_busy = c->busy;
      if (read_answer(c) && was_busy) { idle[idle_count++] = c; in_flight--; }
    }
  }
  double seconds = (double)(now_ns() - begin) / 1e9;
  if (rate > 0) {
    printf("{\"answered\": %zu, \"broken\": %lu, \"2xx\": %lu, \"latencies\": ", answered, broken, by_class[2]);
    print_latencies(latencies, broken ? 0 : answered);
    printf("}\n");
    return 0;
  }
  qsort(latencies, answered, sizeof *latencies, ascending);
  printf("{\"answered\": %zu, \"broken\": %lu, \"2xx\": %lu, \"4xx\": %lu, \"5xx\": %lu, \"rate\": %.1f, "
         "\"p50\": %.3f, \"p99\": %.3f, \"max\": %.3f}\n",
         answered, broken, by_class[2], by_class[4], by_class[5], answered / seconds, milliseconds(0.5),
         milliseconds(0.99), milliseconds(1));
  return 0;
}
