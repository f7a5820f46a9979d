"""Uses a sandbox through boto3, and prints what came of it as one JSON object: python3 boto3_client.py plain|faults"""

import json
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

SOURCE = "arn:aws:bedrock:us-west-2:444455556666:custom-model/amazon.titan-text-lite-v1:0:4k/abcdef123456"


def outcome(call, **arguments):
    """The response, or the error's class, code and own members."""
    try:
        return call(**arguments)
    except ClientError as error:
        response = dict(error.response)
        return {"class": type(error).__name__, "code": response["Error"]["Code"], "response": response}
    except BotoCoreError as error:
        return {"class": type(error).__name__}


def plain():
    bedrock = boto3.client("bedrock")
    create = bedrock.create_model_copy_job
    names = lambda jobs: [job["targetModelName"] for job in jobs]
    first = create(sourceModelArn=SOURCE, targetModelName="copy-0", clientRequestToken="token-0",
                   targetModelTags=[{"key": "Owner", "value": "fraud"}], modelKmsKeyId="alias/models")
    again = create(sourceModelArn=SOURCE, targetModelName="copy-0", clientRequestToken="token-0")
    for number in range(1, 5):
        create(sourceModelArn=SOURCE, targetModelName=f"copy-{number}")
    job = bedrock.get_model_copy_job(jobArn=first["jobArn"])
    pages = list(bedrock.get_paginator("list_model_copy_jobs").paginate(
        sortBy="CreationTime", sortOrder="Ascending", PaginationConfig={"PageSize": 2}))
    listed = bedrock.list_model_copy_jobs
    unknown = first["jobArn"][:-12] + "000000000000"
    stranger = boto3.client("bedrock", aws_secret_access_key="another", aws_access_key_id="AKIDSANDBOXEXAMPLE")
    return {
        "account": boto3.client("sts").get_caller_identity()["Account"],
        "status": first["ResponseMetadata"]["HTTPStatusCode"],
        "sameJob": again["jobArn"] == first["jobArn"],
        "job": {key: value for key, value in job.items() if key != "ResponseMetadata"},
        "creationTimeIs": type(job["creationTime"]).__name__,
        "pages": [names(page["modelCopyJobSummaries"]) for page in pages],
        "contains": names(listed(targetModelNameContains="-3")["modelCopyJobSummaries"]),
        "after": names(listed(creationTimeAfter=job["creationTime"], sortOrder="Ascending")["modelCopyJobSummaries"]),
        "failed": names(listed(statusEquals="Failed")["modelCopyJobSummaries"]),
        "invalid": outcome(create, sourceModelArn=SOURCE, targetModelName="copy 0"),
        "manyTags": outcome(create, sourceModelArn=SOURCE, targetModelName="copy-0",
                            targetModelTags=[{"key": f"k{n}", "value": ""} for n in range(51)]),
        "notFound": outcome(bedrock.get_model_copy_job, jobArn=unknown),
        "stranger": outcome(stranger.list_model_copy_jobs),
    }


def faults():
    """Each fault meets the first attempt of a create: what boto3 makes of it, and how many jobs there are then."""
    results = {}
    bedrock = boto3.client("bedrock")
    for name in sys.argv[2:]:
        made = outcome(bedrock.create_model_copy_job, sourceModelArn=SOURCE, targetModelName=name)
        jobs = bedrock.list_model_copy_jobs(targetModelNameContains=name)["modelCopyJobSummaries"]
        metadata = made.get("ResponseMetadata", made.get("response", {}).get("ResponseMetadata", {}))
        results[name] = {"jobs": len(jobs), "retries": metadata.get("RetryAttempts"), "class": made.get("class")}
    return results


print(json.dumps({"plain": plain, "faults": faults}[sys.argv[1]](), default=str))
