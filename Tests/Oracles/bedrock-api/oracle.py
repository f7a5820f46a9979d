"""What the CreateModelCopyJob model says of a request, read from botocore's copy of the service model.

Facts come from the model alone: this file knows shapes, never member names or patterns.

A pattern must match the whole value. `re.ASCII` is on to read the patterns as Java does by default, with `\\s` as
`[ \\t\\n\\v\\f\\r]` and `\\d` as `[0-9]` (an assumption: the service itself was not asked); Python's default would take
U+00A0 and U+0660.
Lengths are code points. A wrong type suppresses every other constraint of that value and all that
lies below it; an unknown member's value is not looked at; otherwise constraints are independent, so that
an empty name breaks both `min` and `pattern`.
"""

import re

import botocore
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

API_VERSION = "2023-04-20"
BOTOCORE_VERSION = botocore.__version__

# What ParamValidator can say, in our words. It knows no max and no pattern.
BOTOCORE_WORDS = {
    "missing required field": "required",
    "unknown field": "unknown",
    "invalid type": "type",
    "invalid length": "min",
}


def request_shape():
    model = Loader().load_service_model("bedrock", "service-2", API_VERSION)
    return ServiceModel(model, "bedrock").shape_for("CreateModelCopyJobRequest")


class Place:
    """A value's address: as RFC 6901 writes it, and as botocore's reports do."""

    def __init__(self, pointer="", dotted=""):
        self.pointer = pointer
        self.dotted = dotted

    def member(self, name):
        return Place(self.pointer + "/" + name.replace("~", "~0").replace("/", "~1"), self.dotted + "." + name)

    def element(self, index):
        return Place(f"{self.pointer}/{index}", f"{self.dotted}[{index}]")


class Oracle:
    def __init__(self):
        self.shape = request_shape()
        self.patterns = {}

    def violations(self, request):
        """The sorted (pointer, constraint) pairs of `request`; agrees with botocore or raises."""
        found = []
        self._validate(request, self.shape, Place(), found)
        self._cross_check(request, found)
        return sorted((place.pointer, constraint) for place, constraint in found)

    def _validate(self, value, shape, place, found):
        check = {"structure": self._structure, "list": self._list, "string": self._string}[shape.type_name]
        check(value, shape, place, found)

    def _structure(self, value, shape, place, found):
        if not isinstance(value, dict):
            found.append((place, "type"))
            return
        for name in shape.metadata.get("required", []):
            if name not in value:
                found.append((place.member(name), "required"))
        for name, member in value.items():
            if name in shape.members:
                self._validate(member, shape.members[name], place.member(name), found)
            else:
                found.append((place.member(name), "unknown"))

    def _list(self, value, shape, place, found):
        if not isinstance(value, list):
            found.append((place, "type"))
            return
        self._size(len(value), shape, place, found)
        for index, element in enumerate(value):
            self._validate(element, shape.member, place.element(index), found)

    def _string(self, value, shape, place, found):
        if not isinstance(value, str):
            found.append((place, "type"))
            return
        self._size(len(value), shape, place, found)
        pattern = shape.metadata.get("pattern")
        if pattern is not None and not self._compiled(pattern).fullmatch(value):
            found.append((place, "pattern"))

    def _size(self, size, shape, place, found):
        if size < shape.metadata.get("min", 0):
            found.append((place, "min"))
        if size > shape.metadata.get("max", size):
            found.append((place, "max"))

    def _compiled(self, pattern):
        if pattern not in self.patterns:
            self.patterns[pattern] = re.compile(pattern, re.ASCII)
        return self.patterns[pattern]

    def _cross_check(self, request, found):
        """ParamValidator must report the same, constraint by constraint, of what it covers."""
        # `_errors` is botocore's own, but its public report is prose that cannot be compared safely.
        theirs = sorted(
            (
                name + "." + str(detail.get("required_name", detail.get("unknown_param")))
                if reason in ("missing required field", "unknown field")
                else name,
                BOTOCORE_WORDS[reason],
            )
            for reason, name, detail in ParamValidator().validate(request, self.shape)._errors
        )
        ours = sorted((place.dotted, word) for place, word in found if word in BOTOCORE_WORDS.values())
        if ours != theirs:
            raise AssertionError(f"botocore {theirs} but oracle {ours} for {request!r}")
