#!/usr/bin/env python3
"""`generate.py` writes signatures.jsonl: requests, and what botocore's SigV4Auth makes of each, stage by stage.

`generate.py --check` fails if the committed file is not what it would write. Credentials are made up.
"""

import argparse
import datetime
import json
import pathlib
import random
import sys
import urllib.parse
from unittest import mock

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

COUNT = 800
FILE = pathlib.Path(__file__).parent / "signatures.jsonl"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

HOSTS = [
    "bedrock.us-east-1.amazonaws.com", "bedrock-fips.us-gov-west-1.amazonaws.com", "BEDROCK.eu-west-1.amazonaws.com",
    "localhost", "127.0.0.1", "[::1]", "[2001:DB8::17]", "[fd00:ec2::254]", "a_b.example", "xn--bcher-kva.example",
]
SEGMENTS = [
    "model-copy-jobs", "a b", "arn%3Aaws%3Abedrock%3Aus-east-1%3A111122223333%3Amodel-copy-job%2Fabcdefghijkl", "%",
    "%2f", "%2F%2f", "..", ".", "...", "", "é", "e\u0301", "\u1234", "\U0001f600", "a+b", "a=b", "a&b", "~-._", "*",
    "'()!", "a:b@c", "a;b,c", "$", "%25", "%zz", "[x]", "\\", "\"<>", "^`{|}", "%E1%88%B4",
]
VALUES = [
    "", "a", "A", "a b", "a+b", "a%b", "/", "?", "=", "&", "é", "e\u0301", "\u212a", "\U0001f600", "a/b:c@d", "~-._", "*",
    "2026-11-24T08:00:00Z", "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-v1:0:8k", "'", "\"", "\x7f",
]
RAW_QUERIES = [
    "", "a", "a=", "=a", "&", "a&&b", "b=2&a=1", "a=2&a=1", "a=1&a=1", "a=b=c", "A=1&a=1", "a%20=b%20", "a=+&b=%2B",
    "a-b=1&a.b=2&a=3&a_b=4&a~=5", "a=/x?y:z@", "%E1%88%B4=bar", "a=%e1", "Action=ListUsers&Version=2010-05-08", "a1=1&a=1",
    "a=1%26b=2", "x=!*'();:@$,/[]",
]
NAMES = [
    "Content-Type", "content-length", "X-Amz-Target", "x-amz-meta", "My-Header1", "ZZ", "a", "X-Amzn-Trace-Id",
    "User-Agent", "Expect", "Connection", "TE", "Upgrade", "amz-sdk-invocation-id", "Amz-Sdk-Request", "Accept", "x_y",
]
HEADER_VALUES = [
    "application/json", "", " ", "a", " a  b   c ", "\ta\t\tb\t", "\"a  b\"", "a,b", "é", "a:b", "attempt=1; max=3", "ö  ö",
]
BODIES = ["", "{}", "{\"sourceModelArn\":\"é\"}", "Param1=value1", "\n", "\x00\x01", "x" * 200]
TOKENS = [None, None, "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqw+Aem==", "short"]
REGIONS = ["us-east-1", "eu-west-1", "us-gov-west-1", "cn-north-1"]


def path(rng):
    if rng.random() < 0.05:
        return ""
    text = "/" + "/".join(rng.choice(SEGMENTS) for _ in range(rng.randint(0, 5)))
    return text + rng.choice(["", "", "/"])


def query(rng):
    """A query as it travels, and the names and values that botocore is to encode, or None where it takes it raw."""
    kind = rng.random()
    if kind < 0.3:
        return "", None
    if kind < 0.6:
        return rng.choice(RAW_QUERIES), None
    params = [(rng.choice(VALUES), rng.choice(VALUES)) for _ in range(rng.randint(1, 5))]
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in params), params


def quote(text):
    return urllib.parse.quote(text, safe="-_.~")


def headers(rng):
    chosen = [(rng.choice(NAMES), rng.choice(HEADER_VALUES)) for _ in range(rng.randint(0, 6))]
    if rng.random() < 0.1:
        chosen.append(("Host", "other.example:8443"))
    if rng.random() < 0.1:
        chosen.append(("X-Amz-Content-SHA256", rng.choice(["UNSIGNED-PAYLOAD", "0" * 64])))
    return chosen


def case(rng):
    scheme = rng.choice(["https", "https", "http"])
    date = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=rng.randrange(50 * 365 * 86400))
    text, params = query(rng)
    return {
        "method": rng.choice(["GET", "POST", "PUT", "DELETE", "HEAD"]), "scheme": scheme, "host": rng.choice(HOSTS),
        "port": rng.choice([None, None, 80, 443, 8080]), "path": path(rng), "query": text, "params": params,
        "headers": headers(rng), "body": rng.choice(BODIES), "token": rng.choice(TOKENS), "region": rng.choice(REGIONS),
        "service": rng.choice(["bedrock", "sts"]), "date": date.strftime("%Y%m%dT%H%M%SZ"),
    }


def request(fields):
    port = "" if fields["port"] is None else f":{fields['port']}"
    address = f"{fields['scheme']}://{fields['host']}{port}{fields['path']}"
    if fields["query"] and fields["params"] is None:
        address += "?" + fields["query"]
    made = AWSRequest(method=fields["method"], url=address, data=fields["body"].encode(), params=fields["params"] or {})
    for name, value in fields["headers"]:
        made.headers.add_header(name, value)
    return made


def signed(fields):
    """The case with botocore's canonical request, string to sign and Authorization header."""
    auth = SigV4Auth(Credentials("AKIDEXAMPLE", SECRET, fields["token"]), fields["service"], fields["region"])
    now = datetime.datetime.strptime(fields["date"], "%Y%m%dT%H%M%SZ")
    made = request(fields)
    stages = {}

    def string_to_sign(signed_request, canonical):
        stages["canonicalRequest"] = canonical
        stages["stringToSign"] = SigV4Auth.string_to_sign(auth, signed_request, canonical)
        return stages["stringToSign"]

    clock = mock.patch("botocore.auth.get_current_datetime", return_value=now)
    with clock, mock.patch.object(auth, "string_to_sign", string_to_sign):
        auth.add_auth(made)
    kept = {name: value for name, value in fields.items() if name != "params"}
    return {**kept, **stages, "authorization": made.headers["Authorization"]}


def corpus():
    rng = random.Random(20261124)
    return "".join(json.dumps(signed(case(rng))) + "\n" for _ in range(COUNT))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        if FILE.read_text() != corpus():
            sys.exit(f"{FILE.name} is stale: run generate.py")
        return
    FILE.write_text(corpus())


if __name__ == "__main__":
    main()
