#!/usr/bin/env python3
"""`run.py --copylint PATH` measures the start-up of copylint beside a C program that does the same, and ruff.

Builds baseline.c, holds it against the policy oracle (a baseline that does less would flatter nobody), then lets
hyperfine measure all three in one run and prints medians and ratios. Timing never makes it fail; a command
that does not work does.
"""

import argparse
import json
import pathlib
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ORACLE = HERE.parent.parent / "Oracles" / "policy"
BUILD = ["cc", "-std=c11", "-O2", "-static", "-Wall", "-Wextra", "-Werror"]
LIBRARIES = ["-ljansson", "-lm"]


def build(folder):
    binary = folder / "baseline"
    subprocess.run([*BUILD, "-o", str(binary), str(HERE / "baseline.c"), *LIBRARIES], check=True)
    return binary


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


def measure(commands, folder, runs, export):
    for name, command in commands.items():
        result = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        if result.returncode != 0:
            sys.exit(f"{name} exits {result.returncode} on clean input: {result.stderr.decode().strip()}")
    arguments = [
        "hyperfine",
        "-N",
        "--style",
        "none",
        "--warmup",
        "20",
        "--runs",
        str(runs),
        "--export-json",
        str(export),
    ]
    for name, command in commands.items():
        arguments += ["-n", name, shlex.join(map(str, command))]
    # hyperfine warns of outliers, which a busy machine always has.
    subprocess.run(arguments, cwd=folder, check=True, stderr=subprocess.DEVNULL)
    return {result["command"]: result for result in json.loads(export.read_text())["results"]}


def table(results):
    print(f"{'command':<10}{'median ms':>11}{'mean ms':>10}{'min ms':>9}{'max ms':>9}")
    for name, result in results.items():
        values = [result[key] * 1000 for key in ("median", "mean", "min", "max")]
        print(f"{name:<10}{values[0]:>11.2f}{values[1]:>10.2f}{values[2]:>9.2f}{values[3]:>9.2f}")
    for above, below in (("copylint", "baseline"), ("ruff", "copylint")):
        print(f"{above}/{below}: {results[above]['median'] / results[below]['median']:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copylint", type=pathlib.Path, required=True, help="the release executable")
    parser.add_argument("--runs", type=int, default=300, help="measured runs of each command")
    parser.add_argument("--verify", type=int, default=300, help="requests to hold the baseline against the oracle on")
    parser.add_argument("--export-json", type=pathlib.Path, help="where hyperfine's own report goes")
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
        export = (arguments.export_json or folder / "hyperfine.json").resolve()
        table(measure(commands, folder, arguments.runs, export))


if __name__ == "__main__":
    main()
