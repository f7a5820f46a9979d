// Programs that take turns, of a second each, so that what each of them measures is of the same minute: those with the
// same BEGIN and number of TURNS, each with a TURN of its own, counted from 0.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct { int64_t begin; int64_t turn, turns; } Turns;

// The part of a second in which requests are due; in the rest what they left behind may end.
static const double ACTIVE = 0.9;

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

// BEGIN (nanoseconds of CLOCK_MONOTONIC), TURN and TURNS; without them, alone and at once.
static Turns turns_of(int count, char **arguments) {
  if (count != 3) return (Turns){now_ns(), 0, 0};
  return (Turns){strtoll(arguments[0], NULL, 10), atoll(arguments[1]), atoll(arguments[2])};
}

// When a request is due, at so many a second.
static int64_t due_at(const Turns *turns, double rate, uint64_t number) {
  if (!turns->turns) return turns->begin + (int64_t)((double)number * 1e9 / rate);
  uint64_t calls = (uint64_t)(rate * ACTIVE);
  int64_t second = (int64_t)(number / calls) * turns->turns + turns->turn;
  return turns->begin + second * 1000000000LL + (int64_t)((double)(number % calls) * 1e9 / rate);
}

// In milliseconds, as a JSON array.
static void print_latencies(const int64_t *latencies, size_t count) {
  for (size_t i = 0; i < count; i++) printf("%s%.3f", i ? "," : "[", (double)latencies[i] / 1e6);
  printf(count ? "]" : "[]");
}
