"""Draws that repeat, and requests that the API takes."""

import string

from arns import KEY_ID

LOWER = string.ascii_lowercase + string.digits
ACCOUNTS = ["111122223333", "444455556666", "000000000000"]
REGIONS = {
    "aws": ["us-east-1", "eu-west-1", "ap-southeast-2"],
    "aws-us-gov": ["us-gov-west-1"],
    "aws-cn": ["cn-north-1"],
}


class Draw:
    """Draws that stay the same in every Python: only `random()` is guaranteed to."""

    def __init__(self, source):
        self.source = source

    def below(self, limit):
        return int(self.source.random() * limit)

    def one(self, choices):
        return choices[self.below(len(choices))]

    def chance(self, share):
        return self.source.random() < share

    def text(self, alphabet, length):
        return "".join(self.one(alphabet) for _ in range(length))


def source_arn(draw, kind=None):
    kind = kind or draw.one(["custom", "imported", "foundation", "foundation"])
    partition = "aws" if draw.chance(0.6) else draw.one(list(REGIONS))
    region = draw.one(REGIONS[partition])
    head = f"arn:{partition}:bedrock:{region}:"
    if kind == "foundation":
        name = draw.one(["a-1.b-2", "a.b.c.d", "x.y"])
        return head + ":foundation-model/" + name + draw.one(["", ":0", ":0:4k", ":1:0"])
    name = "imported" if kind == "imported" else draw.one(["a-1.b-2", "x.y"])
    return (
        head
        + draw.one(ACCOUNTS)
        + ":custom-model/"
        + name
        + draw.one(["", ":0", ":0:8k"])
        + "/"
        + "abcdefghijk"
        + draw.one(LOWER)
    )


def kms_key(draw):
    partition = draw.one(list(REGIONS))
    arn = f"arn:{partition}:kms:{draw.one(REGIONS[partition])}:{draw.one(ACCOUNTS)}:"
    return draw.one(
        [
            arn + "key/" + KEY_ID,
            arn + "alias/team/fin_1",
            arn + "key/mrk-" + "0" * 32,
            KEY_ID,
            "alias/a-b",
            "alias/aws/x",
        ]
    )


def tags(draw):
    keys = ["Owner", "CostCenter", "a:b/c", "Owner", "k\n", "aws:x", "x y", "\t", "-", "A+@="]
    values = ["", "fraud", "CC-1234", "a\nb", "a\vb", "\f", "http://x/", "::", " ", "a=b"]
    return [{"key": draw.one(keys), "value": draw.one(values)} for _ in range(draw.below(3))]


OPTIONAL = {
    "modelKmsKeyId": kms_key,
    "targetModelTags": tags,
    "clientRequestToken": lambda draw: draw.one(["a", "token-1", "0--0", KEY_ID]),
}


def base(draw, kind=None, optional=0.08):
    """A request that the API takes; `optional` is the share of its optional members."""
    request = {
        "sourceModelArn": source_arn(draw, kind),
        "targetModelName": draw.one(["fin-a", "A_b-9", "x", "0", "Copy_", "m-1_2"]),
    }
    for name, valid in OPTIONAL.items():
        if draw.chance(optional):
            request[name] = valid(draw)
    return request
