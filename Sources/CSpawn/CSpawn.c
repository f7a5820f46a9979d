#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif

// What kernels have that do not know close_range (before 5.11) is looked through up to here.
enum { most_descriptors = 65536 };

static void close_on_exec(unsigned first, unsigned last) {
  if (first > last || close_range(first, last, CLOSE_RANGE_CLOEXEC) == 0) return;
  for (unsigned descriptor = first; descriptor <= last && descriptor < most_descriptors; descriptor++) {
    fcntl((int)descriptor, F_SETFD, FD_CLOEXEC);
  }
}

static void keep_descriptors(const struct spawn_state *state) {
  unsigned next = 3;
  for (size_t index = 0; index < state->descriptor_count; index++) {
    unsigned kept = (unsigned)state->descriptors[index];
    if (kept < next) continue;
    close_on_exec(next, kept - 1);
    next = kept + 1;
  }
  close_on_exec(next, ~0U);
}

static void restore_signals(const struct spawn_state *state) {
  for (int number = 1; number < NSIG; number++) {
    // What the C library keeps for itself stands between these.
    if (number > SIGSYS && number < SIGRTMIN) continue;
    signal(number, sigismember(&state->default_signals, number) == 1 ? SIG_DFL : SIG_IGN);
  }
  sigprocmask(SIG_SETMASK, &state->mask, NULL);
}

static void become(char *const arguments[], char *const environment[], const struct spawn_state *state, pid_t parent,
                   int report) {
  if (state->death_signal != 0) {
    prctl(PR_SET_PDEATHSIG, state->death_signal);
    // It ended before that was set.
    if (getppid() != parent) _exit(1);
  }
  // The report's end is closed by a successful exec, which tells the other end that there was one.
  keep_descriptors(state);
  restore_signals(state);
  execvpe(arguments[0], arguments, environment);
  int failure = errno;
  while (write(report, &failure, sizeof failure) < 0 && errno == EINTR) {
  }
  _exit(127);
}

static int reported_failure(int report) {
  int failure = 0;
  ssize_t count;
  do {
    count = read(report, &failure, sizeof failure);
  } while (count < 0 && errno == EINTR);
  return count == (ssize_t)sizeof failure ? failure : 0;
}

pid_t spawn_command(char *const arguments[], char *const environment[], const struct spawn_state *state) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return -1;
  // No handler of this process may run in the child before its signals are as they should be.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) become(arguments, environment, state, parent, report[1]);
  int failure = child < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  if (child > 0) failure = reported_failure(report[0]);
  close(report[0]);
  if (failure == 0) return child;
  if (child > 0) {
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
  }
  errno = failure;
  return -1;
}

// The command's id while it runs; minus the number of a signal that waits for one; else 0.
static _Atomic int relayed = 0;

static struct sigaction actions_before[NSIG];

static void relay(int number, siginfo_t *information, void *context) {
  (void)context;
  if (information->si_code == SI_KERNEL) return;
  int before = errno;
  int command = atomic_load(&relayed);
  while (command <= 0 && !atomic_compare_exchange_weak(&relayed, &command, -number)) {
  }
  if (command > 0) kill(command, number);
  errno = before;
}

int relay_signal(int number) {
  struct sigaction action = {0};
  action.sa_sigaction = relay;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigfillset(&action.sa_mask);
  return sigaction(number, &action, &actions_before[number]);
}

void relay_signals_to(pid_t command) {
  int waiting = atomic_exchange(&relayed, command);
  if (command > 0 && waiting < 0) kill(command, -waiting);
}

void relay_signal_no_more(int number) { sigaction(number, &actions_before[number], NULL); }
