#!/usr/bin/env python3
"""`order.py --copylint PATH --map PATH` writes Sources/copylint/startup-order.txt, for the linker.

The functions that a small check calls lie scattered over 13 MB of the static executable; side by side they are a third
less memory, and a start takes a quarter less time. So it is with the variables: each page of them that is written to is
copied or made. The linker moves whole sections. A function of this package has one of its own; those of libraries that
hold much else come last, or they would part the others. Needs valgrind and objcopy, and a release build with the linker's
map of it:

    swift build -c release --product copylint -Xlinker -Map=FILE

To be run again when much has changed, or the version of Swift: names that the linker does not find are left out.
"""

import argparse
import bisect
import dataclasses
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


# Where variables are.
DATA = (".data", ".bss")


@dataclasses.dataclass
class Section:
    """What the linker moves as a whole."""

    output: str
    start: int
    size: int
    symbols: list = dataclasses.field(default_factory=list)


def sections(link_map):
    """The sections of the map that lld writes, by their addresses: an output section is a line at the left, an input
    section of it a line with its file, and its symbols are the lines below that, further to the right."""
    output, found = "", []
    for line in link_map.read_text().splitlines():
        match = re.match(r"\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s+\d+ ( *)(.*)$", line)
        if not match:
            continue
        address, size, name = int(match[1], 16), int(match[2], 16), match[4]
        if not match[3]:
            output = name
        elif len(match[3]) == 8:
            found.append(Section(output, address, size))
        elif found:
            found[-1].symbols.append(name)
    return found


def trace(options, binary, folder, arguments):
    command = ["valgrind", *options, binary, *arguments]
    result = subprocess.run(command, cwd=folder, check=False, capture_output=True)
    if result.returncode not in (0, 1):
        sys.exit(f"{arguments} exits {result.returncode}: {result.stderr.decode()}")


def called(binary, folder, arguments):
    """The mangled names of the functions that a run calls, each once, in their order in the profile."""
    profile = folder / "profile"
    trace(["--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}"], binary, folder, arguments)
    names = re.findall(r"^c?fn=\(\d+\) (\S+)$", profile.read_text(), re.MULTILINE)
    return {re.sub(r"'\d+$", "", name): None for name in names if not name.startswith("0x")}


def touched(binary, folder, arguments, variables):
    """A name for each section of variables that a run reads or writes."""
    log, starts = folder / "accesses", [section.start for section in variables]
    trace(["--tool=lackey", "--trace-mem=yes", f"--log-file={log}"], binary, folder, arguments)
    with log.open() as lines:
        accesses = (re.match(r" [LSM] ([0-9a-f]+),", line) for line in lines)
        addresses = {int(access[1], 16) for access in accesses if access}
    found = ((address, variables[bisect.bisect(starts, address) - 1]) for address in addresses if address >= starts[0])
    return {section.symbols[0] for address, section in found if address < section.start + section.size}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copylint", required=True, type=pathlib.Path, help="a release build")
    parser.add_argument("--map", required=True, type=pathlib.Path, help="the linker's map of it")
    given = parser.parse_args()
    binary, moved = given.copylint.resolve(), sections(given.map)
    sizes = {name: section.size for section in reversed(moved) for name in section.symbols}
    variables = [
        section for section in moved if section.output in DATA and section.symbols and section.size <= LARGE[0]
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # valgrind does not read the debug information of Swift 6.
        stripped = folder / "copylint"
        subprocess.run(["objcopy", "--strip-debug", binary, stripped], check=True)
        for name, file in FILES.items():
            shutil.copy(file, folder / name)
        (folder / ".copylint.json").write_text('{"format": 1, "packs": ["pack.json"]}')
        names = {name: None for run in RUNS for name in called(stripped, folder, run)}
        data = {name for run in RUNS for name in touched(stripped, folder, run, variables)}
    ordered = sorted(names, key=lambda name: bisect.bisect_left(LARGE, sizes.get(name, 0)))
    OUTPUT.write_text("".join(f"{name}\n" for name in [*ordered, *sorted(data)]))
    print(f"{OUTPUT.name}: {len(ordered)} functions, {len(data)} sections of variables")


if __name__ == "__main__":
    main()
