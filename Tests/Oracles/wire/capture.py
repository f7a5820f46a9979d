#!/usr/bin/env python3
"""Captures, to the byte, what real clients send to Bedrock's control plane, into captured/*.http and manifest.json.

A recorder on the loopback interface stands in for Bedrock, on a port that the system chooses; it stops with this
program. The credentials are made up. The signatures hold for five minutes about the dates that the manifest notes.
"""

import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import threading

import boto3
from botocore.config import Config

HERE = pathlib.Path(__file__).parent
KEY, SECRET, TOKEN = "AKIDWIREEXAMPLE", "wire/secret/EXAMPLE", "wire-session-token-example"
JOB = "arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/abcdefghijkl"
MINIMAL = {
    "sourceModelArn": "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdefghijkl",
    "targetModelName": "fraud-v3",
}
FULL = {
    **MINIMAL,
    "modelKmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "targetModelTags": [{"key": "Owner", "value": "fraud team"}, {"key": "note", "value": "first line\nsecond line"}],
    "clientRequestToken": "copy-fraud-v3-2026-11",
}


class Recorder(threading.Thread):
    """Keeps the bytes of every request, and answers each."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.requests = []
        self.start()

    def run(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                self.serve(connection)

    def serve(self, connection):
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        length = int((re.search(rb"(?i)content-length: (\d+)", head) or [b"", b"0"])[1])
        while len(body) < length:
            body += connection.recv(65536)
        self.requests.append(head + b"\r\n\r\n" + body)
        is_create = head.startswith(b"POST /model-copy-jobs ")
        answer = json.dumps({"jobArn": JOB} if is_create else {}).encode()
        status = b"201 Created" if is_create else b"200 OK"
        connection.sendall(
            b"HTTP/1.1 " + status + b"\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: "
            + str(len(answer)).encode() + b"\r\n\r\n" + answer)


def environment(url, **more):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **kept, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ENDPOINT_URL_BEDROCK": url, "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": "", **more,
    }


def boto(url, region="eu-west-1", token=None, **config):
    return boto3.client(
        "bedrock", region_name=region, endpoint_url=url, aws_access_key_id=KEY, aws_secret_access_key=SECRET,
        aws_session_token=token, config=Config(**config))


def cli(url, *arguments, **more):
    subprocess.run(["aws", "bedrock", *arguments], env=environment(url, **more), check=True, capture_output=True)


def cli_input(url):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(FULL, file)
        file.flush()
        cli(url, "create-model-copy-job", "--cli-input-json", f"file://{file.name}")


MINIMAL_ARGUMENTS = [
    "create-model-copy-job", "--source-model-arn", MINIMAL["sourceModelArn"], "--target-model-name", "fraud-v3"]

CALLS = {
    "boto3-create-minimal": lambda url: boto(url).create_model_copy_job(**MINIMAL),
    "boto3-create-full": lambda url: boto(url).create_model_copy_job(**FULL),
    "boto3-create-standard-retries": lambda url: boto(url, retries={"mode": "standard"}).create_model_copy_job(**FULL),
    "boto3-create-adaptive-retries": lambda url: boto(url, retries={"mode": "adaptive"}).create_model_copy_job(**FULL),
    "boto3-create-session-token": lambda url: boto(url, token=TOKEN).create_model_copy_job(**FULL),
    "boto3-create-gov": lambda url: boto(url, region="us-gov-west-1").create_model_copy_job(**FULL),
    "boto3-create-compression": lambda url: boto(
        url, request_min_compression_size_bytes=1).create_model_copy_job(**FULL),
    "boto3-create-user-agent": lambda url: boto(url, user_agent_extra="notebook/1").create_model_copy_job(**FULL),
    "boto3-get": lambda url: boto(url).get_model_copy_job(jobArn=JOB),
    "boto3-list": lambda url: boto(url).list_model_copy_jobs(maxResults=5, targetModelNameContains="a b&c"),
    "boto3-list-custom-models": lambda url: boto(url).list_custom_models(),
    "cli-create-minimal": lambda url: cli(url, *MINIMAL_ARGUMENTS),
    "cli-create-shorthand": lambda url: cli(
        url, *MINIMAL_ARGUMENTS, "--target-model-tags", "key=Owner,value=fraud", "key=CostCenter,value=CC-1234"),
    "cli-create-input-json": cli_input,
    "cli-list": lambda url: cli(url, "list-model-copy-jobs", "--status-equals", "Completed", "--no-paginate"),
}


def main():
    os.environ.update({"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull})
    manifest = {"accessKeyId": KEY, "secretAccessKey": SECRET, "sessionToken": TOKEN, "requests": []}
    for name, call in CALLS.items():
        recorder = Recorder()
        call(recorder.url)
        recorder.listener.close()
        (request,) = recorder.requests
        # The version of the machine's kernel is nobody's business, and no part of the signature.
        request = re.sub(rb"os/linux#\S+", b"os/linux#6.1", request)
        (HERE / "captured" / f"{name}.http").write_bytes(request)
        date = re.search(rb"(?i)x-amz-date: (\S+)", request)[1].decode()
        manifest["requests"].append({"name": name, "date": date})
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


if __name__ == "__main__":
    main()
