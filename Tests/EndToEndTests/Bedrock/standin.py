"""Stands in for Bedrock, and believes no signature that botocore would not make:
python3 standin.py FOLDER [DELAY [STATUSES]]

Listens on loopback, on a port that it prints; keeps the body of every CreateModelCopyJob as FOLDER/N.body; a create
waits DELAY seconds for its answer. The first creates fail with STATUSES, such as 500,429, one each. One token is one
job. There are five custom models, of which as many are listed as are asked for. It ends with its standard input.
"""

import hashlib
import http.server
import json
import os
import pathlib
import sys
import threading
import time
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY, SECRET = "AKIDSTANDINEXAMPLE", "standin/secret/EXAMPLE"
FOLDER = pathlib.Path(sys.argv[1])
DELAY = float(sys.argv[2]) if len(sys.argv) > 2 else 0
FAILURES = [int(status) for status in sys.argv[3].split(",")] if len(sys.argv) > 3 else []
ERRORS = {429: "ThrottlingException", 500: "InternalServerException", 503: "ServiceUnavailableException"}
LOCK = threading.Lock()
JOBS = {}
COUNT = 0


def is_signed(handler, body):
    """Whether botocore, given the same request, key and date, makes the same signature."""
    authorization = handler.headers.get("Authorization", "")
    if f"Credential={KEY}/" not in authorization or "x-amz-content-sha256" in handler.headers:
        return False
    scope = authorization.split("Credential=")[1].split(",")[0].split("/")
    names = authorization.split("SignedHeaders=")[1].split(",")[0].split(";")
    url = f"http://{handler.headers['Host']}{handler.path}"
    request = AWSRequest(handler.command, url, data=body)
    for name in names:
        if name not in ("host",):
            request.headers[name] = handler.headers[name]
    signer = SigV4Auth(Credentials(KEY, SECRET), scope[3], scope[2])
    request.context["timestamp"] = handler.headers["X-Amz-Date"]
    expected = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    return authorization.endswith(f"Signature={expected}")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, members, error=None):
        body = json.dumps(members).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        if error:
            self.send_header("x-amzn-errortype", error)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if not is_signed(self, b""):
            return self.answer(403, {"message": "not signed"}, "InvalidSignatureException")
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        start, count = int(query.get("nextToken", 0)), int(query.get("maxResults", 0))
        models = [self.model(number) for number in range(start, min(start + count, 5))]
        more = {"nextToken": str(start + count)} if 0 < count and start + count < 5 else {}
        self.answer(200, {"modelSummaries": models, "modelCopyJobSummaries": [], **more})

    @staticmethod
    def model(number):
        base = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-lite-v1:0:4k"
        arn = f"arn:aws:bedrock:eu-west-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef12345{number}"
        return {"modelArn": arn, "modelName": f"model-{number}", "creationTime": "2026-11-18T00:00:00Z",
                "baseModelArn": base, "baseModelName": "titan"}

    def do_POST(self):
        global COUNT
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with LOCK:
            COUNT += 1
            number = COUNT
        draft = FOLDER / f"{number}.draft"
        draft.write_bytes(body)
        draft.rename(FOLDER / f"{number}.body")
        if not is_signed(self, body):
            return self.answer(403, {"message": "not signed"}, "InvalidSignatureException")
        if number <= len(FAILURES):
            status = FAILURES[number - 1]
            return self.answer(status, {"message": "not now"}, ERRORS[status])
        token = json.loads(body)["clientRequestToken"]
        with LOCK:
            job = JOBS.setdefault(token, hashlib.sha256(token.encode()).hexdigest()[:12])
        time.sleep(DELAY)
        self.answer(201, {"jobArn": f"arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/{job}"})

    def log_message(self, *arguments):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    os._exit(0)


main()
