"""A policy of many patterns and globs, as one rule each or as many rules, and requests that it is asked about."""

import json
import random

REGIONS = ["eu-west-1", "eu-central-1", "eu-north-1", "us-east-1", "us-west-2", "ap-south-1", "ca-central-1"]
WORDS = ["fraud", "churn", "risk", "claims", "search", "pricing", "support", "ledger"]
SOURCE = "arn:aws:bedrock:us-west-2:444455556666:custom-model/amazon.titan-text-lite-v1:0:4k/"
ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789"

# What a name may be before and after its team: the pattern, and how a name of that form is drawn.
FORMS = {
    "words": ("[a-z0-9]+(-[a-z0-9]+)*", lambda random: "-".join(_word(random) for _ in range(random.randint(1, 3)))),
    "dashed": ("[a-z0-9-]{1,40}", lambda random: f"{_word(random)}-{_word(random)}"),
    "stage": (
        "(dev|staging|prod)-v[0-9]{1,3}",
        lambda random: f"{random.choice(['dev', 'staging', 'prod'])}-v{random.randint(1, 999)}",
    ),
    "word": ("[a-z0-9]+", lambda random: _word(random)),
    "version": ("v[0-9]+", lambda random: f"v{random.randint(1, 99)}"),
}
SHAPES = {
    "prefix": [(None, "words"), (None, "dashed"), (None, "stage")],
    "other": [("words", None), ("dashed", None), ("word", "version")],
}


def _word(random):
    return "".join(random.choices(ALPHANUMERIC, k=random.randint(3, 7)))


def _join(before, team, after):
    return "-".join(part for part in (before, team, after) if part is not None)


class Workload:
    """`count` patterns of a half (`prefix`, or `other` for those with literal ends or middles) and as many key globs.

    Every pattern and every glob has a team or an account of its own, so that one at most can match a request.
    """

    def __init__(self, count, half, seed):
        self.random = random.Random(f"{seed} {count} {half}")
        numbers = self.random.sample(range(100_000), count)
        self.names = [
            (f"{self.random.choice(WORDS)}{number:05}", self.random.choice(SHAPES[half])) for number in numbers
        ]
        accounts = self.random.sample(range(10**11, 10**12), count)
        self.keys = [self._key(account) for account in accounts]

    def _key(self, account):
        region, number = self.random.choice(REGIONS), self._identifier()
        return self.random.choice(
            [
                (f"arn:aws:kms:{region}:{account}:key/*", region, account, None),
                (f"arn:aws:kms:{region}:{account}:key/*", region, account, None),
                (f"arn:aws:kms:eu-*:{account}:key/*", "eu-west-1", account, None),
                (f"arn:aws:kms:{region}:{account}:key/{number}", region, account, number),
                (
                    f"arn:aws:kms:*:{account}:key/mrk-*",
                    region,
                    account,
                    "mrk-" + f"{self.random.getrandbits(128):032x}",
                ),
            ]
        )

    def _identifier(self):
        digits = f"{self.random.getrandbits(128):032x}"
        return "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]])

    def patterns(self):
        return [
            _join(before and FORMS[before][0], team, after and FORMS[after][0]) for team, (before, after) in self.names
        ]

    def pack(self):
        """Two rules with long lists."""
        rules = [
            {"id": "names", "kind": "naming-pattern", "field": "targetModelName", "patterns": self.patterns()},
            {"id": "keys", "kind": "allowed-kms-keys", "keys": [glob for glob, *_ in self.keys]},
        ]
        return {"format": 1, "name": "many", "version": "1", "rules": rules}

    def pack_of_rules(self):
        """A rule a team: each applies where its tag says so, and wants that team's names."""
        rules = [
            {
                "id": f"team-{index}",
                "kind": "naming-pattern",
                "when": {"tags.Team": team},
                "field": "targetModelName",
                "pattern": pattern,
            }
            for index, ((team, _), pattern) in enumerate(zip(self.names, self.patterns()))
        ]
        return {"format": 1, "name": "many", "version": "1", "rules": rules}

    def requests(self, count):
        """Requests, each with whether its name and its key are allowed: one in ten is not, for either."""
        for _ in range(count):
            (team, (before, after)), is_named = self.random.choice(self.names), self.random.random() >= 0.1
            (_, region, account, key), is_listed = self.random.choice(self.keys), self.random.random() >= 0.1
            shown = team if is_named else team[:-1] + "x"
            name = _join(before and FORMS[before][1](self.random), shown, after and FORMS[after][1](self.random))
            key = key or self._identifier()
            request = {
                "sourceModelArn": SOURCE + "".join(self.random.choices(ALPHANUMERIC, k=12)),
                "targetModelName": name,
                "modelKmsKeyId": f"arn:aws:kms:{region}:{account if is_listed else account - 1}:key/{key}",
                "targetModelTags": [
                    {"key": "Owner", "value": "ml-platform"},
                    {"key": "Team", "value": team},
                    {"key": "Environment", "value": self.random.choice(["dev", "staging", "prod"])},
                ],
            }
            yield request, is_named, is_listed

    def write(self, folder, requests):
        """Writes the packs and the requests; returns how many of them the two lists, and the rules, deny."""
        (folder / "pack.json").write_text(json.dumps(self.pack(), indent=1))
        (folder / "rules.json").write_text(json.dumps(self.pack_of_rules(), indent=1))
        denied, unnamed = 0, 0
        with (folder / "requests.ndjson").open("w") as stream:
            for request, is_named, is_listed in self.requests(requests):
                stream.write(json.dumps(request, separators=(",", ":")) + "\n")
                denied += not (is_named and is_listed)
                unnamed += not is_named
        return denied, unnamed
