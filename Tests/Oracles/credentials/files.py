#!/usr/bin/env python3
"""Writes `files.jsonl`: what botocore reads in shared files, where it reads them by the SDKs' rules. `--check` compares."""

import argparse
import json
import os
import pathlib
import sys
import tempfile

import botocore
import botocore.session
from botocore.exceptions import ConfigParseError

PATH = pathlib.Path(__file__).parent / "files.jsonl"

# Pairs of config and credentials file. Left out is where botocore's INI parser goes its own way: comments behind
# values, `:` for `=`, repeated sections and properties (its error), names with `=` or spaces, text after `]`.
PAIRS = [
    ("", ""),
    ("# nothing but a comment\n; and another\n\n   \n\t\n", "\n\n"),
    ("[default]\nregion = eu-west-1\n", ""),
    ("[default]\nregion=eu-west-1\noutput =json\n", "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = a\n"),
    ("[default]\r\nregion = eu-west-1\r\n[profile dev]\r\nregion = eu-west-2\r\n", ""),
    ("[default]\nregion = eu-west-1", ""),
    ("[profile dev]\nregion = eu-west-1\n", "[dev]\nregion = eu-west-2\nsource_profile = x\n"),
    ("[profile dev]\nregion = eu-west-1\noutput = json\n", "[prod]\nregion = eu-west-2\n"),
    ("[dev]\nregion = eu-west-1\n", ""),
    ("[profile\tdev]\nregion = eu-west-1\n", ""),
    ("[profile   dev]\nregion = eu-west-1\n", ""),
    ('[profile "dev team"]\nregion = eu-west-1\n', ""),
    ("[profile 'dev team']\nregion = eu-west-1\n", ""),
    ("[profile dev team]\nregion = eu-west-1\n", ""),
    ("[profile a-b.c_d@e+f/g:h%i]\nregion = eu-west-1\n", ""),
    ("[default]\nREGION = eu-west-1\nAws_Access_Key_Id = AKIDEXAMPLE\n", ""),
    ("[default]\nempty =\nother = 1\n", ""),
    ("[default]\nequals = a=b==c\n", ""),
    ("[default]\nhash = a#b\nsemicolon = a;b\n", ""),
    ("[default]\nspaces =   inner  spaces   \n", ""),
    ("[default]\nlong = a\n  b\n\tc\nnext = d\n", ""),
    ("[default]\nunicode = Zürich ✈\n", ""),
    ("[profile Zürich]\nregion = eu-central-2\n", ""),
    ("[default]\ns3 =\n  addressing_style = path\n  max_concurrent_requests = 20\nregion = eu-west-1\n", ""),
    ("[default]\ns3 =\n    addressing_style=path\n\tother = a = b\n", ""),
    ("[default]\ns3 =\n  empty =\n  other = 1\n", ""),
    ("[default]\ns3 =\n  # a comment\n  addressing_style = path\n  ; another\n", ""),
    ("[default]\nregion = eu-west-1\n  # a comment\n# another\noutput = json\n", ""),
    ("[default]\ns3 =\n  no equals sign\n", ""),
    ("[services dev]\nbedrock =\n  endpoint_url = http://localhost:1\nsts =\n  endpoint_url = http://localhost:2\n", ""),
    ("[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n", ""),
    ('[sso-session "corp one"]\nsso_region = eu-west-1\n[services "dev one"]\nsts =\n  endpoint_url = http://localhost:2\n', ""),
    ("[default]\na = 1\n[profile dev]\na = 2\n[profile prod]\n", "[default]\na = 3\n[prod]\na = 4\n[new]\na = 5\n"),
    ("[preview]\ncloudsearch = true\n[plugins]\ncli_legacy = x\n[default]\na = 1\n", ""),
    ("[sso-session]\na = 1\n[services]\na = 1\n[profile]\na = 1\n", ""),
    ("no section\n", ""),
    ("name = value\n", ""),
    ("  continued\n", ""),
    ("[default\na = 1\n", ""),
    ("[default]\nno equals\n", ""),
    ("[default]\n= no name\n", ""),
    ("", "name = value\n"),
    ("", "[default]\nno equals\n"),
    ("", "[a]\naws_access_key_id = 1\n[b]\naws_access_key_id = 2\n"),
]  # fmt: skip


def read(config, credentials):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("config", config), ("credentials", credentials)):
            (pathlib.Path(folder) / name).write_bytes(text.encode())
        os.environ["AWS_CONFIG_FILE"] = f"{folder}/config"
        os.environ["AWS_SHARED_CREDENTIALS_FILE"] = f"{folder}/credentials"
        try:
            loaded = botocore.session.Session().full_config
        except ConfigParseError:
            return {"error": True}
    return {
        "profiles": loaded["profiles"],
        "ssoSessions": loaded["sso_sessions"],
        "services": loaded["services"],
    }


def text():
    for config, credentials in PAIRS:
        line = {"config": config, "credentials": credentials} | read(config, credentials)
        yield json.dumps(line, sort_keys=True) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    fresh = "".join(text())
    print(f"{PATH.name}: {fresh.count(chr(10))} lines from botocore {botocore.__version__}")
    if not parser.parse_args().check:
        PATH.write_text(fresh)
    elif PATH.read_text() != fresh:
        print(f"{PATH.name} differs; files.py writes it anew", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
