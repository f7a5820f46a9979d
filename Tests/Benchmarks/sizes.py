"""Requests of one size."""

import json
import random


def write(path, tags, count, seed):
    """Writes requests with so many tags to a file of about the same size, however many the tags are; returns how many."""
    draw = random.Random(f"{seed} {tags}")
    count = max(100, count * 10 // (10 + tags))
    with path.open("w") as stream:
        for number in range(count):
            pairs = [("Owner", "ml-platform"), ("CostCenter", "CC-1234"), ("Environment", "prod")][:tags]
            pairs += [(f"key-{index}", f"{draw.getrandbits(160):040x}") for index in range(tags - len(pairs))]
            request = {
                "sourceModelArn": "arn:aws:bedrock:us-west-2:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/"
                f"{draw.getrandbits(48):012x}",
                "targetModelName": f"fin-{draw.getrandbits(32):08x}-{number}",
                "modelKmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "targetModelTags": [{"key": key, "value": value} for key, value in pairs],
            }
            envelope = {"target": {"region": "eu-west-1", "account": "444455556666"}, "request": request}
            stream.write(json.dumps(envelope, separators=(",", ":")) + "\n")
    return count
