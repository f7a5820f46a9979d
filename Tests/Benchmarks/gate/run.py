#!/usr/bin/env python3
"""How much a gateway adds to a call, and how many calls it judges.

Needs a release build and a C compiler. Clients (load.c), gateway and upstream (upstream.c) share this machine; journal and
decision log are on the disk of --folder. Requests are signed beforehand, so that signing costs the gateway alone; every one
that is forwarded has a token of its own. Throughput is measured in a closed loop, latency in an open one, from the time at
which a call was due. CPU is the gateway's, a call.

A machine and a disk that others use are not the same from one second to the next. So upstream alone, gateway, disk alone
(disk.c: the same writes and fsyncs, and no gateway) and a timer alone (timer.c: how late a thread wakes) take turns of a
second each: what all of them have in some seconds is not the gateway's. The median second has none of it where it is rare.
A call is passed on from thread to thread, to the disk and back, and meets a machine that wakes threads late some ten times.

Requests and what the programs say are kept in memory: on the disk, the system would write them back half a minute later, in
the midst of a measurement. (So does a gateway's own log where it stands on the disk of the journal.) What others wrote, a
build for one, is brought to the disk before the first.
"""

import argparse
import datetime
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
KEY, SECRET = "AKIDBENCHEXAMPLE", "bench/secret/EXAMPLE/0123456789ab"
SOURCE = "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456"
UPSTREAM = {"key": "AKIDSANDBOXEXAMPLE", "secret": "sandbox-example-secret-not-for-aws"}
PACK = {
    "format": 1, "name": "bench", "version": "1", "rules": [
        {"id": "tags", "kind": "required-tags", "tags": {
            "Owner": {}, "CostCenter": {"pattern": "CC-[0-9]{4}"}, "Environment": {"values": ["dev", "staging", "prod"]}}},
        {"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fraud-[a-z0-9]+(-[a-z0-9]+)*"},
        {"id": "budget", "kind": "tag-count", "max": 10}],
}


# The part of a second in which requests are due (turns.h).
ACTIVE = 0.9
# What the gateway is to add at most to all calls but the slowest hundredth; milliseconds.
GOAL = 3.0


def body(number, denied):
    tags = [("Owner", "fraud"), ("CostCenter", "CC-1234"), ("Environment", "nowhere" if denied else "prod")]
    return json.dumps({
        "sourceModelArn": SOURCE, "targetModelName": f"fraud-m{number}", "clientRequestToken": f"token-{number}",
        "targetModelTags": [{"key": key, "value": value} for key, value in tags]}).encode()


def signed(port, data, key=KEY, secret=SECRET):
    """One request as bytes, signed with AWS Signature Version 4."""
    now = datetime.datetime.now(datetime.timezone.utc)
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    host, scope = f"127.0.0.1:{port}", f"{day}/eu-west-1/bedrock/aws4_request"
    canonical = "\n".join([
        "POST", "/model-copy-jobs", "", "content-type:application/json", f"host:{host}", f"x-amz-date:{stamp}", "",
        "content-type;host;x-amz-date", hashlib.sha256(data).hexdigest()])
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    derived = ("AWS4" + secret).encode()
    for part in scope.split("/"):
        derived = hmac.digest(derived, part.encode(), "sha256")
    signature = hmac.new(derived, text.encode(), "sha256").hexdigest()
    head = (
        f"POST /model-copy-jobs HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nX-Amz-Date: {stamp}\r\n"
        f"Authorization: AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders=content-type;host;x-amz-date, "
        f"Signature={signature}\r\nContent-Length: {len(data)}\r\n\r\n")
    return head.encode() + data


def write_requests(path, port, count, denied, first=0, **keys):
    with open(path, "wb") as file:
        for number in range(first, first + count):
            request = signed(port, body(number, denied), **keys)
            file.write(b"%d\n" % len(request) + request)


def compiled(name, folder):
    subprocess.run(["cc", "-O2", "-o", str(folder / name), str(HERE / f"{name}.c")], check=True)
    return str(folder / name)


class Load:
    """The load program, against one server."""

    def __init__(self, arguments, memory, binary, port):
        self.arguments, self.binary, self.port = arguments, binary, port
        self.path = memory / f"requests-{port}"
        self.next = 0

    def sign(self, count, denied=False, **keys):
        write_requests(self.path, self.port, count, denied, self.next, **keys)
        self.next += count

    def command(self, rate, requests, seconds):
        return [self.binary, str(self.port), str(self.path), str(self.arguments.connections), str(rate), str(requests),
                str(seconds)]

    def run(self, requests=1 << 62, seconds=None):
        """A closed loop: answers by class, their rate a second, latencies in ms by percentile."""
        command = self.command(0, requests, seconds or self.arguments.seconds)
        return answered(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def answered(output):
    result = json.loads(output)
    if result["broken"]:
        sys.exit(f"{result['broken']} requests were not answered")
    return result


def in_turns(commands):
    """What programs print that take turns of a second each."""
    begin = str(time.monotonic_ns() + 2_000_000_000)
    processes = [
        subprocess.Popen([*command, begin, str(turn), str(len(commands))], stdout=subprocess.PIPE, text=True)
        for turn, command in enumerate(commands)]
    outputs = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        sys.exit("a program that took turns failed")
    return outputs


def percentile(values, share):
    return sorted(values)[int(share * (len(values) - 1))]


def start(command, folder, memory, environment, ready):
    log = open(memory / f"{command[1]}.log", "w+")
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    for _ in range(500):
        log.flush()
        found = re.search(ready, pathlib.Path(log.name).read_text())
        if found:
            return process, int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.01)
    sys.exit(pathlib.Path(log.name).read_text())


def status(process, name):
    """A size in MB from /proc/PID/status."""
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024


def cpu(process):
    """Seconds that it has run."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def waits(port):
    """How often the gateway waited for the disk: all, and more than GOAL, for decision log and journal."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/metrics") as answer:
        text = answer.read().decode()
    counts = []
    for name in ("decision_log_fsync", "journal_commit"):
        buckets = dict(re.findall(rf'copylint_gate_{name}_duration_seconds_bucket{{le="(.*?)"}} (\d+)', text))
        counts += [int(buckets["+Inf"]), int(buckets["+Inf"]) - int(buckets[str(GOAL / 1000)])]
    return counts


def row(name, result, process=None, since=0.0, note=""):
    extra = ""
    if process:
        extra = f"{(cpu(process) - since) / result['answered'] * 1e6:>8.0f} {status(process, 'VmHWM'):>8.0f}"
    print(f"{name:<44} {result['rate']:>8.0f} {result['p50']:>8.2f} {result['p99']:>8.2f} {result['max']:>8.2f} "
          f"{extra}  {note}", flush=True)


def figures(latencies, rate):
    return {"rate": rate, "answered": len(latencies), "max": max(latencies)} | {
        name: percentile(latencies, share) for name, share in (("p50", 0.5), ("p99", 0.99))}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copylint-bedrock", default=".build/release/copylint-bedrock")
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement; of each of the turns")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--rates", type=int, nargs="*", default=[500, 1000], help="of the open loops, calls/s")
    parser.add_argument("--requests", type=int, default=0, help="calls of the memory run; 0 leaves it out")
    parser.add_argument("--sandbox", action="store_true", help="copylint sandbox as upstream, instead of upstream.c")
    parser.add_argument("--folder", help="where journal and log are; default a temporary folder here")
    arguments = parser.parse_args()
    binary = str(pathlib.Path(arguments.copylint_bedrock).resolve())
    folder = pathlib.Path(tempfile.mkdtemp(dir=arguments.folder or ".")).resolve()
    processes = []
    os.sync()
    try:
        with tempfile.TemporaryDirectory(dir="/dev/shm") as memory:
            run(arguments, binary, folder, pathlib.Path(memory), processes)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
            process.wait()
        shutil.rmtree(folder)


def start_upstream(arguments, binary, folder, memory, environment):
    command = [binary, "sandbox", "--quiet", "--job-seconds", "0"] if arguments.sandbox else [
        compiled("upstream", folder), "upstream"]
    return start(command, folder, memory, environment, r"127\.0\.0\.1:(\d+)")


def start_gateway(binary, folder, memory, environment, upstream):
    (folder / "bench.json").write_text(json.dumps(PACK))
    callers = folder / "callers.json"
    callers.write_text(json.dumps({
        "format": 1, "callers": [{"name": "bench", "accessKeyId": KEY, "secretAccessKey": SECRET}]}))
    callers.chmod(0o600)
    return start(
        [binary, "gateway", "--no-config", "--pack", "./bench.json", "--callers", "callers.json", "--port", "0",
         "--endpoint-url", f"http://127.0.0.1:{upstream}", "--journal", "s/journal.sqlite",
         "--decision-log", "s/decisions.jsonl"],
        folder, memory,
        {**environment, "AWS_ACCESS_KEY_ID": UPSTREAM["key"], "AWS_SECRET_ACCESS_KEY": UPSTREAM["secret"],
         "AWS_REGION": "eu-west-1"}, r'"port":"(\d+)"')


def run(arguments, binary, folder, memory, processes):
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    upstream, upstream_port = start_upstream(arguments, binary, folder, memory, environment)
    processes.append(upstream)
    gateway, port = start_gateway(binary, folder, memory, environment, upstream_port)
    processes.append(gateway)
    program = compiled("load", folder)
    direct, gate = (Load(arguments, memory, program, each) for each in (upstream_port, port))
    print(f"{'':<44} {'calls/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8} {'CPU us':>8} {'peak MB':>8}")
    clients = f"{arguments.connections} connections"
    disk, timer = compiled("disk", folder), compiled("timer", folder)
    # Before the disk is given all that it can take: some of them are slower for minutes after that.
    for rate in arguments.rates:
        compare(arguments, rate, direct, gate, gateway, [[disk, str(folder)], [timer]])
    direct.sign(2000, **UPSTREAM)
    row(f"upstream alone, {clients}", direct.run())
    gate.sign(2000, denied=True)
    since = cpu(gateway)
    row(f"denied, {clients}", gate.run(), gateway, since)
    forward(arguments, gate, gateway, clients)
    if arguments.requests:
        fill(arguments, gate, gateway)
    verify(binary, folder)


def forward(arguments, gate, gateway, clients):
    """Every call is a copy of its own, so that none is told to be known already."""
    count = int(arguments.seconds * 6000)
    gate.sign(count)
    since = cpu(gateway)
    result = gate.run(requests=count)
    row(f"forwarded, {clients}", result, gateway, since, f"{result['answered'] - result['2xx']} failed")


def compare(arguments, rate, direct, gate, gateway, machine):
    """What the gateway adds to a call at a rate that does not depend on how it answers, and how the machine is: its disk, and
    how late it wakes a thread."""
    calls = int(rate * ACTIVE)
    count = calls * int(arguments.seconds)
    direct.sign(count, **UPSTREAM)
    gate.sign(count)
    since, before = cpu(gateway), waits(gate.port)
    limit = arguments.seconds * 6 + 10
    outputs = in_turns([
        direct.command(rate, count, limit), gate.command(rate, count, limit),
        *([*program, str(rate), str(count)] for program in machine)])
    alone, through = answered(outputs[0]), answered(outputs[1])
    row(f"upstream alone, {rate} calls/s", figures(alone["latencies"], rate))
    failed = f"{through['answered'] - through['2xx']} failed"
    row(f"through the gateway, {rate} calls/s", figures(through["latencies"], rate), gateway, since, failed)
    disk, timer = (json.loads(output)["latencies"] for output in outputs[2:])
    row(f"the disk alone, {rate} calls/s", figures(disk, rate))
    row(f"a timer alone, {rate} wakes/s", figures(timer, rate))
    log, slow_log, journal, slow_journal = (after - then for after, then in zip(waits(gate.port), before))
    report(rate, calls, alone["latencies"], through["latencies"], disk, timer)
    print(f"  more than {GOAL:.0f} ms took {100 * slow_log / log:.2f} % of {log} fsyncs of its decision log, and "
          f"{100 * slow_journal / journal:.2f} % of {journal} transactions of its journal", flush=True)


def report(rate, calls, alone, through, disk, timer):
    """Latencies in ms, so many calls a second."""
    for name, measure in ((f"  added at {rate} calls/s", percentile),
                          ("  the same in the median second", lambda values, share: median_second(values, calls, share))):
        added = (measure(through, share) - measure(alone, share) for share in (0.5, 0.99))
        print(f"{name:<44} {'':>8} " + " ".join(f"{value:>8.2f}" for value in added), flush=True)
    shares = (100 * sum(value > GOAL for value in values) / len(values) for values in (alone, disk, through))
    print("  more than {:.0f} ms took {:.2f} % of calls to upstream alone, {:.2f} % on the disk alone, {:.2f} % through the "
          "gateway; p99 of the disk alone in the median second: {:.2f} ms".format(
              GOAL, *shares, median_second(disk, calls, 0.99)), flush=True)
    print(f"  a thread woke more than 1 ms late in {100 * sum(value > 1 for value in timer) / len(timer):.2f} % of cases",
          flush=True)


def median_second(values, calls, share):
    return statistics.median(percentile(values[at:at + calls], share) for at in range(0, len(values), calls))


def fill(arguments, gate, gateway):
    """Nine calls of ten are denied. Signatures are good for five minutes, so that every round is signed anew."""
    done = 0
    while done < arguments.requests:
        count = min(100_000, arguments.requests - done)
        gate.sign(2000, denied=True)
        denied = gate.run(requests=count * 9 // 10, seconds=280)
        gate.sign(count - count * 9 // 10)
        sent = gate.run(requests=count - count * 9 // 10, seconds=280)
        done += denied["answered"] + sent["answered"]
        print(f"after {done:>9} calls: {status(gateway, 'VmRSS'):.1f} MB, peak {status(gateway, 'VmHWM'):.1f} MB, "
              f"{denied['4xx']} denied, {sent['2xx']} forwarded", flush=True)


def verify(binary, folder):
    """The chain of the log is whole, over all its files."""
    result = subprocess.run(
        [binary, "log", "verify", str(folder / "s/decisions.jsonl")], check=False, capture_output=True, text=True)
    print(result.stdout.strip() or result.stderr.strip())
    if result.returncode:
        sys.exit("the decision log is not whole")


if __name__ == "__main__":
    main()
