#!/usr/bin/env python3
"""`run.py --copylint PATH` measures copylint beside C programs and other tools, and prints one table.

Builds the package that this file is in, makes its workload from a seed, holds the C programs and copylint against what
must be found, and then lets all of them run in turn. The table has medians, and their ratios to the first program of
each group. On one core it is processor time that counts, so that what else the machine does counts less. A tool that is
not installed is named as such. Timing never makes it fail; a wrong answer does.
"""

import argparse
import importlib.util
import pathlib
import shutil
import subprocess
import sys
import tempfile

from harness import Table, compare, measure, use
from peers import Peers

HERE = pathlib.Path(__file__).resolve().parent
ORACLE = HERE.parent / "Oracles" / "policy"
GROUPS = ["start", "files", "stream", "many", "size", "memory"]


def load(path):
    """A module of a folder whose name is no module's."""
    spec = importlib.util.spec_from_file_location(path.parent.name.replace("-", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def build():
    """The package's programs."""
    command = ["swift", "build", "--package-path", HERE, "-c", "release"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    shown = subprocess.run([*command, "--show-bin-path"], check=True, capture_output=True, text=True)
    return pathlib.Path(shown.stdout.strip())


class Benchmarks:
    def __init__(self, arguments, folder):
        self.runs, self.seed, self.folder = arguments.runs, arguments.seed, folder
        self.count, self.files, self.gigabytes = arguments.count, arguments.files, arguments.stream_gb
        self.copylint = arguments.copylint.resolve()
        programs = build()
        use(programs / "measure")
        self.start_c, self.stream_c = programs / "start-baseline", programs / "stream-baseline"
        self.many_c = programs / "many-rules-baseline"
        self.pack = ORACLE / "pack.json"
        self.check = [self.copylint, "check", "--no-config", "--quiet"]
        self.table = Table()
        self.peers = Peers(HERE / "peers")

    def make_requests(self):
        """The stream of the policy oracle, its requests as files, and a clean one."""
        self.requests, expected = self.folder / "requests.ndjson", self.folder / "expected.jsonl"
        generate = [sys.executable, ORACLE / "generate.py", "--count", str(self.count), "--seed", str(self.seed)]
        subprocess.run([*generate, "--requests", self.requests, "--expected", expected], check=True)
        load(HERE / "stream" / "run.py").verify(self.stream_c, self.requests, expected)
        (self.folder / "start").mkdir()
        load(HERE / "startup" / "run.py").verify(self.start_c, self.folder / "start", 100)
        (self.folder / "files").mkdir()
        (self.folder / "python").mkdir()
        with self.requests.open("rb") as stream:
            for number, line in zip(range(self.files), stream):
                (self.folder / "files" / f"request-{number:05}.json").write_bytes(line)
                (self.folder / "python" / f"file_{number:05}.py").write_bytes(
                    (HERE / "startup" / "tiny.py").read_bytes()
                )
        self.peers.verify(self.requests, expected, self.folder)

    # -- groups ------------------------------------------------------------------------------------------------------

    def start(self):
        one = self.folder / "one"
        one.mkdir()
        shutil.copy(HERE / "startup" / "request.json", one)
        shutil.copy(self.pack, one)
        (one / ".copylint.json").write_text('{"format": 1, "packs": ["pack.json"]}')
        commands = {
            "C with jansson": [self.start_c, "pack.json", "request.json"],
            "copylint": [self.copylint, "check", "request.json"],
            "copylint, by options": [*self.check, "request.json", "--pack", "./pack.json"],
            **self.peers.one_file("request.json", HERE / "startup" / "tiny.py"),
        }
        results = compare(commands, 20 * self.runs, cwd=one)
        self.table.group("one file, cold, ms", {label: result.wall / 1e6 for label, result in results.items()})
        peaks = {label: results[label].peak for label in ("C with jansson", "copylint") if label in results}
        self.table.group("the same, peak MiB", peaks)
        self.table.missing(self.peers.missing)

    def many_files(self):
        paths = sorted((self.folder / "files").iterdir())
        judge = [*self.check, "--pack", self.pack, self.folder / "files", "--output-format"]
        commands = {
            "C scanner": [self.stream_c, self.pack, "--files", *paths],
            "copylint, summary": [*judge, "summary"],
            "copylint, concise": [*judge, "concise"],
            **self.peers.files(paths, self.folder / "python"),
        }
        results = compare(commands, self.runs)
        title = f"{len(paths):,} files, ms"
        self.table.group(title, {label: result.wall / 1e6 for label, result in results.items()})
        self.table.missing(self.peers.missing)

    def stream(self):
        judge = [*self.check, "--pack", self.pack, "--ndjson", "-", "--output-format"]
        commands = {
            "C scanner": [self.stream_c, self.pack, "-"],
            "copylint, summary": [*judge, "summary"],
            "copylint, jsonl": [*judge, "jsonl"],
        }
        results = compare(commands, self.runs, stdin=self.requests, cores=1)
        rates = {label: self.count / result.cpu * 1e6 for label, result in results.items()}
        self.table.group("a stream on one core, requests/s", rates)
        peers = compare(self.peers.stream(), 1, stdin=self.requests, cores=1)
        self.table.more({label: self.count / result.cpu * 1e6 for label, result in peers.items()})
        self.table.missing(self.peers.missing)
        del commands["C scanner"]
        for label, command in commands.items():
            pair = {cores: compare({label: command}, self.runs, stdin=self.requests, cores=cores) for cores in (1, 2)}
            rates = {
                f"{cores} {'core' if cores == 1 else 'cores'}": self.count / pair[cores][label].wall * 1e9
                for cores in (1, 2)
            }
            self.table.group(f"{label}, requests/s", rates)

    def many_rules(self):
        make = load(HERE / "many-rules" / "workload.py").Workload
        for half, title in (("prefix", "literal prefixes"), ("other", "suffixes and infixes")):
            loads, wholes, costs = {}, {}, {}
            for size in (10, 10_000):
                folder = self.folder / f"{half}-{size}"
                folder.mkdir()
                denied, unnamed = make(size, half, self.seed).write(folder, self.count)
                self.verify_many(folder, denied, unnamed)
                commands = {}
                for file in ("one.ndjson", "requests.ndjson", "twice.ndjson"):
                    path = folder / file
                    commands["C, indexed", file] = [self.many_c, folder / "pack.json", path]
                    commands["copylint", file] = self.many_command(folder, "pack.json", path)
                    commands["copylint, a rule each", file] = self.many_command(folder, "rules.json", path)
                programs = dict.fromkeys(label for label, _ in commands)
                results = compare(commands, self.runs, cores=1)
                sizes = f"{size:,} patterns, {size:,} globs"
                for label in programs:
                    once, twice = results[label, "requests.ndjson"].cpu, results[label, "twice.ndjson"].cpu
                    loads[label] = results[label, "one.ndjson"].cpu / 1e3
                    wholes[label] = once / 1e3
                    row = f"{size:,} rules" if label.endswith("each") else sizes
                    costs.setdefault(label, {})[row] = (twice - once) / self.count
            self.table.group(f"{title}: load of 10,000 and one request, ms", loads)
            self.table.group(f"{title}: load of 10,000 and {self.count:,} requests, ms", wholes)
            for label, cost in costs.items():
                self.table.group(f"{title}: a request, {label}, µs", cost)

    def many_command(self, folder, pack, file):
        return [*self.check, "--pack", folder / pack, "--ndjson", file, "--output-format", "summary"]

    def verify_many(self, folder, denied, unnamed):
        """Writes the first request alone, and all of them twice: what the second time takes is what a request costs once
        every pattern was met. Holds all programs to what the workload says they deny."""
        with (folder / "requests.ndjson").open("rb") as stream:
            (folder / "one.ndjson").write_bytes(stream.readline())
        (folder / "twice.ndjson").write_bytes(2 * (folder / "requests.ndjson").read_bytes())
        ours = [self.many_command(folder, pack, folder / "requests.ndjson") for pack in ("pack.json", "rules.json")]
        for command in ours:
            command[-1] = "json-summary"
        c = [self.many_c, folder / "pack.json", folder / "requests.ndjson"]
        for command, wanted in (
            (c, f"{denied} denied"),
            (ours[0], f'"denied":{denied}'),
            (ours[1], f'"denied":{unnamed}'),
        ):
            found = subprocess.run(command, capture_output=True, text=True, check=False)
            if wanted not in found.stdout.replace(" ", "") and wanted not in found.stdout:
                sys.exit(f"{command[0]} does not say `{wanted}`: {found.stdout[-300:]} {found.stderr[-300:]}")

    def request_size(self):
        make = load(HERE / "sizes.py")
        per_request, per_megabyte = {}, {}
        for tags in (0, 10, 50, 200):
            file = self.folder / f"tags-{tags}.ndjson"
            count = make.write(file, tags, self.count // 2, self.seed)
            commands = {
                "C scanner": [self.stream_c, self.pack, file],
                "copylint": [*self.check, "--pack", self.pack, "--ndjson", file, "--output-format", "summary"],
            }
            results = compare(commands, self.runs, cores=1)
            size = file.stat().st_size
            label = f"{tags} tags, {size // count:,} bytes"
            per_request[label] = results["copylint"].cpu / count
            per_megabyte[label] = {name: size / result.cpu for name, result in results.items()}
        self.table.group("size of a request: copylint, µs a request", per_request)
        for label, rates in per_megabyte.items():
            self.table.group(f"{label}: MB/s", rates)

    def memory(self):
        judge = [*self.check, "--pack", self.pack, "--ndjson", "-", "--output-format"]
        peaks = {}
        for form in ("summary", "jsonl"):
            result = measure([*judge, form], stdin=self.requests)
            peaks[f"{form}, {self.requests.stat().st_size // 1_000_000:,} MB"] = result.peak
        if self.gigabytes:
            rounds = max(1, int(self.gigabytes * 1e9) // self.requests.stat().st_size)
            feed = "import shutil, sys\nfor _ in range(int(sys.argv[2])):\n  with open(sys.argv[1], 'rb') as file: shutil.copyfileobj(file, sys.stdout.buffer, 1 << 20)"
            with subprocess.Popen(
                [sys.executable, "-c", feed, self.requests, str(rounds)], stdout=subprocess.PIPE
            ) as feeder:
                result = measure([*judge, "summary"], stdin=feeder.stdout)
            peaks[f"summary, {rounds * self.requests.stat().st_size / 1e9:.1f} GB"] = result.peak
        self.table.group("a stream, peak MiB", peaks)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copylint", type=pathlib.Path, required=True, help="the release executable")
    parser.add_argument("--count", type=int, default=100_000, help="requests of a stream")
    parser.add_argument("--files", type=int, default=1_000, help="files")
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each; 20 times as many of a cold start")
    parser.add_argument("--seed", type=int, default=1, help="what the workload is made from")
    parser.add_argument("--stream-gb", type=float, help="measure the memory of so large a stream too")
    parser.add_argument("--only", choices=GROUPS, action="append", help="one group of rows; repeatable")
    arguments = parser.parse_args()
    # A folder of its own: no configuration of a repository around it takes part.
    with tempfile.TemporaryDirectory() as name:
        benchmarks = Benchmarks(arguments, pathlib.Path(name))
        benchmarks.make_requests()
        groups = dict(
            zip(
                GROUPS,
                [
                    benchmarks.start,
                    benchmarks.many_files,
                    benchmarks.stream,
                    benchmarks.many_rules,
                    benchmarks.request_size,
                    benchmarks.memory,
                ],
            )
        )
        for group in arguments.only or GROUPS:
            groups[group]()
        benchmarks.table.print()


if __name__ == "__main__":
    main()
