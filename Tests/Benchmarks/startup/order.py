#!/usr/bin/env python3
"""`order.py --copylint PATH` writes Sources/copylint/startup-order.txt, for the linker.

The functions of the libraries that a small check calls lie scattered over 13 MB of the static executable; put side by
side they are a third less memory. Needs valgrind and objcopy, a release build, and to be run again when the version of
Swift changes: names that the linker does not find are left out.
"""

import argparse
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE.parent.parent.parent / "Sources" / "copylint" / "startup-order.txt"
RUNS = (["check", "request.json"], ["check", "--no-config", "--quiet", "request.json"])
# Modules of this package and of its dependencies change with every commit, and lie together anyway.
OWN = re.compile("8Copylint|8copylint|17CopylintArguments|12BuiltInPacks|14ArgumentParser")


def called(binary, folder, arguments):
    """The mangled names of the functions that a run calls."""
    profile = folder / "profile"
    command = ["valgrind", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}", binary, *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    names = re.findall(r"^c?fn=\(\d+\) (\S+)$", profile.read_text(), re.MULTILINE)
    return {re.sub(r"'\d+$", "", name) for name in names if not name.startswith("0x")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copylint", required=True, type=pathlib.Path, help="a release build")
    binary = parser.parse_args().copylint.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # valgrind does not read the debug information of Swift 6.
        stripped = folder / "copylint"
        subprocess.run(["objcopy", "--strip-debug", binary, stripped], check=True)
        (folder / "request.json").write_bytes((HERE / "request.json").read_bytes())
        names = set().union(*(called(stripped, folder, run) for run in RUNS))
    OUTPUT.write_text("".join(f"{name}\n" for name in sorted(names) if not OWN.search(name)))
    print(f"{OUTPUT.name}: {sum(1 for _ in OUTPUT.open())} functions")


if __name__ == "__main__":
    main()
