// How late the machine wakes a thread that has nothing to do but sleep, at a rate: what a call that goes from thread to thread
// meets several times, whoever passes it on. On a virtual machine whose processors are given to others it is milliseconds.
// Prints every latency, from the time at which the thread was due, in one JSON object. It takes turns with others that are
// given the same BEGIN (see turns.h).
//
//   timer RATE WAKES [BEGIN TURN TURNS]
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "turns.h"

int main(int count, char **arguments) {
  if (count != 3 && count != 6) { fprintf(stderr, "timer RATE WAKES [BEGIN TURN TURNS]\n"); return 2; }
  double rate = atof(arguments[1]);
  size_t total = strtoull(arguments[2], NULL, 10);
  int64_t *latencies = calloc(total, 8);
  if (!latencies) { perror("calloc"); return 1; }
  Turns turns = turns_of(count - 3, arguments + 3);
  for (size_t i = 0; i < total; i++) {
    int64_t due = due_at(&turns, rate, i);
    struct timespec at = {due / 1000000000LL, due % 1000000000LL};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL)) {}
    latencies[i] = now_ns() - due;
  }
  printf("{\"latencies\": ");
  print_latencies(latencies, total);
  printf("}\n");
  return 0;
}
