#!/usr/bin/env python3
"""`run.py --copylint PATH` measures copylint on a stream of requests beside a C program that reads them in one pass.

Builds the C program, holds it against the policy oracle request by request, then lets both judge the same stream, and
the same files, in turn, and prints rates by the medians of their processor time, the peak of their memory, and ratios.
Timing never makes it fail.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ORACLE = HERE.parent.parent / "Oracles" / "policy"
BUILD = ["cc", "-std=gnu11", "-O2", "-static", "-Wall", "-Wextra", "-Werror"]


def build(folder):
    binary = folder / "stream"
    sources = [HERE.parent / "stream-baseline" / "stream.c", HERE / "policy.c", HERE / "scanner.c"]
    subprocess.run([*BUILD, "-o", binary, *sources, "-ljansson", "-lm"], check=True)
    return binary


def verify(binary, requests, expected):
    found = subprocess.run([binary, ORACLE / "pack.json", "--findings", requests], capture_output=True, check=False)
    lines = found.stdout.decode().split("\n")
    wanted = expected.read_text().splitlines()
    for number, (line, findings) in enumerate(zip(lines, wanted), 1):
        if sorted(part.strip() for part in line.split(";") if part.strip()) != json.loads(findings):
            sys.exit(f"the C program differs from the policy oracle on request {number}: {line}")


def watch_memory(pid):
    """The peak of a process's memory in MiB, some hundredths of a second before it ends. The peak that the system gives
    afterwards is this program's own where that is larger."""
    peak = 0
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        with open(f"/proc/{pid}/status") as status:
            peak = max([peak, *(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))])
        time.sleep(0.01)
    return peak


def run(command, requests, cores=1):
    """Seconds of processor time, seconds that passed, and the peak of memory in MiB."""
    allowed = os.sched_getaffinity(0)
    start = time.monotonic()
    with requests.open("rb") as stream, open(os.devnull, "wb") as nowhere:
        os.sched_setaffinity(0, sorted(allowed)[:cores])
        try:
            process = subprocess.Popen(command, stdin=stream, stdout=nowhere, stderr=nowhere)
        finally:
            os.sched_setaffinity(0, allowed)
        peak = watch_memory(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command[0]} exits {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, peak


def compare(title, commands, requests, count, runs):
    """Lets them run in turn, the first of them being what the others are measured by."""
    results = {label: [] for label in commands}
    for _ in range(runs):
        for label, command in commands.items():
            results[label].append(run(command, requests))
    first = None
    print(f"{title:<26}{'requests/s':>12}{'of C':>8}{'peak MiB':>10}")
    for label, measured in results.items():
        rate = count / statistics.median(seconds for seconds, _, _ in measured)
        first = first or rate
        print(f"{label:<26}{rate:>12,.0f}{rate / first:>8.2f}{max(peak for _, _, peak in measured):>10.1f}")


def compare_cores(commands, requests, runs):
    if len(os.sched_getaffinity(0)) < 2:
        return
    for label, command in commands.items():
        one, two = ([run(command, requests, cores)[1] for _ in range(runs)] for cores in (1, 2))
        print(f"{label}: two cores are {statistics.median(one) / statistics.median(two):.2f} times one")


def judge_long(label, command, requests, gigabytes):
    """A pipe that goes on for so long, with other names every time; the peak after a tenth of it and at the end."""
    content, written, peaks, start = requests.read_bytes(), 0, [], time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for part in (gigabytes * 1e8, gigabytes * 1e9):
        while written < part:
            process.stdin.write(content.replace(b'"fin-', b'"fin-%d-' % (written // len(content))))
            written += len(content)
        with open(f"/proc/{process.pid}/status") as status:
            peaks += [int(line.split()[1]) * 1024 / 1e6 for line in status if line.startswith("VmHWM:")]
    process.stdin.close()
    if process.wait() not in (0, 1):
        sys.exit(f"{command[0]} exits {process.returncode}")
    rate = written / 1e6 / (time.monotonic() - start)
    print(
        f"{label}: {written / 1e9:.1f} GB at {rate:.0f} MB/s, peak {peaks[0]:.1f} MB after a tenth, {peaks[1]:.1f} MB"
    )


def write_files(folder, requests, count):
    """A request a file."""
    folder.mkdir()
    with requests.open("rb") as stream:
        for number, line in zip(range(count), stream):
            (folder / f"request-{number:05}.json").write_bytes(line)
    return sorted(folder.iterdir())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copylint", type=pathlib.Path, required=True, help="the release executable")
    parser.add_argument("--count", type=int, default=100_000, help="requests of the stream")
    parser.add_argument("--files", type=int, default=1_000, help="files")
    parser.add_argument("--gigabytes", type=float, default=10, help="of the long stream; 0 for none")
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        binary = build(folder)
        requests, expected = folder / "requests.ndjson", folder / "expected.jsonl"
        generate = [sys.executable, ORACLE / "generate.py", "--count", str(arguments.count), "--seed", "1"]
        subprocess.run([*generate, "--requests", requests, "--expected", expected], check=True)
        verify(binary, requests, expected)
        check = [arguments.copylint.resolve(), "check", "--no-config", "--pack", ORACLE / "pack.json", "--quiet"]
        stream = [*check, "--ndjson", "-", "--output-format"]
        ours = {"copylint, summary": [*stream, "summary"], "copylint, jsonl": [*stream, "jsonl"]}
        counting = {"C scanner, counts": [binary, ORACLE / "pack.json", "-"]}
        compare("a stream on one core", counting | ours, requests, arguments.count, arguments.runs)
        compare_cores(ours, requests, arguments.runs)
        files = write_files(folder / "files", requests, arguments.files)
        counting = {"C scanner, counts": [binary, ORACLE / "pack.json", "--files", *files]}
        ours = {
            f"copylint, {form}": [*check, "--output-format", form, folder / "files"]
            for form in ("summary", "jsonl", "concise")
        }
        compare(f"{len(files):,} files", counting | ours, requests, len(files), arguments.runs)
        if arguments.gigabytes:
            judge_long("copylint, summary", [*stream, "summary"], requests, arguments.gigabytes)
            judge_long("copylint, jsonl", [*stream, "jsonl"], requests, arguments.gigabytes)


if __name__ == "__main__":
    main()
