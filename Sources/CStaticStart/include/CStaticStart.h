#pragma once

#include "ProgramText.h"

// Lets the static executable start where there is no /proc, as in an empty root.
//
// At start Swift's runtime looks for its crash reporter beside the runtime library, whose path it takes from /proc, and
// aborts without it. A static executable has no runtime library and no reporter beside it, so the linker sends that one
// call here (`--wrap`), and the answer is that there is none: crashes are then reported by the system alone.
char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name);

// Puts off what libcrypto asks of the processor at every start, whether a digest is needed or not: on a virtual machine
// each answer takes the host microseconds. Who needs a digest asks first; see the header of CCrypto.
void __wrap_OPENSSL_cpuid_setup(void);
void __real_OPENSSL_cpuid_setup(void);

// Counts the cores that the process may run on where the number of cores is asked for: libdispatch does so at every start,
// used or not, and glibc would read files below /sys for it, which takes a hundredth of a small check.
long __wrap_sysconf(int name);
long __real_sysconf(int name);
