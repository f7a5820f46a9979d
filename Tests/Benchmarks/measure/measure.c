/* measure COMMAND…     runs a command, and writes to descriptor 3 what it took: nanoseconds that passed, microseconds of
 * processor time, KiB of memory at its peak, and its exit status.
 *
 * So small a program adds nothing to what the system says of the command: the peak of memory is at least that of the
 * process which started it.
 */
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static long long microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

int main(int count, char **arguments) {
  posix_spawn_file_actions_t actions;
  pid_t child;
  int status;
  struct rusage usage;
  if (count < 2) return 2;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addclose(&actions, 3);
  long long start = now();
  if (posix_spawnp(&child, arguments[1], &actions, NULL, arguments + 1, environ) != 0) return 127;
  if (wait4(child, &status, 0, &usage) != child) return 2;
  dprintf(3, "%lld %lld %ld %d\n", now() - start, microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
          usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128);
  return 0;
}
