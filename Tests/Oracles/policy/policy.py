"""What pack.json says of a request, decided without copylint.

Reads the pack's parameters but knows its five kinds by itself; a request here is one that the API takes
(generate.py makes no other), so that nothing is unparsable or unknown.
"""

import json
import pathlib
import re

PACK = pathlib.Path(__file__).with_name("pack.json")
KNOWN = {
    "required-tags": {"tags"},
    "allowed-kms-keys": {"keys", "aliases", "sameRegionAsTarget"},
    "naming-pattern": {"field", "pattern"},
    "tag-count": {"max"},
    "allowed-source-models": {"accounts"},
}


def glob(text):
    """The byte expression that a glob of `*` and `?` stands for; `?` is one byte."""
    if "\\" in text:
        raise ValueError(f"{text}: escapes are not told here")
    parts = {"*": b".*", "?": b"."}
    return b"".join(parts.get(letter) or re.escape(letter.encode()) for letter in text)


class ArnGlob:
    """Each of the six colon parts of an ARN matched alone, the whole part, by bytes."""

    def __init__(self, text):
        parts = text.split(":", 5)
        if len(parts) != 6:
            raise ValueError(f"{text} has not six parts")
        self.parts = [re.compile(glob(part), re.DOTALL) for part in parts]

    def matches(self, arn):
        values = arn.encode().split(b":", 5)
        return len(values) == 6 and all(part.fullmatch(value) for part, value in zip(self.parts, values, strict=True))


class Policy:
    def __init__(self, path=PACK):
        pack = json.loads(path.read_text())
        self.name = pack["name"]
        self.rules = [(f"{self.name}/{rule['id']}", self._check(rule)) for rule in pack["rules"]]

    def _check(self, rule):
        kind = rule["kind"]
        given = set(rule) - {"id", "kind", "severity"}
        if given != KNOWN[kind]:
            raise ValueError(f"{kind}: {given} is not what is told here")
        checks = {
            "required-tags": required_tags,
            "allowed-kms-keys": allowed_kms_keys,
            "naming-pattern": naming_pattern,
            "tag-count": tag_count,
            "allowed-source-models": allowed_source_models,
        }
        return checks[kind](rule)

    def findings(self, envelope):
        """The sorted "rule pointer" strings; one that is there twice is two findings."""
        region = envelope["target"]["region"]
        return sorted(
            f"{rule} /request{pointer}" for rule, check in self.rules for pointer in check(envelope["request"], region)
        )


def folded(key):
    """ASCII only: U+212A is no K."""
    return re.sub("[A-Z]", lambda letter: letter[0].lower(), key)


def required_tags(rule):
    wanted = [
        (key, re.compile(value["pattern"], re.ASCII) if "pattern" in value else None, value.get("values"))
        for key, value in rule["tags"].items()
    ]

    def check(request, _):
        held = request.get("targetModelTags")
        for key, pattern, values in wanted:
            pointer, value = find(held or [], key)
            if value is None:
                yield pointer or ("" if held is None else "/targetModelTags")
            elif (pattern and not pattern.fullmatch(value)) or (values is not None and value not in values):
                yield pointer + "/value"

    return check


def find(tags, key):
    """(pointer, value) of the tag `key`; without it, (pointer of that key in another case or "", None)."""
    other = ""
    for index, tag in enumerate(tags):
        if tag["key"] == key:
            return f"/targetModelTags/{index}", tag["value"]
        if not other and folded(tag["key"]) == folded(key):
            other = f"/targetModelTags/{index}/key"
    return other, None


def allowed_kms_keys(rule):
    globs = [ArnGlob(text) for text in rule["keys"]]
    if rule["aliases"] or not rule["sameRegionAsTarget"]:
        raise ValueError("only denied aliases in the target's Region are told here")

    def check(request, region):
        key = request.get("modelKmsKeyId")
        if key is None:
            yield ""
            return
        parts = key.split(":", 5)
        # An alias, by name or ARN, and a bare id are denied as such: one finding, whatever else is wrong.
        if len(parts) != 6 or not parts[5].startswith("key/"):
            yield "/modelKmsKeyId"
            return
        if not any(each.matches(key) for each in globs):
            yield "/modelKmsKeyId"
        if parts[3] != region:
            yield "/modelKmsKeyId"

    return check


def naming_pattern(rule):
    pattern = re.compile(rule["pattern"], re.ASCII)
    field = rule["field"]

    def check(request, _):
        if not pattern.fullmatch(request[field]):
            yield "/" + field

    return check


def tag_count(rule):
    def check(request, _):
        if len(request.get("targetModelTags", [])) > rule["max"]:
            yield "/targetModelTags"

    return check


def allowed_source_models(rule):
    accounts = set(rule["accounts"])

    def check(request, _):
        # A foundation model's ARN has an empty account.
        if request["sourceModelArn"].split(":", 5)[4] not in accounts:
            yield "/sourceModelArn"

    return check
