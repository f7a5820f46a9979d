#pragma once

// The command line where there is no /proc, as in an empty root.
//
// Swift's runtime looks for the arguments of the process in /proc/self/maps before main, and goes on without any where
// that is missing: a program would then do something else than it was asked to. The C library hands them to constructors,
// and these answer the runtime with them; the file of the runtime that would search is then left out of a static program.

/// How many arguments the system gave this process, its name among them.
int given_argument_count(void);

/// The arguments as the runtime asks for them, for as long as the process lives; `count` is set to their number.
char **_swift_stdlib_getUnsafeArgvArgc(int *count);

/// Takes the place of the arguments, for programs that give Swift code others than their own.
void _swift_stdlib_overrideUnsafeArgvArgc(char **arguments, int count);
