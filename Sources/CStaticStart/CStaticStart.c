#include "CStaticStart.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef LINKED_STATICALLY
// volatile: the compiler runs constructors itself where it can, and would begin with what this one leaves.
static volatile bool is_started;

// Constructors of this kind run after those that libcrypto's own is one of.
__attribute__((constructor)) static void note_start(void) { is_started = true; }

void __wrap_OPENSSL_cpuid_setup(void) {
  if (is_started) __real_OPENSSL_cpuid_setup();
}
#endif

char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}
