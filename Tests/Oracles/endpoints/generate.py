#!/usr/bin/env python3
"""Writes `rules.jsonl` and `settings.jsonl`: where botocore finds services. `--check` fails if the committed ones differ."""

import argparse
import itertools
import json
import os
import pathlib
import sys
import tempfile

import botocore
import botocore.session
import settings
from botocore.config import Config
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import BotoCoreError
from botocore.loaders import Loader

FOLDER = pathlib.Path(__file__).parent
SERVICES = {"bedrock": "bedrock", "sts": "sts", "sso": "sso", "ssoOIDC": "sso-oidc"}
# Regions of no partition, and names that look like one's.
OTHER_REGIONS = [
    "us-east-9", "eu-north-77", "mars-east-1", "us-iso-north-4", "us-isob-x-1", "us-gov-central-1", "cn-east-1",
    "eusc-fr-east-1", "us-east", "useast1", "us--1", "us-east-1a", "US-EAST-1", "x",
]  # fmt: skip


def rules():
    loader = Loader()
    partitions = loader.load_data("partitions")
    regions = [region for partition in partitions["partitions"] for region in partition["regions"]] + OTHER_REGIONS
    for name, service in SERVICES.items():
        provider = EndpointProvider(loader.load_service_model(service, "endpoint-rule-set-1"), partitions)
        grid = list(itertools.product(regions, [False, True], [False, True], [None]))
        grid += itertools.product(["eu-west-1"], [False, True], [False, True], ["https://vpce.example.com:8443/base"])
        for region, fips, dual_stack, custom in grid:
            case = {"service": name, "region": region, "fips": fips, "dualStack": dual_stack, "customURL": custom}
            parameters = {"Region": region, "UseFIPS": fips, "UseDualStack": dual_stack, "Endpoint": custom}
            if service == "sts":
                parameters["UseGlobalEndpoint"] = False
            yield case | resolved(lambda p=provider, a=parameters: p.resolve_endpoint(**a).url)


def resolved(function):
    try:
        return {"url": function()}
    except (BotoCoreError, ValueError) as error:
        return {"error": type(error).__name__, "message": str(error)}


def settings_cases():
    for case in settings.CASES:
        with tempfile.TemporaryDirectory() as home:
            yield case | with_environment(case, home)


def with_environment(case, home):
    (pathlib.Path(home) / ".aws").mkdir()
    for name in ("config", "credentials"):
        (pathlib.Path(home) / ".aws" / name).write_text(case.get(name, ""))
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update({"HOME": home, "AWS_EC2_METADATA_DISABLED": "true", **case.get("environment", {})})
    try:
        return resolved(lambda: client_url(case))
    finally:
        os.environ.clear()
        os.environ.update(before)


def client_url(case):
    session = botocore.session.Session()
    client = session.create_client(
        SERVICES[case.get("service", "bedrock")], region_name=case.get("region"), endpoint_url=case.get("endpointURL"),
        aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="example", config=Config(retries={"total_max_attempts": 1}),
    )  # fmt: skip
    return sent_url(client)


def sent_url(client):
    """The URL of a request: the endpoint is decided for each."""
    seen = []

    def stop(request, **_):
        seen.append(request.url)
        raise StopSending

    client.meta.events.register("before-send", stop)
    operation = {
        "bedrock": lambda: client.list_model_copy_jobs(),
        "sts": lambda: client.get_caller_identity(),
        "sso": lambda: client.get_role_credentials(roleName="r", accountId="a", accessToken="t"),
        "sso-oidc": lambda: client.create_token(clientId="i", clientSecret="s", grantType="g"),
    }[client.meta.service_model.service_name]
    try:
        operation()
    except StopSending:
        pass
    url = seen[0].partition("?")[0]
    for path in ("/model-copy-jobs", "/federation/credentials", "/token"):
        url = url.removesuffix(path)
    return url.removesuffix("/")


class StopSending(Exception):
    pass


def text(cases):
    return "".join(json.dumps(case, sort_keys=True) + "\n" for case in cases)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for name, cases in {"rules.jsonl": rules(), "settings.jsonl": settings_cases()}.items():
        fresh = text(cases)
        path = FOLDER / name
        if not check:
            path.write_text(fresh)
        elif path.read_text() != fresh:
            stale.append(name)
        print(f"{name}: {fresh.count(chr(10))} lines from botocore {botocore.__version__}")
    if stale:
        print(f"{', '.join(stale)} differ; generate.py writes them anew", file=sys.stderr)
    return len(stale)


if __name__ == "__main__":
    sys.exit(main())
