"""Runs commands in turn, and keeps what they took."""

import os
import statistics
import subprocess
import sys
from typing import NamedTuple

MEASURE = None


class Result(NamedTuple):
    wall: float  # nanoseconds
    cpu: float  # microseconds
    peak: float  # MiB


def use(program):
    """The program that starts the others; see measure/measure.c."""
    global MEASURE
    MEASURE = program


def measure(command, stdin=None, cwd=None, cores=None):
    """One run. `stdin` is a path, or a pipe."""
    allowed = os.sched_getaffinity(0)
    reader, writer = os.pipe()
    is_path = isinstance(stdin, (str, os.PathLike))
    given = os.open(stdin, os.O_RDONLY) if is_path else stdin or subprocess.DEVNULL
    # The measured program writes its figures to descriptor 3.
    launch = ["sh", "-c", f'exec "$@" 3>&{writer} {writer}>&-', "sh", MEASURE, *command]
    os.sched_setaffinity(0, sorted(allowed)[: cores or len(allowed)])
    try:
        process = subprocess.Popen(
            launch, stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd, pass_fds=[writer]
        )
    finally:
        os.sched_setaffinity(0, allowed)
        os.close(writer)
        if is_path:
            os.close(given)
    with os.fdopen(reader) as figures:
        line = figures.read().split()
    process.wait()
    if len(line) != 4 or int(line[3]) not in (0, 1):
        sys.exit(f"{command[0]} exits {line[3] if len(line) == 4 else 'without a word'}")
    return Result(float(line[0]), float(line[1]), float(line[2]) / 1024)


def compare(commands, runs, **where):
    """Lets them run in turn, so that what else the machine does meets all alike. The median of each."""
    results = {label: [] for label in commands}
    for command in commands.values():
        measure(command, **where)
    for _ in range(runs):
        for label, command in commands.items():
            results[label].append(measure(command, **where))
    return {
        label: Result(*(statistics.median(values) for values in zip(*measured))) for label, measured in results.items()
    }


class Table:
    """Groups of rows; the first of each is what the others are compared with."""

    def __init__(self):
        self.lines = [("", "median", "ratio")]
        self.first = 1.0

    def group(self, title, values):
        self.lines.append((f"**{title}**", "", ""))
        self.first = next(iter(values.values()))
        self.more(values)

    def more(self, values):
        for label, value in values.items():
            shown = f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
            self.lines.append((label, shown, f"{value / self.first:.2f}"))

    def missing(self, tools):
        """Tools that there are no figures of, each with the reason."""
        for name, reason in tools.items():
            self.lines.append((name, reason, ""))

    def print(self):
        width = max(len(label) for label, *_ in self.lines)
        for number, (label, value, ratio) in enumerate(self.lines):
            print(f"| {label:<{width}} | {value:>13} | {ratio:>6} |")
            if number == 0:
                print(f"|{'-' * (width + 2)}|{'-' * 14}:|{'-' * 7}:|")
