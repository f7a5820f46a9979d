#!/usr/bin/env python3
"""Writes `scenarios.jsonl`: the credentials that botocore finds in given surroundings, and whom it asks. `--check` compares.

Each scenario runs in a process of its own, with its environment and a home directory of its own. In place of the network
stand the scenario's answers, in order; beyond them nobody answers.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import botocore

FOLDER = pathlib.Path(__file__).parent
PATH = FOLDER / "scenarios.jsonl"
# Stands for the scenario's own folder, in files, variables and results.
ROOT = "/scenario"


def run(scenario):
    with tempfile.TemporaryDirectory() as root:
        for path, content in scenario.get("files", {}).items():
            target = pathlib.Path(root + path.removeprefix(ROOT))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content.replace(ROOT, root))
        environment = {"HOME": f"{root}/home", "PATH": os.environ["PATH"]}
        environment |= {name: value.replace(ROOT, root) for name, value in scenario.get("environment", {}).items()}
        done = subprocess.run(
            [sys.executable, FOLDER / "resolve.py"],
            input=json.dumps(scenario), env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{scenario['name']}: {done.stderr}")
        return scenario | json.loads(done.stdout.replace(root, ROOT))


def text():
    sys.path.insert(0, str(FOLDER))
    from cases import SCENARIOS

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return "".join(json.dumps(line, sort_keys=True) + "\n" for line in pool.map(run, SCENARIOS))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    fresh = text()
    print(f"{PATH.name}: {fresh.count(chr(10))} lines from botocore {botocore.__version__}")
    if not check:
        PATH.write_text(fresh)
    elif PATH.read_text() != fresh:
        print(f"{PATH.name} differs; scenarios.py writes it anew", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
