#pragma once

// The command line where there is no /proc, as in an empty root.
//
// Swift's runtime reads the arguments of the process from /proc/self/cmdline, and goes on without any where that is
// missing: a program would then do something else than it was asked to. The C library hands them to constructors, and
// one of them hands them on to the runtime before anything asks for them.

/// How many arguments the system gave this process, its name among them.
int given_argument_count(void);
