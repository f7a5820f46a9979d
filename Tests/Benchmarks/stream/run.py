#!/usr/bin/env python3
"""`run.py --copylint PATH` measures copylint on a stream of requests beside a C program that reads them in one pass.

Builds the C program, holds it against the policy oracle request by request, then lets both judge the same stream in
turn and prints the medians of their processor time, the peak of their memory, and ratios. Timing never makes it fail.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ORACLE = HERE.parent.parent / "Oracles" / "policy"
BUILD = ["cc", "-std=gnu11", "-O2", "-static", "-Wall", "-Wextra", "-Werror"]


def build(folder):
    binary = folder / "stream"
    sources = [HERE / name for name in ("stream.c", "policy.c", "scanner.c")]
    subprocess.run([*BUILD, "-o", binary, *sources, "-ljansson", "-lm"], check=True)
    return binary


def verify(binary, requests, expected):
    found = subprocess.run([binary, ORACLE / "pack.json", "--findings", requests], capture_output=True, check=False)
    lines = found.stdout.decode().split("\n")
    wanted = expected.read_text().splitlines()
    for number, (line, findings) in enumerate(zip(lines, wanted), 1):
        if sorted(part.strip() for part in line.split(";") if part.strip()) != json.loads(findings):
            sys.exit(f"the C program differs from the policy oracle on request {number}: {line}")


def run(command, requests):
    """Seconds of processor time, and the peak of memory in MiB."""
    with requests.open("rb") as stream, open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdin=stream, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command[0]} exits {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copylint", type=pathlib.Path, required=True, help="the release executable")
    parser.add_argument("--count", type=int, default=100_000, help="requests")
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        binary = build(folder)
        requests, expected = folder / "requests.ndjson", folder / "expected.jsonl"
        generate = [sys.executable, ORACLE / "generate.py", "--count", str(arguments.count), "--seed", "1"]
        subprocess.run([*generate, "--requests", requests, "--expected", expected], check=True)
        verify(binary, requests, expected)
        check = [arguments.copylint.resolve(), "check", "--no-config", "--pack", ORACLE / "pack.json", "--ndjson", "-"]
        commands = {
            "C scanner, counts": [binary, ORACLE / "pack.json", "-"],
            "copylint, jsonl": [*check, "--quiet", "--output-format", "jsonl"],
        }
        results = {label: [] for label in commands}
        for _ in range(arguments.runs):
            for label, command in commands.items():
                results[label].append(run(command, requests))
        first = None
        print(f"{'program':<20}{'requests/s':>12}{'of C':>8}{'peak MiB':>10}")
        for label, measured in results.items():
            rate = arguments.count / statistics.median(seconds for seconds, _ in measured)
            first = first or rate
            print(f"{label:<20}{rate:>12,.0f}{rate / first:>8.2f}{max(peak for _, peak in measured):>10.1f}")


if __name__ == "__main__":
    main()
