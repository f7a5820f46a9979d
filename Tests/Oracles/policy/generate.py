#!/usr/bin/env python3
"""Streams requests, and what policy.py expects of each, to two files of as many lines. See ../README.md."""

import argparse
import json
import pathlib
import random
import sys

from policy import Policy

LISTED = ["111122223333", "222233334444", "333344445555", "444455556666", "555566667777"]
OTHERS = ["999988887777", "000000000000", "111122223334", "011112222333", "666677778888"]
ID = "1234abcd-12ab-34cd-56ef-0000567890ab"
HEX = "0123456789abcdef"

# (target Region, key ARN that the pack allows there); HEX36 and MRK become a drawn id.
CLEAN_KEYS = [
    ("eu-west-1", "arn:aws:kms:eu-west-1:111122223333:key/HEX36"),
    ("eu-west-1", "arn:aws:kms:eu-west-1:111122223333:key/MRK"),
    ("eu-central-1", "arn:aws:kms:eu-central-1:111122223333:key/HEX36"),
    ("eu-north-1", "arn:aws:kms:eu-north-1:222233334444:key/MRK"),
    ("eu-west-2", "arn:aws:kms:eu-west-2:222233334444:key/HEX36"),
    ("us-east-1", "arn:aws:kms:us-east-1:333344445555:key/HEX36"),
    ("us-gov-west-1", "arn:aws:kms:us-gov-west-1:333344445555:key/HEX36"),
    ("ap-south-1", "arn:aws:kms:ap-south-1:444455556666:key/" + ID),
    ("ap-northeast-1", "arn:aws:kms:ap-northeast-1:444455556666:key/abcdef01-0000-0000-0000-0000aaaabbbb"),
    ("ap-southeast-2", "arn:aws:kms:ap-southeast-2:555566667777:key/HEX36"),
    ("us-gov-west-1", "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/HEX36"),
    ("cn-north-1", "arn:aws-cn:kms:cn-north-1:111122223333:key/HEX36"),
    ("eu-south-1", "arn:aws-x:kms:eu-south-1:666677778888:key/HEX36"),
    ("eu-south-2", "arn:aws:kms:eu-south-2:666677778888:key/HEX36"),
    ("eu-south-2", "arn:aws-x\ny/\u00e9:kms:eu-south-2:666677778888:key/HEX36"),
    ("eu-west-1", "arn:aws:kms:eu-west-1:777788889999:key/00000000-0000-0000-0000-000000000001"),
    ("eu-west-2", "arn:aws:kms:eu-west-2:777788889999:key/00000000-0000-0000-0000-000000000002"),
    ("eu-west-3", "arn:aws:kms:eu-west-3:777788889999:key/00000000-0000-0000-0000-00000000000f"),
    ("ca-central-1", "arn:aws:kms:ca-central-1:777700009999:key/HEX36"),
    ("sa-east-1", "arn:aws:kms:sa-east-1:012345678901:key/MRK"),
    ("me-south-1", "arn:aws:kms:me-south-1:888899990000:key/00a00000-00b0-0000-0000-c00000000000"),
    ("us-west-2", "arn:aws:kms:us-west-2:888899990000:key/HEX36"),
    ("af-south-1", "arn:aws:kms:af-south-1:888899990000:key/HEX36"),
]
# What the API takes and the list does not, by one step beside an entry; policy.py decides, not this list.
NEAR_KEYS = [
    "arn:aws:kms:eu-west-1:111122223334:key/HEX36",
    "arn:aws:kms:EU-WEST-1:111122223333:key/HEX36",
    "arn:aws:kms:eu-west-11:222233334444:key/HEX36",
    "arn:aws:kms:eu-north-1:222233334444:key/HEX36",
    "arn:aws:kms:ap-northeast-1:444455556666:key/abcdef01-0000-0000-0000-0001aaaabbbb",
    "arn:aws:kms:ap-northeast-2:444455556666:key/abcdef01-0000-0000-0000-0000aaaabbbb",
    "arn:aws:kms:ap-southeast-2:555577778888:key/HEX36",
    "arn:aws-x:kms:eu-west-1:111122223333:key/HEX36",
    "arn:aws-\u00e9:kms:eu-south-1:666677778888:key/HEX36",
    "arn:aws:kms:eu-south-1:666677778888:key/HEX36",
    "arn:aws:kms:eu-west-1:777788889999:key/00000000-0000-0000-0000-000000000002",
    "arn:aws:kms:eu-west-3:777788889999:key/00000000-0000-0000-0000-000000000010",
    "arn:aws:kms:sa-east-1:012345678901:key/HEX36",
    "arn:aws:kms:me-south-1:888899990000:key/00000000-00c0-00b0-0000-a00000000000",
    "arn:aws:kms:us-west-2:888899990001:key/HEX36",
    "arn:aws:kms:af-south-1:888899990000:alias/fin",
    "arn:aws:kms:eu-west-1:111122223333:alias/fin/key/x",
    "alias/fin",
    "alias/key/fin",
    "HEX36",
    ID,
]
COST_CENTERS = ["CC-123", "CC-12345", "cc-1234", "CC-1234\n", " CC-1234", "CC-12a4", "CC_1234", "", "CC-1234 CC-1234"]
ENVIRONMENTS = ["Prod", "PROD", "prod ", "staging\n", "\vdev", "", "test", "dev/prod", "pro"]
OWNERS = ["fraud", "risk team", "a@acme.example", "", "line\nline", "::", "\v", "x" * 256]
NAMES = [
    "fin-A",
    "Fin-a",
    "fin",
    "fin-",
    "fin-a-",
    "fin_a",
    "fin-a_b",
    "xfin-a",
    "a",
    "FIN-A",
    "fin-a-B",
    "0",
    "x" * 63,
]
REGIONS = ["eu-west-1", "us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1"]
NOTES = ["Note", "project", "a:b/c", "x y", "Owner ", "CostCenter2", "Environments", "tab\t", "A+@=", "own er", "K"]


class Draw:
    """Draws that stay the same in every Python: only `random()` is guaranteed to."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, limit):
        return int(self.random() * limit)

    def one(self, choices):
        return choices[int(self.random() * len(choices))]

    def chance(self, share):
        return self.random() < share

    def shuffle(self, items):
        for index in range(len(items) - 1, 0, -1):
            other = self.below(index + 1)
            items[index], items[other] = items[other], items[index]

    def text(self, alphabet, length):
        return "".join(self.one(alphabet) for _ in range(length))


def key_arn(draw, template):
    if template.endswith("HEX36"):
        return template[:-5] + draw.text(HEX, 8) + "-12ab-34cd-56ef-" + draw.text(HEX, 12)
    if template.endswith("MRK"):
        return template[:-3] + "mrk-" + draw.text(HEX, 4) + "0" * 28
    return template


def source(draw, account):
    partition = draw.one(["aws", "aws", "aws-us-gov", "aws-cn"])
    name = draw.one(["imported", "amazon.titan-v1", "amazon.titan-v1:0:4k", "meta.llama3-8b:0"])
    return f"arn:{partition}:bedrock:{draw.one(REGIONS)}:{account}:custom-model/{name}/{draw.text(HEX, 4)}abcdefgh"


def foundation(draw):
    model = draw.one(["amazon.titan-v1", "x.y:0", "a.b.c.d:0:4k"])
    return f"arn:aws:bedrock:{draw.one(REGIONS)}::foundation-model/{model}"


def model_name(draw):
    words = [draw.text("abcxyz0189", 1 + draw.below(8)) for _ in range(1 + draw.below(4))]
    return "fin-" + "-".join(words)


def clean(draw):
    """An envelope that the policy takes."""
    region, template = draw.one(CLEAN_KEYS)
    tags = [
        {"key": "Owner", "value": draw.one(OWNERS)},
        {"key": "CostCenter", "value": "CC-" + draw.text("0123456789", 4)},
        {"key": "Environment", "value": draw.one(["dev", "staging", "prod"])},
    ]
    # A key beside the required one that differs in case alone is another key to the API, and no fault.
    tags += [{"key": "OWNER", "value": "x"}] if draw.chance(0.05) else []
    pad(draw, tags, draw.one([3, 3, 4, 5, 8, 10]))
    draw.shuffle(tags)
    request = {
        "sourceModelArn": source(draw, draw.one(LISTED)),
        "targetModelName": model_name(draw),
        "modelKmsKeyId": key_arn(draw, template),
        "targetModelTags": tags,
    }
    if draw.chance(0.3):
        request["clientRequestToken"] = "copy-" + draw.text(HEX, 8)
    return {"target": {"region": region, "account": draw.one(LISTED)}, "request": request}


def pad(draw, tags, count):
    """Adds keys that the policy does not know until there are `count`."""
    number = len(tags)
    taken = {each["key"] for each in tags}
    while len(tags) < count:
        key = f"{draw.one(NOTES)}{number}"
        number += 1
        if key not in taken:
            taken.add(key)
            tags.append({"key": key, "value": draw.one(OWNERS[:6])})


# -- what can be wrong ------------------------------------------------------------------------------------------
# Each takes (draw, envelope, request); a later one may find its tag gone, and then does nothing.


def tag(request, key):
    return next((each for each in request.get("targetModelTags", []) if each["key"] == key), None)


def lose_tag(draw, _, request):
    held = tag(request, draw.one(["Owner", "CostCenter", "Environment"]))
    if held:
        request["targetModelTags"].remove(held)


def recase_tag(draw, _, request):
    held = tag(request, draw.one(["Owner", "CostCenter", "Environment"]))
    if not held:
        return
    spelling = draw.one([str.lower, str.upper, str.swapcase])(held["key"])
    # Two other spellings would leave open which of them the finding points at.
    if all(each is held or each["key"].lower() != spelling.lower() for each in request["targetModelTags"]):
        held["key"] = spelling


def lose_tags(draw, _, request):
    if draw.chance(0.5):
        request.pop("targetModelTags", None)
    else:
        request["targetModelTags"] = []


def bad_cost_center(draw, _, request):
    held = tag(request, "CostCenter")
    if held:
        held["value"] = draw.one(COST_CENTERS)


def bad_environment(draw, _, request):
    held = tag(request, "Environment")
    if held:
        held["value"] = draw.one(ENVIRONMENTS)


def lose_key(_, __, request):
    request.pop("modelKmsKeyId", None)


def near_key(draw, envelope, request):
    request["modelKmsKeyId"] = key_arn(draw, draw.one(NEAR_KEYS))
    parts = request["modelKmsKeyId"].split(":")
    if len(parts) == 6 and draw.chance(0.5):
        envelope["target"]["region"] = parts[3].lower()


def other_region(draw, envelope, _):
    envelope["target"]["region"] = draw.one(REGIONS)


def bad_name(draw, _, request):
    request["targetModelName"] = draw.one(NAMES)


def many_tags(draw, _, request):
    pad(draw, request.setdefault("targetModelTags", []), draw.one([11, 11, 12, 15, 20, 50]))


def other_account(draw, _, request):
    request["sourceModelArn"] = source(draw, draw.one(OTHERS))


def base_model(draw, _, request):
    request["sourceModelArn"] = foundation(draw)


FAULTS = [
    lose_tag, recase_tag, lose_tags, bad_cost_center, bad_environment, lose_key, near_key, near_key,
    other_region, bad_name, many_tags, other_account, base_model,
]  # fmt: skip


def envelope(draw):
    made = clean(draw)
    if draw.chance(0.51):
        return made
    for _ in range(draw.one([1, 1, 1, 2, 3, 5])):
        draw.one(FAULTS)(draw, made, made["request"])
    return made


def rendered(draw, made):
    """One of the ways to write it down: order of members, escapes, spaces."""
    members = list(made["request"].items())
    if draw.chance(0.3):
        draw.shuffle(members)
    made = {"target": made["target"], "request": dict(members)}
    if draw.chance(0.2):
        made = {"request": made["request"], "target": made["target"]}
    return json.dumps(made, ensure_ascii=draw.chance(0.5), separators=draw.one([(",", ":"), (", ", ": ")]))


def verifier():
    """Raises for a request that bedrock-api would find fault with."""
    sys.path.append(str(pathlib.Path(__file__).parent.parent / "bedrock-api"))
    from oracle import Oracle

    oracle = Oracle()

    def verify(request):
        keys = [each["key"] for each in request.get("targetModelTags", [])]
        beyond = len(keys) > 50 or len(set(keys)) < len(keys) or any(key.lower().startswith("aws:") for key in keys)
        violations = oracle.violations(request)
        if beyond or violations:
            raise AssertionError(f"{violations} for {request!r}")

    return verify


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--requests", type=pathlib.Path, required=True)
    parser.add_argument("--expected", type=pathlib.Path, required=True)
    parser.add_argument("--verify", action="store_true", help="assert with botocore that the API takes each request")
    arguments = parser.parse_args()
    draw, policy = Draw(arguments.seed), Policy()
    verify = verifier() if arguments.verify else lambda request: None
    options = {"mode": "w", "encoding": "utf-8", "newline": "\n"}
    with arguments.requests.open(**options) as requests, arguments.expected.open(**options) as expected:
        for _ in range(arguments.count):
            made = envelope(draw)
            verify(made["request"])
            requests.write(rendered(draw, made) + "\n")
            expected.write(json.dumps(policy.findings(made), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
