// The cores that a process may run on, which the Glibc module leaves out: glibc declares it for _GNU_SOURCE alone.
#include <stddef.h>

// Fills an array of words, a bit a core (sched_setaffinity(2)).
int sched_getaffinity(int process, size_t size, void *cores);
