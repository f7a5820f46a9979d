"""Settings by which botocore is asked where a service is.

The Region stands where botocore and the other SDKs read it alike: it does not know `AWS_REGION`. A configured URL with
FIPS or dual-stack is not here: the rule sets make an error of it, as the other SDKs do, but botocore's client drops the variant
before it asks them.
"""

REGION = {"AWS_DEFAULT_REGION": "eu-west-1"}
PROFILE = "[default]\nregion = eu-central-1\n"
SERVICES_SECTION = (
    "[default]\nregion = eu-central-1\nservices = local\n\n"
    "[services local]\nbedrock =\n  endpoint_url = http://localhost:4567\nsts =\n  endpoint_url = http://localhost:4568/sts\n"
)


def case(config="", environment=None, **more):
    return {"config": config, "environment": environment or {}, **more}


CASES = [
    case(),
    case(environment=REGION),
    case(PROFILE),
    case(PROFILE, REGION),
    case(PROFILE, REGION, region="us-west-2"),
    case("[profile other]\nregion = ap-south-1\n", {"AWS_PROFILE": "other"}),
    case("[default]\nregion = ap-south-1\n", {"AWS_PROFILE": "missing"}),
    case(environment={"AWS_DEFAULT_REGION": "evil.example/"}),
    case(environment={"AWS_DEFAULT_REGION": "-eu-west-1"}),
    case(environment={"AWS_DEFAULT_REGION": "eu_west_1"}),
    case(environment={"AWS_DEFAULT_REGION": "123"}),
    case(environment={"AWS_DEFAULT_REGION": "a" * 64}),
    case(environment={"AWS_DEFAULT_REGION": "eu-west-1@example.com"}),
    case(region="fips-us-east-1"),
    case(region="us-east-1-fips"),
    case(region="fips-us-gov-west-1", service="sts"),
    # Configured URLs, in their order.
    case(PROFILE, {"AWS_ENDPOINT_URL": "http://localhost:1"}),
    case(PROFILE, {"AWS_ENDPOINT_URL": "http://localhost:1", "AWS_ENDPOINT_URL_BEDROCK": "http://localhost:2/base"}),
    case(PROFILE, {"AWS_ENDPOINT_URL_BEDROCK": "http://localhost:2/base/"}),
    case(PROFILE, {"AWS_ENDPOINT_URL_STS": "http://localhost:3"}),
    case(PROFILE, {"AWS_ENDPOINT_URL_STS": "http://localhost:3"}, service="sts"),
    case(PROFILE, {"AWS_ENDPOINT_URL_SSO": "http://localhost:3"}, service="sso"),
    case(PROFILE, {"AWS_ENDPOINT_URL_SSO_OIDC": "http://localhost:3"}, service="ssoOIDC"),
    case(PROFILE, {"AWS_ENDPOINT_URL": "http://localhost:1"}, endpointURL="https://vpce.example.com"),
    case(PROFILE, endpointURL="https://vpce.example.com:8443"),
    case(PROFILE, endpointURL="http://[::1]:8443"),
    case(PROFILE + "endpoint_url = http://localhost:5\n"),
    case(PROFILE + "endpoint_url = http://localhost:5\n", {"AWS_ENDPOINT_URL": "http://localhost:1"}),
    case(PROFILE + "endpoint_url = http://localhost:5\n", service="sts"),
    case(SERVICES_SECTION),
    case(SERVICES_SECTION, service="sts"),
    case(SERVICES_SECTION, service="sso"),
    case(SERVICES_SECTION.replace("services = local", "services = local\nendpoint_url = http://localhost:6"), service="sso"),
    case(SERVICES_SECTION.replace("services = local", "services = missing")),
    case(SERVICES_SECTION.replace("services = local", "services = missing"), {"AWS_ENDPOINT_URL": "http://localhost:1"}),
    case(SERVICES_SECTION, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}),
    case(SERVICES_SECTION, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE", "AWS_ENDPOINT_URL": "http://localhost:1"}),
    case(SERVICES_SECTION, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, endpointURL="https://vpce.example.com"),
    case(SERVICES_SECTION, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false"}),
    case(SERVICES_SECTION.replace("services = local", "services = local\nignore_configured_endpoint_urls = true")),
    case(
        SERVICES_SECTION.replace("services = local", "services = local\nignore_configured_endpoint_urls = true"),
        {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false"},
    ),
    case(PROFILE, endpointURL="example.com"),
    case(PROFILE, endpointURL="https://"),
    case(PROFILE, endpointURL="https://exa mple.com"),
    # Variants.
    case(PROFILE, {"AWS_USE_FIPS_ENDPOINT": "true"}),
    case(PROFILE, {"AWS_USE_FIPS_ENDPOINT": "True"}),
    case(PROFILE, {"AWS_USE_FIPS_ENDPOINT": "false"}),
    case(PROFILE + "use_fips_endpoint = true\n"),
    case(PROFILE + "use_fips_endpoint = true\n", {"AWS_USE_FIPS_ENDPOINT": "false"}),
    case(PROFILE, {"AWS_USE_DUALSTACK_ENDPOINT": "true"}),
    case(PROFILE + "use_dualstack_endpoint = true\n"),
    case(PROFILE, {"AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"}),
    case(PROFILE, {"AWS_USE_FIPS_ENDPOINT": "true"}, service="sts"),
    case(
        PROFILE,
        {
            "AWS_USE_FIPS_ENDPOINT": "true",
            "AWS_ENDPOINT_URL": "http://localhost:1",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
        },
    ),
]
