#pragma once

// Starting a command in place of this process, and passing signals on to it.
//
// In C, because what runs between fork and exec and in a signal handler must neither allocate nor enter a runtime, and
// because Swift has neither fork nor prctl.

#include <signal.h>
#include <stddef.h>
#include <sys/types.h>

// What a command starts with.
struct spawn_state {
  // The signals that are not ignored in it.
  sigset_t default_signals;
  // The signals that are blocked in it.
  sigset_t mask;
  // The descriptors above 2 that it gets, ascending; every other one is closed in it.
  const int *descriptors;
  size_t descriptor_count;
  // What it gets when the thread that started it ends; 0 for nothing.
  int death_signal;
};

// Starts a program that is looked for on the PATH of this process. Returns its id, or -1 with errno of what failed.
// It stays in the process group, and so in the place that this process has in its terminal.
pid_t spawn_command(char *const arguments[], char *const environment[], const struct spawn_state *state);

// From now on a signal that a process sends to this one goes to the command as well; with none running yet, the last
// one waits for it. What the terminal sends reaches both anyway, and does nothing here. Returns 0, or -1 with errno.
int relay_signal(int signal);

// The command that signals go to; 0 when it has ended.
void relay_signals_to(pid_t command);

// The signal does again what it did before it was relayed.
void relay_signal_no_more(int signal);
