"""Surroundings that credentials are looked for in: every provider, what it needs, and what may be wrong with it.

Keys and tokens are made up. Left out is where this project does not follow botocore: an `AWS_SECURITY_TOKEN` beside
`AWS_SESSION_TOKEN`, `AWS_REGION` (unknown to botocore), commands that need a shell, MFA, blank keys.
"""

import hashlib
import json

FAR = "2099-01-01T00:00:00Z"
CONFIG = "/scenario/home/.aws/config"
CREDENTIALS = "/scenario/home/.aws/credentials"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "env-secret"}
NO_IMDS = {"AWS_EC2_METADATA_DISABLED": "true"}
STATIC = "aws_access_key_id = AKID{0}\naws_secret_access_key = {0}-secret\n"
BASE = "[base]\n" + STATIC.format("BASE")
ROLE = "arn:aws:iam::111122223333:role/demo"
START_URL = "https://example.awsapps.com/start"


def case(name, environment=None, config=None, credentials=None, answers=(), files=None, imds=False, **more):
    files = dict(files or {})
    if config is not None:
        files[CONFIG] = config
    if credentials is not None:
        files[CREDENTIALS] = credentials
    environment = dict(environment or {}) | ({} if imds else NO_IMDS)
    return {"name": name, "environment": environment, "files": files, "answers": list(answers), **more}


def sts(action, number=1, account="111122223333", expiration=FAR):
    return {
        "headers": {"Content-Type": "text/xml"},
        "body": (
            f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>'
            f"<AssumedRoleUser><Arn>arn:aws:sts::{account}:assumed-role/demo/session</Arn>"
            f"<AssumedRoleId>AROAEXAMPLE:session</AssumedRoleId></AssumedRoleUser>"
            f"<Credentials><AccessKeyId>ASIA{number}</AccessKeyId><SecretAccessKey>sts-secret&amp;{number}</SecretAccessKey>"
            f"<SessionToken>sts-token-{number}</SessionToken><Expiration>{expiration}</Expiration></Credentials>"
            f"</{action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>"
        ),
    }


def sts_error(code, status=400):
    return {
        "status": status,
        "headers": {"Content-Type": "text/xml"},
        "body": (
            '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>'
            f"<Code>{code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>"
        ),
    }


def role(**more):
    lines = {"role_arn": ROLE, "role_session_name": "session", **more}
    return "".join(f"{name} = {value}\n" for name, value in lines.items() if value)


def metadata(prefix, **more):
    return {
        "body": {
            "Code": "Success", "AccessKeyId": f"ASIA{prefix}", "SecretAccessKey": f"{prefix}-secret",
            "Token": f"{prefix}-token", "Expiration": FAR, **more,
        }
    }  # fmt: skip


def process(**members):
    return "credential_process = printf '%s' '" + json.dumps({"Version": 1, **members}) + "'\n"


def sso_cache(key, **members):
    token = {"accessToken": "sso-token", "expiresAt": FAR, "startUrl": START_URL, "region": "eu-north-1"} | members
    name = hashlib.sha1(key.encode()).hexdigest()
    return {f"/scenario/home/.aws/sso/cache/{name}.json": json.dumps(token)}


REGION = {"AWS_DEFAULT_REGION": "eu-west-1"}
SSO = "sso_account_id = 111122223333\nsso_role_name = Reader\n"
LEGACY_SSO = f"{SSO}sso_start_url = {START_URL}\nsso_region = eu-north-1\n"
SESSION = f"[sso-session corp]\nsso_start_url = {START_URL}\nsso_region = eu-north-1\n"
SSO_ANSWER = {
    "headers": {"Content-Type": "application/json"},
    "body": {
        "roleCredentials": {
            "accessKeyId": "ASIASSO", "secretAccessKey": "sso-secret", "sessionToken": "sso-session-token",
            "expiration": 4070908800000,
        }
    },
}  # fmt: skip
# What `aws sso login` leaves for an sso-session beside the token, which has ended.
PAST = "2001-01-01T00:00:00Z"
RENEWABLE = {
    "expiresAt": PAST, "clientId": "client", "clientSecret": "client/secret", "refreshToken": "refresh-1",
    "registrationExpiresAt": FAR,
}  # fmt: skip
RENEWED = {"accessToken": "sso-token-2", "expiresIn": 3600, "tokenType": "Bearer"}
IN_SESSION = "[default]\nsso_session = corp\n" + SSO + SESSION


def oidc(status=200, **members):
    """As text, for numbers are among the members."""
    return {"status": status, "headers": {"Content-Type": "application/json"}, "body": json.dumps(members)}


PROCESS = {"AccessKeyId": "AKIDPROCESS", "SecretAccessKey": "process-secret"}
ECS = {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1?a=b"}
IMDS_TOKEN = {"body": "imds-token"}
IMDS_ROLE = {"body": "instance-role"}
IMDS = [IMDS_TOKEN, IMDS_ROLE, metadata("IMDS")]
WEB = {
    "AWS_WEB_IDENTITY_TOKEN_FILE": "/scenario/token", "AWS_ROLE_ARN": ROLE, "AWS_ROLE_SESSION_NAME": "session", **REGION,
}  # fmt: skip
TOKEN_FILE = {"/scenario/token": "web.identity.token"}

SCENARIOS = [
    case("nothing"),
    # Environment.
    case("environment", KEYS),
    case("environment with token and account", KEYS | {"AWS_SESSION_TOKEN": "t", "AWS_ACCOUNT_ID": "111122223333"}),
    case("environment with the older token", KEYS | {"AWS_SECURITY_TOKEN": "t"}),
    case("environment with expiration", KEYS | {"AWS_CREDENTIAL_EXPIRATION": FAR}),
    case("environment with past expiration", KEYS | {"AWS_CREDENTIAL_EXPIRATION": "2001-01-01T00:00:00Z"}),
    case("environment with bad expiration", KEYS | {"AWS_CREDENTIAL_EXPIRATION": "soon"}),
    case("environment without secret", {"AWS_ACCESS_KEY_ID": "AKIDENV"}, credentials="[default]\n" + STATIC.format("FILE")),
    case("environment without key", {"AWS_SECRET_ACCESS_KEY": "s"}, credentials="[default]\n" + STATIC.format("FILE")),
    case("environment with empty key", KEYS | {"AWS_ACCESS_KEY_ID": ""}, credentials="[default]\n" + STATIC.format("FILE")),
    case("environment before files", KEYS, credentials="[default]\n" + STATIC.format("FILE")),
    case("environment beside AWS_PROFILE", KEYS | {"AWS_PROFILE": "base"}, credentials=BASE),
    case("explicit profile before environment", KEYS, credentials=BASE, profile="base"),
    case("explicit profile without credentials", KEYS, config="[profile empty]\nregion = eu-west-1\n", profile="empty"),
    # Static keys.
    case("credentials file", credentials="[default]\n" + STATIC.format("FILE")),
    case("config file", config="[default]\n" + STATIC.format("FILE")),
    case("credentials file before config file", config="[default]\n" + STATIC.format("CONFIG"),
         credentials="[default]\n" + STATIC.format("FILE")),
    case("token in the file", credentials="[default]\n" + STATIC.format("FILE") + "aws_session_token = t\n"),
    case("account in the file", credentials="[default]\n" + STATIC.format("FILE") + "aws_account_id = 111122223333\n"),
    case("named profile", {"AWS_PROFILE": "base"}, credentials=BASE + "[default]\n" + STATIC.format("FILE")),
    case("profile of the config file", {"AWS_PROFILE": "dev"}, config="[profile dev]\n" + STATIC.format("FILE")),
    case("missing profile", {"AWS_PROFILE": "missing"}, credentials=BASE),
    case("key without secret", credentials="[default]\naws_access_key_id = AKIDFILE\n"),
    case("files elsewhere", {"AWS_SHARED_CREDENTIALS_FILE": "/scenario/keys"},
         files={"/scenario/keys": "[default]\n" + STATIC.format("FILE")}),
    case("files beneath the home directory", {"AWS_SHARED_CREDENTIALS_FILE": "~/keys"},
         files={"/scenario/home/keys": "[default]\n" + STATIC.format("FILE")}),
    case("broken file", config="[default\n", credentials="[default]\n" + STATIC.format("FILE")),
    # Roles.
    case("role", REGION, "[default]\n" + role(source_profile="base"), BASE, [sts("AssumeRole")]),
    case("role in the profile's Region", None, "[default]\nregion = eu-south-1\n" + role(source_profile="base"), BASE,
         [sts("AssumeRole")]),
    case("role in China", {"AWS_DEFAULT_REGION": "cn-north-1"}, "[default]\n" + role(source_profile="base"), BASE,
         [sts("AssumeRole")]),
    case("role with external id and duration", REGION,
         "[default]\n" + role(source_profile="base", external_id="e+x/t=1", duration_seconds="900"), BASE, [sts("AssumeRole")]),
    case("role at a configured URL", REGION | {"AWS_ENDPOINT_URL_STS": "http://localhost:4566"},
         "[default]\n" + role(source_profile="base"), BASE, [sts("AssumeRole")]),
    case("role with FIPS", REGION | {"AWS_USE_FIPS_ENDPOINT": "true"}, "[default]\n" + role(source_profile="base"), BASE,
         [sts("AssumeRole")]),
    case("chain of roles", REGION,
         "[default]\n" + role(source_profile="middle")
         + "[profile middle]\n" + role(role_arn=ROLE + "/middle", source_profile="base"),
         BASE, [sts("AssumeRole"), sts("AssumeRole", 2, "444455556666")]),
    case("role that is its own source", REGION, "[default]\n" + role(source_profile="default") + STATIC.format("SELF"), None,
         [sts("AssumeRole")]),
    case("keys of a source before its role", REGION,
         "[default]\n" + role(source_profile="middle")
         + "[profile middle]\n" + role(role_arn=ROLE + "/middle", source_profile="base") + STATIC.format("MIDDLE"),
         BASE, [sts("AssumeRole")]),
    case("role before keys", REGION, "[default]\n" + role(source_profile="base") + STATIC.format("OWN"), BASE,
         [sts("AssumeRole")]),
    case("circle of roles", REGION,
         "[default]\n" + role(source_profile="a") + "[profile a]\n" + role(source_profile="default"), BASE),
    case("role without source", REGION, "[default]\n" + role(), BASE),
    case("role with two sources", REGION, "[default]\n" + role(source_profile="base", credential_source="Environment"), BASE),
    case("role with missing source", REGION, "[default]\n" + role(source_profile="missing"), BASE),
    case("role with empty source", REGION, "[default]\n" + role(source_profile="empty") + "[profile empty]\n", BASE),
    case("role with unknown source", REGION, "[default]\n" + role(credential_source="environment"), BASE),
    case("role with the environment", REGION | KEYS, "[profile dev]\n" + role(credential_source="Environment"), None,
         [sts("AssumeRole")], profile="dev"),
    case("role with an empty environment", REGION, "[default]\n" + role(credential_source="Environment")),
    case("role with the container", REGION | ECS, "[default]\n" + role(credential_source="EcsContainer"), None,
         [metadata("ECS"), sts("AssumeRole")]),
    case("role with no container", REGION, "[default]\n" + role(credential_source="EcsContainer")),
    case("role with the instance", REGION, "[default]\n" + role(credential_source="Ec2InstanceMetadata"), None,
         [*IMDS, sts("AssumeRole")], imds=True),
    case("role with no instance", REGION, "[default]\n" + role(credential_source="Ec2InstanceMetadata")),
    case("role with a process", REGION,
         "[default]\n" + role(source_profile="tool") + "[profile tool]\n" + process(**PROCESS), None, [sts("AssumeRole")]),
    case("role with sso", REGION, "[default]\n" + role(source_profile="sso") + "[profile sso]\n" + LEGACY_SSO, None,
         [SSO_ANSWER, sts("AssumeRole")], sso_cache(START_URL)),
    case("role with web identity", REGION,
         "[default]\n" + role(source_profile="web") + "[profile web]\n"
         + role(role_arn=ROLE + "/web", web_identity_token_file="/scenario/token"),
         None, [sts("AssumeRoleWithWebIdentity"), sts("AssumeRole", 2)], TOKEN_FILE),
    case("role refused", REGION, "[default]\n" + role(source_profile="base"), BASE, [sts_error("AccessDenied", 403)]),
    case("role retried", REGION, "[default]\n" + role(source_profile="base"), BASE,
         [sts_error("InternalFailure", 500), sts_error("Throttling"), sts("AssumeRole")]),
    case("role expired at once", REGION, "[default]\n" + role(source_profile="base"), BASE,
         [sts("AssumeRole", expiration="2001-01-01T00:00:00Z")]),
    # Web identity.
    case("web identity of the environment", WEB, answers=[sts("AssumeRoleWithWebIdentity")], files=TOKEN_FILE),
    case("web identity of the profile", REGION, "[default]\n" + role(web_identity_token_file="/scenario/token"), None,
         [sts("AssumeRoleWithWebIdentity")], TOKEN_FILE),
    case("web identity before keys", WEB, credentials="[default]\n" + STATIC.format("FILE"),
         answers=[sts("AssumeRoleWithWebIdentity")], files=TOKEN_FILE),
    case("environment before web identity", WEB | KEYS, files=TOKEN_FILE),
    case("role before web identity", WEB, "[default]\n" + role(source_profile="base"), BASE, [sts("AssumeRole")], TOKEN_FILE),
    case("explicit profile before web identity", WEB, None, BASE, [], TOKEN_FILE, profile="base"),
    case("web identity without role", REGION | {"AWS_WEB_IDENTITY_TOKEN_FILE": "/scenario/token"}, files=TOKEN_FILE),
    case("web identity without file", WEB),
    case("web identity refused", WEB, answers=[sts_error("InvalidIdentityToken")], files=TOKEN_FILE),
    # IAM Identity Center.
    case("sso", None, "[default]\n" + LEGACY_SSO, None, [SSO_ANSWER], sso_cache(START_URL)),
    case("sso-session", None, "[default]\nsso_session = corp\n" + SSO + SESSION, None, [SSO_ANSWER], sso_cache("corp")),
    case("sso with a legacy date", None, "[default]\n" + LEGACY_SSO, None, [SSO_ANSWER],
         sso_cache(START_URL, expiresAt="2099-01-01T00:00:00UTC")),
    case("sso in China", None, "[default]\n" + LEGACY_SSO.replace("eu-north-1", "cn-north-1"), None, [SSO_ANSWER],
         sso_cache(START_URL)),
    case("sso expired", None, "[default]\n" + LEGACY_SSO, None, [SSO_ANSWER],
         sso_cache(START_URL, expiresAt="2001-01-01T00:00:00Z")),
    case("sso-session expired", None, "[default]\nsso_session = corp\n" + SSO + SESSION, None, [SSO_ANSWER],
         sso_cache("corp", expiresAt="2001-01-01T00:00:00Z")),
    case("sso-session renewed", None, IN_SESSION, None, [oidc(**RENEWED, refreshToken="refresh-2"), SSO_ANSWER],
         sso_cache("corp", **RENEWABLE)),
    case("sso-session renewed for the last time", None, IN_SESSION, None, [oidc(**RENEWED), SSO_ANSWER],
         sso_cache("corp", **RENEWABLE)),
    case("sso-session renewed at another endpoint", {"AWS_ENDPOINT_URL_SSO_OIDC": "http://127.0.0.1:8080/x"}, IN_SESSION, None,
         [oidc(**RENEWED), SSO_ANSWER], sso_cache("corp", **RENEWABLE)),
    case("sso-session not renewed", None, IN_SESSION, None,
         [oidc(400, error="invalid_grant", error_description="no")], sso_cache("corp", **RENEWABLE)),
    case("sso-session whose client has ended", None, IN_SESSION, None, [oidc(**RENEWED), SSO_ANSWER],
         sso_cache("corp", **RENEWABLE | {"registrationExpiresAt": PAST})),
    case("sso-session without what renews it", None, IN_SESSION, None, [oidc(**RENEWED), SSO_ANSWER],
         sso_cache("corp", expiresAt=PAST, clientId="client", refreshToken="refresh-1", registrationExpiresAt=FAR)),
    case("sso-session that lasts", None, IN_SESSION, None, [SSO_ANSWER],
         sso_cache("corp", **RENEWABLE | {"expiresAt": FAR})),
    case("sso of a profile, which is not renewed", None, "[default]\n" + LEGACY_SSO, None, [oidc(**RENEWED), SSO_ANSWER],
         sso_cache(START_URL, **RENEWABLE)),
    case("sso without token", None, "[default]\n" + LEGACY_SSO),
    case("sso with a broken token", None, "[default]\n" + LEGACY_SSO, files={
        "/scenario/home/.aws/sso/cache/" + hashlib.sha1(START_URL.encode()).hexdigest() + ".json": "{}"}),
    case("sso refused", None, "[default]\n" + LEGACY_SSO, None, [{"status": 401, "body": {"message": "no"},
         "headers": {"x-amzn-ErrorType": "UnauthorizedException"}}], sso_cache(START_URL)),
    case("sso without role name", None, "[default]\n" + LEGACY_SSO.replace("sso_role_name = Reader\n", ""), None, [],
         sso_cache(START_URL)),
    case("sso without Region", None, "[default]\n" + LEGACY_SSO.replace("sso_region = eu-north-1\n", "")),
    case("sso with missing session", None, "[default]\nsso_session = missing\n" + SSO + SESSION, None, [], sso_cache("missing")),
    case("sso with two start URLs", None,
         "[default]\nsso_session = corp\nsso_start_url = https://other.awsapps.com/start\n" + SSO + SESSION, None, [],
         sso_cache("corp")),
    case("sso before keys", None, "[default]\n" + LEGACY_SSO, "[default]\n" + STATIC.format("FILE"), [SSO_ANSWER],
         sso_cache(START_URL)),
    # Processes.
    case("process", None, "[default]\n" + process(**PROCESS)),
    case("process with all members", None,
         "[default]\n" + process(**PROCESS, SessionToken="t", Expiration=FAR, AccountId="111122223333")),
    case("process with the profile's account", None, "[default]\naws_account_id = 444455556666\n" + process(**PROCESS)),
    case("process of another version", None, "[default]\n" + process(**PROCESS).replace('"Version": 1', '"Version": 2')),
    case("process without version", None, "[default]\n" + process(**PROCESS).replace('"Version": 1, ', "")),
    case("process without secret", None, "[default]\n" + process(AccessKeyId="AKIDPROCESS")),
    case("process that fails", None, "[default]\ncredential_process = false\n"),
    case("process that is not there", None, "[default]\ncredential_process = /scenario/missing\n"),
    case("process that writes something else", None, "[default]\ncredential_process = echo hello\n"),
    case("process before the config file's keys", None, "[default]\n" + process(**PROCESS) + STATIC.format("CONFIG")),
    case("credentials file before process", None, "[default]\n" + process(**PROCESS), "[default]\n" + STATIC.format("FILE")),
    case("process with quotes and escapes", None,
         "[default]\ncredential_process = printf \"%s\" \"{\\\"Version\\\": 1, "
         "\\\"AccessKeyId\\\": \\\"AKIDPROCESS\\\", \"'\"SecretAccessKey\": \"a b\"}'\n"),
    # Containers.
    case("container", ECS, answers=[metadata("ECS")]),
    case("container with account", ECS, answers=[metadata("ECS", AccountId="111122223333")]),
    case("container by full URI", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost:8080/c?x=1"},
         answers=[metadata("ECS")]),
    case("container on EKS", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
                              "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/scenario/token"},
         answers=[metadata("EKS")], files=TOKEN_FILE),
    case("container over IPv6", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://[fd00:ec2::23]/v1/credentials"},
         answers=[metadata("EKS")]),
    case("container over TLS", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "https://credentials.example.com/",
                                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic abc"}, answers=[metadata("ECS")]),
    case("relative URI before full URI", ECS | {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost/"},
         answers=[metadata("ECS")]),
    case("token file before token", ECS | {"AWS_CONTAINER_AUTHORIZATION_TOKEN": "no",
                                           "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/scenario/token"},
         answers=[metadata("ECS")], files=TOKEN_FILE),
    case("token with a line break", ECS | {"AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nHost: evil"}, answers=[metadata("ECS")]),
    case("token file that is not there", ECS | {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/scenario/missing"},
         answers=[metadata("ECS")]),
    case("container at a foreign host", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.3/"},
         answers=[metadata("ECS")]),
    case("container at a foreign name", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost.example.com/"},
         answers=[metadata("ECS")]),
    case("container at no URL", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "/credentials"}, answers=[metadata("ECS")]),
    case("container answers late", ECS, answers=[{"status": 500, "body": ""}, {"status": 503, "body": ""}, metadata("ECS")]),
    case("container refuses", ECS, answers=[{"status": 500, "body": "no"}] * 3),
    case("container answers nonsense", ECS, answers=[{"body": "nonsense"}] * 3),
    case("container expired", ECS, answers=[metadata("ECS", Expiration="2001-01-01T00:00:00Z")] * 2),
    case("files before container", ECS, credentials="[default]\n" + STATIC.format("FILE")),
    # Instances.
    case("instance", answers=IMDS, imds=True),
    case("instance elsewhere", {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://localhost:1338/"}, answers=IMDS, imds=True),
    case("instance over IPv6", {"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"}, answers=IMDS, imds=True),
    case("instance in a mode that is none", {"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv5"}, answers=IMDS, imds=True),
    case("instance of version 1", answers=[{"status": 404, "body": ""}, IMDS_ROLE, metadata("IMDS")], imds=True),
    case("instance of version 1, which is disabled", {"AWS_EC2_METADATA_V1_DISABLED": "true"},
         answers=[{"status": 403, "body": ""}, IMDS_ROLE, metadata("IMDS")], imds=True),
    case("instance of version 1, disabled by the profile", None, "[default]\nec2_metadata_v1_disabled = true\n",
         answers=[{"status": 405, "body": ""}, IMDS_ROLE, metadata("IMDS")], imds=True),
    case("instance that takes no token request", answers=[{"status": 400, "body": ""}], imds=True),
    case("instance without role", answers=[IMDS_TOKEN, {"status": 404, "body": ""}], imds=True),
    case("instance with an error for credentials", answers=[
        IMDS_TOKEN, IMDS_ROLE, {"body": {"Code": "AssumeRoleUnauthorizedAccess", "Message": "no"}}], imds=True),
    case("instance by way of another profile", {"AWS_PROFILE": "empty"}, "[profile empty]\nregion = eu-west-1\n", answers=IMDS,
         imds=True),
    case("no instance", imds=True),
    case("container before instance", ECS, answers=[metadata("ECS")], imds=True),
]  # fmt: skip
