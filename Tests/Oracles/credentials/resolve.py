#!/usr/bin/env python3
"""Resolves credentials with botocore for one scenario (JSON on standard input), with its answers for a network."""

import io
import json
import pathlib
import re
import sys
import time
import urllib.parse

import botocore.credentials
import botocore.httpsession
import botocore.session
import botocore.utils
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectTimeoutError

SHOWN_HEADERS = ["x-aws-ec2-metadata-token", "x-aws-ec2-metadata-token-ttl-seconds", "x-amz-sso_bearer_token"]


class Raw(io.BytesIO):
    def stream(self, **_):
        yield self.read()


class Network:
    def __init__(self, answers):
        self.answers = list(answers)
        self.requests = []

    def send(self, _session, request):
        self.requests.append(shown(request))
        if not self.answers:
            raise ConnectTimeoutError(endpoint_url=request.url)
        answer = self.answers.pop(0)
        body = answer["body"] if isinstance(answer["body"], str) else json.dumps(answer["body"])
        return AWSResponse(request.url, answer.get("status", 200), answer.get("headers", {}), Raw(body.encode()))


def shown(request):
    headers = {name.lower(): value for name, value in request.headers.items()}
    text = {name: value.decode() if isinstance(value, bytes) else value for name, value in headers.items()}
    line = {"method": request.method, "url": request.url}
    line["headers"] = {name: text[name] for name in SHOWN_HEADERS if name in text}
    signed = re.match(r"AWS4-HMAC-SHA256 Credential=([^,]*?)/\d{8}/([^,]*)/aws4_request", text.get("authorization", ""))
    if signed:
        line["signedBy"] = signed[1]
        line["scope"] = signed[2]
        line["token"] = text.get("x-amz-security-token")
    elif "authorization" in text:
        line["headers"]["authorization"] = text["authorization"]
    if request.body:
        body = request.body.decode() if isinstance(request.body, bytes) else request.body
        if text.get("content-type") == "application/json":
            line["json"] = json.loads(body)
            return line
        line["form"] = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
    return line


def tokens():
    """The cached tokens of sessions, without when they end."""
    cache = pathlib.Path.home() / ".aws/sso/cache"
    texts = {path.name: path.read_text() for path in cache.glob("*.json")}
    return {name: json.loads(text) | {"expiresAt": None} for name, text in texts.items()}


def resolve(scenario):
    session = botocore.session.Session(profile=scenario.get("profile"))
    credentials = session.get_credentials()
    if credentials is None:
        return {"error": "NoCredentialsError"}
    frozen = credentials.get_frozen_credentials()
    expiration = getattr(credentials, "_expiry_time", None)
    return {
        "credentials": {
            "accessKeyID": frozen.access_key,
            "secretAccessKey": frozen.secret_key,
            "sessionToken": frozen.token,
            "accountID": frozen.account_id,
            "expiration": expiration and int(expiration.timestamp()),
        },
        "source": credentials.method,
    }


def main():
    scenario = json.load(sys.stdin)
    network = Network(scenario.get("answers", []))
    botocore.httpsession.URLLib3Session.send = lambda session, request: network.send(session, request)
    time.sleep = lambda _: None
    before = tokens()
    try:
        result = resolve(scenario)
    except Exception as error:  # whatever botocore raises is its answer
        result = {"error": type(error).__name__}
    if "credentials" in result:
        result["requests"] = network.requests
    renewed = [token for name, token in tokens().items() if token != before.get(name)]
    if renewed:
        result["renewed"] = renewed
    print(json.dumps({"result": result}))


if __name__ == "__main__":
    main()
