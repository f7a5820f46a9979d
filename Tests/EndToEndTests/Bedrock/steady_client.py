"""Calls a gateway from many connections at once, without a pause and without repeating anything:
python3 steady_client.py PORT KEY SECRET CONNECTIONS CALLS

Each connection stays open and makes CALLS calls, or calls until the file `stop` is there where CALLS is 0; the policy is
to admit every second one. Writes how many calls are answered to the file `answered` and prints, as JSON, how often which
status came; a call whose connection broke counts as `lost`.
"""

import collections
import http.client
import json
import pathlib
import sys
import threading

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

PORT, KEY, SECRET = int(sys.argv[1]), sys.argv[2], sys.argv[3]
CONNECTIONS, CALLS = int(sys.argv[4]), int(sys.argv[5])
SOURCE = "arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456"
LOCK = threading.Lock()
ANSWERS = collections.Counter()


def request(thread, number):
    tags = [{"key": "Owner", "value": "fraud"}] if number % 2 == 0 else []
    body = json.dumps({
        "sourceModelArn": SOURCE, "targetModelName": f"m-{thread}-{number}",
        "clientRequestToken": f"token-{thread}-{number}", "targetModelTags": tags})
    signed = AWSRequest(
        "POST", f"http://127.0.0.1:{PORT}/model-copy-jobs", data=body, headers={"Content-Type": "application/json"})
    SigV4Auth(Credentials(KEY, SECRET), "bedrock", "eu-west-1").add_auth(signed)
    return body, dict(signed.headers)


def call(connection, thread, number):
    body, headers = request(thread, number)
    try:
        connection.request("POST", "/model-copy-jobs", body, headers)
        answer = connection.getresponse()
        answer.read()
        return str(answer.status)
    except (OSError, http.client.HTTPException):
        return "lost"


def work(thread):
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    number = 0
    while number < CALLS or (CALLS == 0 and not pathlib.Path("stop").exists()):
        status = call(connection, thread, number)
        number += 1
        with LOCK:
            ANSWERS[status] += 1
            pathlib.Path("answered.draft").write_text(str(ANSWERS.total()))
            pathlib.Path("answered.draft").rename("answered")
        if status == "lost":
            return


threads = [threading.Thread(target=work, args=(index,)) for index in range(CONNECTIONS)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(json.dumps(ANSWERS))
