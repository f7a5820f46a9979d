#!/usr/bin/env python3
"""`order.py --copylint PATH --map PATH` writes Sources/copylint/startup-order.txt, for the linker.

The functions that a small check calls lie scattered over 13 MB of the static executable; side by side they are a third
less memory, and a start takes a quarter less time. The linker moves whole sections. A function of this package has one of
its own; those of libraries that hold much else come last, or they would part the others. Needs valgrind and objcopy, and a release build with the linker's map of it:

    swift build -c release --product copylint -Xlinker -Map=FILE

To be run again when much has changed, or the version of Swift: names that the linker does not find are left out.
"""

import argparse
import bisect
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE.parent.parent.parent / "Sources" / "copylint" / "startup-order.txt"
TESTS = HERE.parent.parent
FILES = {
    "request.json": HERE / "request.json",
    "denied.json": TESTS / "Examples" / "copies" / "fraud-v3.json",
    "pack.json": TESTS / "Oracles" / "policy" / "pack.json",
}
RUNS = (
    ["check", "request.json"],
    ["check", "--no-config", "--quiet", "--pack", "baseline", "request.json"],
    ["check", "denied.json"],
)
# Sections of more bytes hold the functions of a library's file, and those of still more a whole library's.
LARGE = (12_000, 200_000)


def section_sizes(link_map):
    """The size of the section that each symbol came from, by the map that lld writes: an input section is a line with
    its file, and its symbols are the lines below it, further to the right."""
    sizes, size = {}, 0
    for line in link_map.read_text().splitlines():
        found = re.match(r"\s*[0-9a-f]+\s+[0-9a-f]+\s+([0-9a-f]+)\s+\d+ ( *)(.*)$", line)
        if not found:
            continue
        if len(found[2]) == 8:
            size = int(found[1], 16)
        elif len(found[2]) == 16:
            sizes.setdefault(found[3], size)
    return sizes


def called(binary, folder, arguments):
    """The mangled names of the functions that a run calls, each once, in their order in the profile."""
    profile = folder / "profile"
    command = ["valgrind", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}", binary, *arguments]
    result = subprocess.run(command, cwd=folder, check=False, capture_output=True)
    if result.returncode not in (0, 1):
        sys.exit(f"{arguments} exits {result.returncode}: {result.stderr.decode()}")
    names = re.findall(r"^c?fn=\(\d+\) (\S+)$", profile.read_text(), re.MULTILINE)
    return {re.sub(r"'\d+$", "", name): None for name in names if not name.startswith("0x")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copylint", required=True, type=pathlib.Path, help="a release build")
    parser.add_argument("--map", required=True, type=pathlib.Path, help="the linker's map of it")
    given = parser.parse_args()
    binary, sizes = given.copylint.resolve(), section_sizes(given.map)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # valgrind does not read the debug information of Swift 6.
        stripped = folder / "copylint"
        subprocess.run(["objcopy", "--strip-debug", binary, stripped], check=True)
        for name, file in FILES.items():
            shutil.copy(file, folder / name)
        (folder / ".copylint.json").write_text('{"format": 1, "packs": ["pack.json"]}')
        names = {name: None for run in RUNS for name in called(stripped, folder, run)}
    ordered = sorted(names, key=lambda name: bisect.bisect_left(LARGE, sizes.get(name, 0)))
    OUTPUT.write_text("".join(f"{name}\n" for name in ordered))
    print(f"{OUTPUT.name}: {sum(1 for _ in OUTPUT.open())} functions")


if __name__ == "__main__":
    main()
