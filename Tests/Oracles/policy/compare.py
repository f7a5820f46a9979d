#!/usr/bin/env python3
"""`compare.py REPORT.jsonl EXPECTED` holds copylint's jsonl report against generate.py's expectations, line by line."""

import argparse
import itertools
import json
import pathlib
import sys

SHOWN = 10


def lines(path):
    # Not splitlines(): U+2028 within a value ends no line.
    with path.open(encoding="utf-8", newline="\n") as file:
        for text in file:
            yield json.loads(text)


def difference(report, expected):
    """What is wrong with one line, or None. Any error counts, whatever its rule."""
    if report is None:
        return "the report has no such line"
    if expected is None:
        return "the report has a line too many"
    if not isinstance(report, dict) or not isinstance(report.get("findings"), list):
        return f"no list of findings in {report!r}"
    if report.get("error"):
        return f"an error instead of a verdict: {report['error']!r}"
    errors = [finding for finding in report["findings"] if finding["severity"] == "error"]
    found = sorted(f"{finding['rule']} {finding['pointer']}" for finding in errors)
    if found == expected:
        return None
    missing, extra = list(expected), []
    for each in found:
        if each in missing:
            missing.remove(each)
        else:
            extra.append(each)
    return f"missing {missing}, unexpected {extra}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("expected", type=pathlib.Path)
    arguments = parser.parse_args()
    count = differences = 0
    for count, pair in enumerate(itertools.zip_longest(lines(arguments.report), lines(arguments.expected)), 1):
        text = difference(*pair)
        if text is None:
            continue
        differences += 1
        if differences <= SHOWN:
            print(f"line {count}: {text}", file=sys.stderr)
    if count == 0:
        print("nothing to compare", file=sys.stderr)
        return 1
    print(f"{count} lines, {differences} differ", file=sys.stderr if differences else sys.stdout)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
