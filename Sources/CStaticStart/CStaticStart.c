#define _GNU_SOURCE
#include "CStaticStart.h"

#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#ifdef LINKED_STATICALLY
// volatile: the compiler runs constructors itself where it can, and would begin with what this one leaves.
static volatile bool is_started;

// Constructors of this kind run after those that libcrypto's own is one of.
__attribute__((constructor)) static void note_start(void) { is_started = true; }

void __wrap_OPENSSL_cpuid_setup(void) {
  if (is_started) __real_OPENSSL_cpuid_setup();
}

long __wrap_sysconf(int name) {
  cpu_set_t cores;
  bool counts_cores = name == _SC_NPROCESSORS_CONF || name == _SC_NPROCESSORS_ONLN;
  // Fails where the system has more cores than the set holds.
  if (!counts_cores || sched_getaffinity(0, sizeof cores, &cores) != 0) return __real_sysconf(name);
  return CPU_COUNT(&cores);
}
#endif

char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}
