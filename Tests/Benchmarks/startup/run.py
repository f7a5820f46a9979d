#!/usr/bin/env python3
"""`run.py --copylint PATH` measures the start-up of copylint beside a C program that does the same, and ruff.

Builds baseline.c, holds it against the policy oracle (a baseline that does less would flatter nobody), then lets
all of them run in turn, so that what else the machine does meets all alike, and prints medians and ratios. Timing
never makes it fail; a command that does not work does.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402
ORACLE = HERE.parent.parent / "Oracles" / "policy"
BUILD = ["cc", "-std=c11", "-O2", "-static", "-Wall", "-Wextra", "-Werror"]
LIBRARIES = ["-ljansson", "-lm"]


def build(folder):
    binary = folder / "baseline"
    subprocess.run([*BUILD, "-o", str(binary), str(HERE / "baseline.c"), *LIBRARIES], check=True)
    return binary


def build_measure(folder):
    program = folder / "measure"
    subprocess.run([*BUILD[:1], "-O2", "-o", str(program), str(HERE.parent / "measure" / "measure.c")], check=True)
    return program


def verify(binary, folder, count):
    """The baseline must find what the policy oracle expects, request by request."""
    requests, expected = folder / "requests.ndjson", folder / "expected.jsonl"
    generate = [sys.executable, ORACLE / "generate.py", "--count", str(count), "--seed", "7"]
    subprocess.run([*generate, "--requests", requests, "--expected", expected], check=True)
    one = folder / "one.json"
    with requests.open("rb") as judged, expected.open("rb") as wanted:
        for number, (request, findings) in enumerate(zip(judged, wanted, strict=True), 1):
            one.write_bytes(request)
            result = subprocess.run([binary, ORACLE / "pack.json", one], capture_output=True, check=False)
            found = sorted(result.stdout.decode().splitlines())
            if found != json.loads(findings) or result.returncode != (1 if found else 0):
                sys.exit(
                    f"baseline differs from the policy oracle on request {number}: {found}, not {findings.decode()}"
                )


def ruff():
    """The executable itself: a version manager's wrapper would be measured instead."""
    beside = pathlib.Path(sysconfig.get_path("scripts")) / "ruff"
    found = str(beside) if beside.exists() else shutil.which("ruff")
    return found or sys.exit("ruff is not installed: see Tests/Oracles/requirements.txt")


def expect_clean(commands, folder):
    for name, command in commands.items():
        result = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        if result.returncode != 0:
            sys.exit(f"{name} exits {result.returncode} on clean input: {result.stderr.decode().strip()}")


def table(results):
    print(f"{'command':<10}{'median ms':>11}{'cpu ms':>9}{'peak MiB':>10}")
    for name, result in results.items():
        print(f"{name:<10}{result.wall / 1e6:>11.2f}{result.cpu / 1e3:>9.2f}{result.peak:>10.1f}")
    for above, below in (("copylint", "baseline"), ("ruff", "copylint")):
        print(f"{above}/{below}: {results[above].wall / results[below].wall:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copylint", type=pathlib.Path, required=True, help="the release executable")
    parser.add_argument("--runs", type=int, default=300, help="measured runs of each command")
    parser.add_argument("--verify", type=int, default=300, help="requests to hold the baseline against the oracle on")
    arguments = parser.parse_args()
    # A folder of its own: no configuration of a repository around it takes part.
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        binary = build(folder)
        verify(binary, folder, arguments.verify)
        for file in (HERE / "request.json", HERE / "tiny.py", ORACLE / "pack.json"):
            shutil.copy(file, folder)
        # As in a repository: the configuration names the pack. The other row gives it as an option.
        (folder / ".copylint.json").write_text('{"format": 1, "packs": ["pack.json"]}')
        commands = {
            "baseline": [binary, "pack.json", "request.json"],
            "copylint": [arguments.copylint.resolve(), "check", "request.json"],
            "options": [arguments.copylint.resolve(), "check", "request.json", "--no-config", "--pack", "./pack.json"],
            "ruff": [ruff(), "check", "--isolated", "--no-cache", "tiny.py"],
        }
        expect_clean(commands, folder)
        harness.use(build_measure(folder))
        table(harness.compare(commands, arguments.runs, cwd=folder))


if __name__ == "__main__":
    main()
