#include "CArguments.h"

// Of the runtime (stdlib/public/stubs/CommandLine.cpp); it is for who starts Swift code with arguments of its own.
void _swift_stdlib_overrideUnsafeArgvArgc(char **arguments, int count);

static int given_count;

// glibc calls constructors as it calls main.
__attribute__((constructor)) static void hand_on(int count, char **arguments) {
  given_count = count;
  _swift_stdlib_overrideUnsafeArgvArgc(arguments, count);
}

int given_argument_count(void) { return given_count; }
