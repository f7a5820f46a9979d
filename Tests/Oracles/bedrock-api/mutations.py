"""The ways to break a request.

Every mutation takes (draw, request) and changes the request in place;
it does nothing where the request lacks what it changes.
"""

import copy

from arns import KEYS, PARTS, RESOURCES
from bases import OPTIONAL, kms_key, source_arn, tags

MEMBERS = ["sourceModelArn", "targetModelName", "modelKmsKeyId", "targetModelTags", "clientRequestToken"]
STRINGS = [name for name in MEMBERS if name != "targetModelTags"]

# Characters that another reading of the pattern classes would take, or that other tools lose.
ODD = [
    *"\u00a0\u2003\u3000\u0085\u2028\ufeff\u200b\u202e",  # spaces, and what is not seen
    *"\u0660\uff11\u0967\u00b2",  # digits elsewhere
    *"\u212a\u017f\u0130\u0131\u0430\uff21",  # look or fold like ASCII letters
    *("\u00e9", "e\u0301", "\u0301", "\U0001f600", "\U0001d7ce", "\u037e", "\uffff", "\ufffd"),
    *("\n", "\r", "\r\n", "\t", "\v", "\f", " ", "\x1b", "\x1f", "\x7f", "\x80"),
    *"*?$^\\\"',;&<#%|({~`!",
    *"._:/=+@-",
    *("--", "__", "-_", "::", "//", ".."),
    *"AZz0",
]


# -- whole values -----------------------------------------------------------------------------------------------


def setting(name, value):
    def change(draw, request):
        # A later mutation may change the value in place.
        request[name] = copy.deepcopy(value)

    return change


def long_arn(length, filler="x"):
    """An ARN of `length` code points that only its length can make wrong: the partition takes anything."""
    head, tail = "arn:aws-", ":bedrock:us-east-1::foundation-model/a.b"
    return head + filler * (length - len(head) - len(tail)) + tail


def boundaries():
    """Values at, below and above every limit, in characters of one, two and four bytes."""
    for length in (19, 20, 21):
        yield setting("sourceModelArn", "arn:aws:bedrock:us-east-1::x"[:length])
    for length in (1010, 1011, 1012):
        yield setting("sourceModelArn", long_arn(length))
        yield setting("sourceModelArn", "a" * length)
    for length in (252, 253):
        # 1,011 bytes or UTF-16 units are reached far below 1,011 code points.
        yield setting("sourceModelArn", long_arn(length + 48, "\U0001f600"))
    yield setting("sourceModelArn", long_arn(1011, "\u00e9"))
    yield setting("sourceModelArn", long_arn(1012, "\u00e9"))
    for length in (0, 1, 2, 62, 63, 64, 65, 126, 127, 128):
        yield setting("targetModelName", "a" * length)
        yield setting("targetModelName", ("a-" * length)[:length])
        yield setting("targetModelName", "\u00e9" * length)
    for length in (0, 1, 35, 36, 37):
        yield setting("modelKmsKeyId", "a" * length)
        yield setting("modelKmsKeyId", "arn:aws:kms:us-east-1:111122223333:key/" + "a" * length)
    for length in (2047, 2048, 2049):
        yield setting("modelKmsKeyId", ("alias/" + "a" * length)[:length])
        yield setting("modelKmsKeyId", ("arn:aws:kms::111122223333:alias/" + "a/" * length)[:length])
    for length in (0, 1, 2, 3, 255, 256, 257):
        yield setting("clientRequestToken", "a" * length)
        yield setting("clientRequestToken", ("a" + "-" * length)[:length])
        yield setting("clientRequestToken", ("a" + "-" * length)[: max(length - 1, 0)] + "a")
    for length in (0, 1, 19, 20, 63, 64, 127, 128, 129, 255, 256, 257):
        for letter in ("a", " ", "\n", "\u00e9", "\U0001f600"):
            yield setting("targetModelTags", [{"key": letter * length, "value": "v"}])
            yield setting("targetModelTags", [{"key": "k", "value": letter * length}])
    for count in (0, 1, 2, 49, 50, 51, 63, 64):
        yield setting("targetModelTags", [{"key": f"k{number}", "value": ""} for number in range(count)])
    for count in (199, 200, 201):
        yield setting("targetModelTags", [{"key": f"k{number}", "value": ""} for number in range(count)])
    yield setting("targetModelTags", [{"key": "k", "value": ""} for _ in range(200)] + [None])


WRONG = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    123456789012,
    [],
    {},
    [""],
    [None],
    [[]],
    {"a": 1},
    {"key": "k", "value": "v"},
    "",
    "x",
    "null",
]


def confusions():
    for name in MEMBERS:
        for value in WRONG:
            yield setting(name, value)
        yield lambda draw, request, name=name: wrap(draw, request, name)
    for value in WRONG:
        yield setting("targetModelTags", [value])
        yield setting("targetModelTags", [{"key": "a", "value": "b"}, value])
        yield setting("targetModelTags", [{"key": value, "value": "b"}])
        yield setting("targetModelTags", [{"key": "a", "value": value}])
    for value in ("Owner=fraud", ["Owner", "fraud"], {"Owner": "fraud"}, {"0": {"key": "a", "value": "b"}}):
        yield setting("targetModelTags", value)
        yield setting("targetModelTags", [value])


def wrap(draw, request, name):
    if name in OPTIONAL:
        request.setdefault(name, OPTIONAL[name](draw))
    if name in request:
        request[name] = [request[name]]


# -- member names -----------------------------------------------------------------------------------------------


def respellings(name):
    """Spellings that a reader of another mind would take for `name`."""
    snake = "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)
    yield from (name[0].upper() + name[1:], name.upper(), name.lower(), snake, snake.replace("_", "-"))
    yield from (
        name + " ",
        " " + name,
        name + "\n",
        name + "s",
        name[:-1],
        name[1] + name[0] + name[2:],
        name + "\u200b",
    )
    yield from (
        name.replace("K", "\u212a"),
        name.replace("e", "\u0435"),
        name.replace("s", "\u017f"),
        name.replace("i", "\u0131"),
    )
    yield from (name + "/0", "/" + name, "~" + name, name + ".", name.replace("o", "o\u0301"), "input." + name)


def rename_member(draw, request, name, spelling):
    if name in OPTIONAL:
        request.setdefault(name, OPTIONAL[name](draw))
    rename(request, name, spelling)


def rename(holder, name, spelling):
    if name not in holder:
        return
    members = [(spelling if key == name else key, value) for key, value in holder.items()]
    holder.clear()
    holder.update(members)


def names():
    for name in MEMBERS:
        yield lambda draw, request, name=name: request.pop(name, None)
        for spelling in respellings(name):
            yield lambda draw, request, name=name, spelling=spelling: rename_member(draw, request, name, spelling)
            # Beside the right one: not a duplicate, and still nothing that the API knows.
            yield lambda draw, request, spelling=spelling: request.setdefault(spelling, "x")
    for name in (
        "",
        "~",
        "/",
        "a/b",
        "~1",
        "$schema",
        "tags",
        "roleArn",
        "region",
        "jobTags",
        "modelTags",
        "kmsKeyId",
        "\u00e9",
        "0",
    ):
        for value in ("x", None, {"a": [1]}):
            yield lambda draw, request, name=name, value=value: request.setdefault(name, copy.deepcopy(value))
    for name in ("key", "value"):
        yield lambda draw, request, name=name: tag(draw, request).pop(name, None)
        for spelling in respellings(name):
            yield lambda draw, request, name=name, spelling=spelling: rename(tag(draw, request), name, spelling)
            yield lambda draw, request, spelling=spelling: tag(draw, request).setdefault(spelling, "x")


def tag(draw, request):
    """One of the request's tags, which is made where there is none to take."""
    held = request.get("targetModelTags")
    if not isinstance(held, list) or not held or not all(isinstance(each, dict) for each in held):
        held = request["targetModelTags"] = (
            [{"key": "a", "value": "b"}]
            if draw.chance(0.7)
            else [{"key": "O", "value": "f"}, {"key": "S", "value": ""}]
        )
    return draw.one(held)


# -- ARN parts --------------------------------------------------------------------------------------------------


def arn_parts(name, resources):
    for index, values in enumerate(PARTS + [resources]):
        for value in values:
            yield lambda draw, request, index=index, value=value: put_part(draw, request, name, index, value)
    for index in range(6):
        yield lambda draw, request, index=index: drop_part(draw, request, name, index)
        yield lambda draw, request, index=index: put_part(draw, request, name, index, "x:y")
        yield lambda draw, request, index=index: double_colon(draw, request, name, index)
        yield lambda draw, request, index=index: upper_part(draw, request, name, index)
    for value in resources:
        yield setting(name, value)


def parts(draw, request, name):
    value = request.get(name)
    if not isinstance(value, str) or value.count(":") < 5:
        value = source_arn(draw) if name == "sourceModelArn" else "arn:aws:kms:us-east-1:111122223333:alias/a"
    return value.split(":", 5)


def put_part(draw, request, name, index, value):
    held = parts(draw, request, name)
    held[index] = value
    request[name] = ":".join(held)


def drop_part(draw, request, name, index):
    held = parts(draw, request, name)
    del held[index]
    request[name] = ":".join(held)


def double_colon(draw, request, name, index):
    held = parts(draw, request, name)
    held.insert(index, "")
    request[name] = ":".join(held)


def upper_part(draw, request, name, index):
    held = parts(draw, request, name)
    held[index] = held[index].upper()
    request[name] = ":".join(held)


# -- characters -------------------------------------------------------------------------------------------------


def string_at(draw, request):
    """(holder, key) of one string of the request, or None."""
    places = [(request, name) for name in STRINGS if isinstance(request.get(name), str)]
    held = request.get("targetModelTags")
    for each in held if isinstance(held, list) else []:
        if isinstance(each, dict):
            places += [(each, name) for name in ("key", "value") if isinstance(each.get(name), str)]
    return draw.one(places) if places else None


def edit(change):
    def apply(draw, request):
        place = string_at(draw, request)
        if place:
            holder, key = place
            holder[key] = change(draw, holder[key])

    return apply


def inserted(draw, value, odd):
    at = draw.one([0, len(value), draw.below(len(value) + 1)])
    return value[:at] + odd + value[at:]


def swapped(draw, value, odd):
    at = draw.below(max(len(value), 1))
    return value[:at] + odd + value[at + 1 :]


def characters():
    for odd in ODD:
        yield edit(lambda draw, value, odd=odd: inserted(draw, value, odd))
        yield edit(lambda draw, value, odd=odd: swapped(draw, value, odd))
        yield edit(lambda draw, value, odd=odd: value + odd)
        for name in STRINGS:
            yield lambda draw, request, name=name, odd=odd: append_member(draw, request, name, odd)
        for name in ("key", "value"):
            yield lambda draw, request, name=name, odd=odd: append(tag(draw, request), name, odd)
    for change in (str.upper, str.lower, str.title, str.swapcase):
        yield edit(lambda draw, value, change=change: change(value))
    yield edit(lambda draw, value: "")
    yield edit(lambda draw, value: value[:-1])
    yield edit(lambda draw, value: value[1:])
    yield edit(lambda draw, value: value * 2)
    yield edit(lambda draw, value: value.replace(":", "::", 1))
    yield edit(lambda draw, value: value.replace("/", "//", 1))
    yield edit(lambda draw, value: value.replace("k", "\u212a"))


def append_member(draw, request, name, odd):
    if name in OPTIONAL:
        request.setdefault(name, OPTIONAL[name](draw))
    append(request, name, odd)


def append(holder, name, odd):
    if isinstance(holder.get(name), str):
        holder[name] += odd


def whole(draw, request):
    request.clear()


def fresh(draw, request):
    """Another valid value, so that mixtures with valid parts stay frequent."""
    request["modelKmsKeyId"] = kms_key(draw)
    request["targetModelTags"] = tags(draw)


def mutations():
    """(the ones tried one by one on several bases, the ones too long to repeat)."""
    short = [
        *confusions(),
        *names(),
        *arn_parts("sourceModelArn", RESOURCES),
        *arn_parts("modelKmsKeyId", KEYS),
        *characters(),
        whole,
        fresh,
    ]
    return short, list(boundaries())
