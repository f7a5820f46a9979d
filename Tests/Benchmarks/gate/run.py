#!/usr/bin/env python3
"""How much a gateway adds to a call, and how many calls it judges: `copylint gateway` before `copylint sandbox`, under wrk.

Needs a release build and wrk. Everything is on loopback, with journal and decision log on the disk of --folder. Requests
are signed beforehand, so that signing costs the gateway alone; every one has a token of its own.
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
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
KEY, SECRET = "AKIDBENCHEXAMPLE", "bench/secret/EXAMPLE/0123456789ab"
SOURCE = "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456"
PACK = {
    "format": 1, "name": "bench", "version": "1", "rules": [
        {"id": "tags", "kind": "required-tags", "tags": {
            "Owner": {}, "CostCenter": {"pattern": "CC-[0-9]{4}"}, "Environment": {"values": ["dev", "staging", "prod"]}}},
        {"id": "name", "kind": "naming-pattern", "field": "targetModelName", "pattern": "fraud-[a-z0-9]+(-[a-z0-9]+)*"},
        {"id": "budget", "kind": "tag-count", "max": 10}],
}


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


def wrk(path, port, connections, seconds):
    """Requests a second, latencies in ms by percentile, and answers that are no success."""
    result = subprocess.run(
        ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--latency", "-s", str(HERE / "replay.lua"),
         f"http://127.0.0.1:{port}/model-copy-jobs"],
        env={**os.environ, "COPYLINT_REQUESTS": str(path)}, capture_output=True, text=True, check=True).stdout
    unit = {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}
    latency = {
        share: float(value) * unit[name]
        for share, value, name in re.findall(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)$", result, re.M)}
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", result)[1])
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", result)
    total = int(re.search(r"(\d+) requests in", result)[1])
    return {"rate": rate, "p50": latency["50"], "p99": latency["99"], "failed": int(failed[1]) if failed else 0,
            "total": total}


def start(command, folder, environment, ready):
    log = open(folder / f"{command[1]}.log", "w+")
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


def memory(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def row(name, result, extra=""):
    print(f"{name:<34} {result['rate']:>9.0f} {result['p50']:>9.2f} {result['p99']:>9.2f}  {extra}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copylint-bedrock", default=".build/release/copylint-bedrock")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--folder", help="where journal and log are; default a temporary folder here")
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not here: apt-get install wrk")
    binary = str(pathlib.Path(arguments.copylint_bedrock).resolve())
    folder = pathlib.Path(tempfile.mkdtemp(dir=arguments.folder or "."))
    processes = []
    try:
        run(arguments, binary, folder, processes)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
            process.wait()
        shutil.rmtree(folder)


def run(arguments, binary, folder, processes):
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    keys = {"key": "AKIDSANDBOXEXAMPLE", "secret": "sandbox-example-secret-not-for-aws"}
    sandbox, upstream = start(
        [binary, "sandbox", "--quiet", "--job-seconds", "0"], folder, environment, r"127\.0\.0\.1:(\d+)")
    processes.append(sandbox)
    (folder / "bench.json").write_text(json.dumps(PACK))
    callers = folder / "callers.json"
    callers.write_text(json.dumps({
        "format": 1, "callers": [{"name": "bench", "accessKeyId": KEY, "secretAccessKey": SECRET}]}))
    callers.chmod(0o600)
    gateway, port = start(
        [binary, "gateway", "--no-config", "--pack", "./bench.json", "--callers", "callers.json", "--port", "0",
         "--endpoint-url", f"http://127.0.0.1:{upstream}", "--journal", "s/journal.sqlite",
         "--decision-log", "s/decisions.jsonl"],
        folder,
        {**environment, "AWS_ACCESS_KEY_ID": keys["key"], "AWS_SECRET_ACCESS_KEY": keys["secret"],
         "AWS_REGION": "eu-west-1"}, r'"port":"(\d+)"')
    processes.append(gateway)
    print(f"{'':<34} {'calls/s':>9} {'p50 ms':>9} {'p99 ms':>9}")
    path = folder / "requests"
    write_requests(path, upstream, 2000, False, **keys)
    direct = wrk(path, upstream, arguments.connections, arguments.seconds)
    row(f"upstream alone, {arguments.connections} connections", direct)
    write_requests(path, port, 2000, True)
    denied = wrk(path, port, arguments.connections, arguments.seconds)
    row(f"denied, {arguments.connections} connections", denied, f"{memory(gateway):.0f} MB")
    count = 60000
    write_requests(path, port, count, False, first=10_000)
    forwarded = wrk(path, port, arguments.connections, min(arguments.seconds, 20))
    repeated = " (tokens repeat: raise the count)" if forwarded["total"] > count else ""
    row(f"forwarded, {arguments.connections} connections", forwarded,
        f"{memory(gateway):.0f} MB, {forwarded['failed']} failed{repeated}")
    print(f"added by the gateway: p50 {forwarded['p50'] - direct['p50']:.2f} ms, p99 {forwarded['p99'] - direct['p99']:.2f} ms")


if __name__ == "__main__":
    main()
