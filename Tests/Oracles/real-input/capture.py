#!/usr/bin/env python3
"""Captures what real clients write and send for CreateModelCopyJob, into captured/ and manifest.json.

Everything stays on the loopback interface: a stand-in for Bedrock listens on a port that the system
chooses, answers every call, and stops with this program. The credentials are made up.
"""

import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import platform
import shlex
import subprocess
import sys
import threading

import awscli
import boto3
import botocore
from botocore.config import Config
from botocore.exceptions import ParamValidationError

HERE = pathlib.Path(__file__).parent
REGION = "eu-west-1"
ACCESS_KEY = "AKIAEXAMPLEEXAMPLE00"
SECRET_KEY = "fake"
JOB = f"arn:aws:bedrock:{REGION}:111122223333:model-copy-job/abcdefghijkl"

MINIMAL = {
    "sourceModelArn": "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdefghijkl",
    "targetModelName": "fraud-v3",
}
FULL = {
    **MINIMAL,
    "modelKmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "targetModelTags": [
        {"key": "Owner", "value": "fraud team"},
        {"key": "CostCenter", "value": "CC-1234"},
        {"key": "Environment", "value": "prod"},
        {"key": "note", "value": "first line\nsecond line"},
        {"key": "empty", "value": ""},
    ],
    "clientRequestToken": "copy-fraud-v3-2026-11",
}
NON_ASCII = {
    **MINIMAL,
    "targetModelName": "fraude-\u00e9t\u00e9",
    "targetModelTags": [{"key": "\u212aey", "value": "\U0001f600"}],
}

REFUSED = {
    "missing": {"sourceModelArn": MINIMAL["sourceModelArn"]},
    "short": {**MINIMAL, "sourceModelArn": "arn:aws:bedrock"},
    "null": {**MINIMAL, "modelKmsKeyId": None},
    "map-of-tags": {**MINIMAL, "targetModelTags": {"Owner": "fraud"}},
    "pascal-tags": {**MINIMAL, "targetModelTags": [{"Key": "Owner", "Value": "fraud"}]},
    "unknown": {**MINIMAL, "jobName": "x"},
}


class StandIn(http.server.BaseHTTPRequestHandler):
    """Keeps each call as it came, and accepts it."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers.get("Content-Type")
        self.server.calls.append({"method": self.command, "path": self.path, "contentType": kind, "body": body})
        answer = json.dumps({"jobArn": JOB}).encode()
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def stand_in():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    server.calls = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Capture:
    def __init__(self, server):
        self.server = server
        self.endpoint = f"http://127.0.0.1:{server.server_port}"
        self.files = []
        self.refusals = []

    def save(self, name, content, command, **facts):
        (HERE / "captured" / name).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        self.files.append(
            {"file": f"captured/{name}", "command": command, **facts, "bytes": len(content), "sha256": digest}
        )

    def save_call(self, name, command, note=None):
        (call,) = self.server.calls
        self.server.calls.clear()
        facts = {key: call[key] for key in ("method", "path", "contentType")}
        self.save(name, call["body"], command, **facts, **({"note": note} if note else {}))

    def refuse(self, name, command, error):
        if self.server.calls:
            raise AssertionError(f"{name} was sent")
        self.refusals.append({"case": name, "command": command, "sent": False, "error": error})

    # -- the AWS CLI

    def aws(self, *arguments):
        environment = {
            "PATH": os.environ["PATH"],
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
            "NO_PROXY": "127.0.0.1",
            "LC_ALL": "C.UTF-8",
        }
        command = [sys.executable, "-m", "awscli", "bedrock", "create-model-copy-job", *arguments]
        # The folder is the working directory so that no command names a path of this machine.
        return subprocess.run(command, env=environment, cwd=HERE, capture_output=True, timeout=60, check=False)

    def shown(self, arguments):
        return shlex.join(["aws", "bedrock", "create-model-copy-job", *arguments]).replace(
            self.endpoint, "http://127.0.0.1:PORT"
        )

    def cli(self, name, arguments, note=None):
        arguments = [*arguments, "--endpoint-url", self.endpoint]
        result = self.aws(*arguments)
        if result.returncode != 0:
            raise AssertionError(f"{name}: {result.stderr.decode()}")
        self.save_call(name, self.shown(arguments), note)

    def cli_refused(self, name, arguments):
        arguments = [*arguments, "--endpoint-url", self.endpoint]
        result = self.aws(*arguments)
        if result.returncode == 0:
            raise AssertionError(f"{name} was accepted")
        self.refuse(name, self.shown(arguments), result.stderr.decode().strip())

    # -- boto3

    def client(self):
        return boto3.session.Session(ACCESS_KEY, SECRET_KEY, region_name=REGION).client(
            "bedrock", endpoint_url=self.endpoint, config=Config(retries={"total_max_attempts": 1}, proxies={})
        )

    def boto(self, name, request, note=None):
        self.client().create_model_copy_job(**request)
        self.save_call(name, boto_command(request), note)

    def boto_refused(self, name, request):
        try:
            self.client().create_model_copy_job(**request)
        except ParamValidationError as error:
            self.refuse(name, boto_command(request), str(error))
            return
        raise AssertionError(f"{name} was accepted")


def boto_command(request):
    return f"boto3.client('bedrock', endpoint_url='http://127.0.0.1:PORT').create_model_copy_job(**{request!a})"


def flags(request):
    """The request as the options that a person types."""
    options = {
        "sourceModelArn": "--source-model-arn",
        "targetModelName": "--target-model-name",
        "modelKmsKeyId": "--model-kms-key-id",
        "clientRequestToken": "--client-request-token",
    }
    arguments = []
    for member, value in request.items():
        if member == "targetModelTags":
            arguments += ["--target-model-tags", json.dumps(value, ensure_ascii=False)]
        else:
            arguments += [options[member], value]
    return arguments


def shorthand(request):
    tags = [f"key={tag['key']},value={tag['value']}" for tag in request["targetModelTags"]]
    rest = {member: value for member, value in request.items() if member != "targetModelTags"}
    return [*flags(rest), "--target-model-tags", *tags]


def fill(skeleton):
    """The skeleton as its user completes it: same members, order and indentation."""
    filled = {member: FULL[member] for member in skeleton}
    return json.dumps(filled, indent=4).encode() + b"\n"


def reference_example(capture):
    """The example of the AWS CLI reference, where the package has one."""
    name = "examples/bedrock/create-model-copy-job.rst"
    path = pathlib.Path(awscli.__file__).parent / name
    if not path.exists():
        return f"awscli {awscli.__version__} has no {name}: there is no example to capture"
    capture.save("cli-reference-example.rst", path.read_bytes(), f"awscli/{name}")
    return f"captured from awscli/{name}"


def run(capture):
    result = capture.aws("--generate-cli-skeleton")
    skeleton_file, filled_file = "cli-skeleton.json", "cli-skeleton-filled.json"
    capture.save(skeleton_file, result.stdout, capture.shown(["--generate-cli-skeleton"]), note="standard output")
    filled = fill(json.loads(result.stdout))
    made = "what a user makes of the skeleton, no output of a client"
    capture.save(filled_file, filled, f"capture.py fills {skeleton_file}", note=made)

    drawn = "the client draws clientRequestToken: it differs in each capture"
    sent = "sent: the client checks no pattern, so that refusing this is the service's or the gate's"
    capture.cli("cli-minimal.json", flags(MINIMAL), drawn)
    capture.cli("cli-full.json", flags(FULL))
    capture.cli("cli-full-shorthand.json", shorthand({**FULL, "targetModelTags": FULL["targetModelTags"][:3]}))
    capture.cli("cli-input-json.json", ["--cli-input-json", f"file://captured/{filled_file}"])
    capture.cli("cli-non-ascii.json", flags(NON_ASCII), f"{sent}; {drawn}")
    capture.cli("cli-no-tags.json", [*flags(MINIMAL), "--target-model-tags", "[]"], drawn)
    capture.cli_refused("cli-unfilled-skeleton", ["--cli-input-json", f"file://captured/{skeleton_file}"])
    for name, request in REFUSED.items():
        text = json.dumps(request)
        capture.cli_refused(f"cli-{name}", ["--cli-input-json", text])
    capture.boto("boto3-minimal.json", MINIMAL, drawn)
    capture.boto("boto3-full.json", FULL)
    capture.boto("boto3-non-ascii.json", NON_ASCII, f"{sent}; {drawn}")
    capture.boto("boto3-no-tags.json", {**MINIMAL, "targetModelTags": []}, drawn)
    for name, request in REFUSED.items():
        capture.boto_refused(f"boto3-{name}", request)


def main():
    (HERE / "captured").mkdir(exist_ok=True)
    with stand_in() as server:
        capture = Capture(server)
        run(capture)
        example = reference_example(capture)
    versions = {"awscli": awscli.__version__, "boto3": boto3.__version__, "botocore": botocore.__version__}
    manifest = {
        "versions": {**versions, "python": platform.python_version()},
        "cliReferenceExample": example,
        "captured": capture.files,
        "refused": capture.refusals,
    }
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
