#include "CArguments.h"

#include <stddef.h>

static char *none[] = {NULL};
static char **given = none;
static int given_count;

// glibc calls constructors as it calls main.
__attribute__((constructor)) static void keep(int count, char **arguments) {
  if (count > 0) {
    given = arguments;
    given_count = count;
  }
}

int given_argument_count(void) { return given_count; }

// The two functions of the runtime's file stdlib/public/stubs/CommandLine.cpp, which is not linked where these are.

char **_swift_stdlib_getUnsafeArgvArgc(int *count) {
  *count = given_count;
  return given;
}

void _swift_stdlib_overrideUnsafeArgvArgc(char **arguments, int count) {
  given = arguments;
  given_count = count;
}
