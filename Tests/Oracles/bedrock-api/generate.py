#!/usr/bin/env python3
"""Writes corpus.jsonl: generated requests, each with what botocore's model says of it. See ../README.md."""

import argparse
import json
import pathlib
import random

from bases import Draw, base
from mutations import mutations
from oracle import Oracle

SEED = 20230420
COUNT = 6010
CORPUS = pathlib.Path(__file__).with_name("corpus.jsonl")


def has_surrogate(value):
    return any(0xD800 <= ord(letter) <= 0xDFFF for letter in value)


def line(number, request, violations):
    """Even lines are pure ASCII with escapes, odd ones raw UTF-8: readers must take both."""
    record = {
        "request": request,
        "violations": [{"pointer": pointer, "constraint": word} for pointer, word in violations],
    }
    text = json.dumps(record, ensure_ascii=number % 2 == 0, separators=(",", ":"))
    if has_surrogate(text) or "\x00" in text or "\\u0000" in text:
        raise AssertionError(f"unpaired surrogate or NUL in {text!r}")
    return text


def requests(draw):
    """An endless stream: valid requests, each mutation alone, each boundary once, then mixtures."""
    short, long = mutations()
    for kind in ["custom", "imported", "foundation"] * 100:
        yield base(draw, kind, optional=0.4)
    for mutation in short + long + short:
        request = base(draw)
        mutation(draw, request)
        yield request
    while True:
        request = base(draw)
        for _ in range(1 if draw.chance(0.4) else 2 + draw.below(2)):
            draw.one(short)(draw, request)
        yield request


def corpus(count=COUNT, seed=SEED):
    """The lines of the corpus, without line ends."""
    oracle = Oracle()
    seen = set()
    lines = []
    for request in requests(Draw(random.Random(seed))):
        if len(lines) == count:
            return lines
        identity = json.dumps(request, sort_keys=True)
        if identity in seen:
            continue
        seen.add(identity)
        lines.append(line(len(lines), request, oracle.violations(request)))


def text(lines):
    return "".join(each + "\n" for each in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=pathlib.Path, default=CORPUS)
    arguments = parser.parse_args()
    arguments.output.write_bytes(text(corpus()).encode())


if __name__ == "__main__":
    main()
