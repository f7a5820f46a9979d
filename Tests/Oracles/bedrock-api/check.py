#!/usr/bin/env python3
"""`check.py --corpus [FILE]` regenerates the corpus and fails if the committed one differs."""

import argparse
import pathlib
import sys

import generate
from oracle import BOTOCORE_VERSION


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=pathlib.Path, nargs="?", const=generate.CORPUS, required=True)
    path = parser.parse_args().corpus
    fresh = generate.text(generate.corpus()).encode()
    held = path.read_bytes()
    lines = fresh.count(b"\n")
    if held == fresh:
        print(f"{path.name}: {lines} lines agree with botocore {BOTOCORE_VERSION}")
        return 0
    pairs = zip(held.split(b"\n"), fresh.split(b"\n"), strict=False)
    number = next((index for index, (old, new) in enumerate(pairs, 1) if old != new), "the last")
    print(
        f"{path.name}: line {number} differs from what botocore {BOTOCORE_VERSION} says; generate.py writes it anew",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
