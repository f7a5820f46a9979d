import Foundation
import Testing

/// Whatever credentials a user has, boto3 under `copylint run` signs with those of the run, and calls the gate.
@Suite(.needs(.boto3)) struct RunBoto3Tests {
  /// What boto3 finds: for a session without and with each named profile, its credentials, where from, the Region, and
  /// what came of a call of Bedrock.
  private static let script = """
    import boto3, json, sys
    from botocore.exceptions import BotoCoreError, ClientError
    found = {}
    for name in [None] + sys.argv[1:]:
        session = boto3.Session(profile_name=name)
        keys = session.get_credentials().get_frozen_credentials()
        client = session.client("bedrock", region_name=session.region_name or "us-east-1")
        try:
            called = client.list_model_copy_jobs()["ResponseMetadata"]["HTTPStatusCode"]
        except (BotoCoreError, ClientError) as error:
            called = str(error)
        found[name or ""] = [keys.access_key, keys.secret_key, session.get_credentials().method, session.region_name,
                             client.meta.endpoint_url.rsplit(":", 1)[0], str(called)]
    print(json.dumps(found))
    """

  private func found(
    _ home: RunHome, profiles: [String] = [], options: [String] = [], environment: [String: String] = [:]
  ) throws -> [String: [String?]] {
    let result = try home.run(
      ["python3", "-c", Self.script] + profiles, options: options, environment: environment)
    #expect(result.code == 0, "\(result.errors)")
    return try JSONDecoder().decode([String: [String?]].self, from: Data(result.output.utf8))
  }

  private func ofTheRun(in region: String?) -> [String?] {
    [RunHome.keyID, RunHome.secret, "custom-process", region, "http://127.0.0.1", "200"]
  }

  @Test func keysOfTheDefaultProfile() throws {
    let home = try RunHome(config: "[default]\nregion = eu-west-1\n", credentials: "[default]\n\(RunHome.keys)")
    #expect(try found(home) == ["": ofTheRun(in: "eu-west-1")])
    #expect(try home.leftovers() == [])
    #expect(home.sandbox.log.contains(" GET /model-copy-jobs 200"))
  }

  @Test func aProfileOfTheEnvironmentOrAnOption() throws {
    let home = try RunHome(
      config: "[profile mine]\nregion = eu-west-1\n", credentials: "[default]\n\(Self.decoy)[mine]\n\(RunHome.keys)")
    #expect(try found(home, environment: ["AWS_PROFILE": "mine"]) == ["": ofTheRun(in: "eu-west-1")])
    #expect(try found(home, options: ["--profile", "mine"]) == ["": ofTheRun(in: "eu-west-1")])
    #expect(
      try found(home, options: ["--profile", "mine", "--region", "us-west-2"]) == ["": ofTheRun(in: "us-west-2")])
  }

  /// Each profile keeps its Region, and has the run's one identity.
  @Test func profilesThatTheCodeNames() throws {
    let home = try RunHome(
      config: """
        [default]
        region = eu-west-1
        [profile role]
        region = us-west-2
        role_arn = arn:aws:iam::111122223333:role/other
        source_profile = default
        [profile "with space"]
        region = eu-north-1
        credential_process = echo no
        """,
      credentials: "[default]\n\(RunHome.keys)[keys]\n\(Self.decoy)")
    let expected = ["": "eu-west-1", "role": "us-west-2", "keys": nil, "with space": "eu-north-1"]
      .mapValues { ofTheRun(in: $0) }
    #expect(try found(home, profiles: ["role", "keys", "with space"]) == expected)
  }

  private static let decoy = "aws_access_key_id = AKIDDECOYEXAMPLE\naws_secret_access_key = decoy\n"

  private static let environmentKeys = ["AWS_ACCESS_KEY_ID": RunHome.keyID, "AWS_SECRET_ACCESS_KEY": RunHome.secret]

  /// What would win over the gate, each beside keys of the environment, which are the run's.
  static let rivals: [[String: String]] = [
    [:], ["AWS_BEARER_TOKEN_BEDROCK": "token"],
    ["HTTP_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9"], ["http_proxy": "http://127.0.0.1:9"],
    ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL": "http://127.0.0.1:9"],
    ["AWS_ROLE_ARN": "arn:aws:iam::111122223333:role/x", "AWS_WEB_IDENTITY_TOKEN_FILE": "/dev/null"],
    ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/"], ["AWS_PROFILE": "decoy"],
  ]

  @Test(arguments: rivals) func keysOfTheEnvironment(_ rival: [String: String]) throws {
    let home = try RunHome(credentials: "[default]\n\(Self.decoy)[decoy]\n\(Self.decoy)")
    let bedrock = try #require(home.sandbox.environment["AWS_ENDPOINT_URL_BEDROCK"])
    // The gate itself reaches this sandbox by no proxy, and by an option whatever variables are ignored.
    let own = ["NO_PROXY": String(bedrock.dropFirst("http://".count)), "no_proxy": ""].merging(rival) { $1 }
    let seen = try found(
      home, options: ["--endpoint-url", bedrock], environment: Self.environmentKeys.merging(own) { $1 })
    #expect(seen == ["": ofTheRun(in: nil)])
  }

  @Test func aProcessOfTheUsers() throws {
    let home = try RunHome(config: "[default]\ncredential_process = cat keys.json\nregion = eu-west-1\n")
    try home.scratch.write(
      #"{"Version": 1, "AccessKeyId": "\#(RunHome.keyID)", "SecretAccessKey": "\#(RunHome.secret)"}"#, to: "keys.json")
    #expect(try found(home) == ["": ofTheRun(in: "eu-west-1")])
  }

  private static let session = """
    [default]
    region = eu-west-1
    sso_session = s
    sso_account_id = 111122223333
    sso_role_name = r
    [sso-session s]
    sso_start_url = https://start.example
    sso_region = eu-west-1
    """
  /// The SHA-1 of the session's name.
  private static let token = ".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json"

  @Test func aSessionOfIdentityCenter() throws {
    let home = try RunHome(config: Self.session)
    try home.scratch.write(
      #"{"accessToken": "sso-token-example", "expiresAt": "2100-01-01T00:00:00Z"}"#, to: Self.token)
    let portal = try SSOPortal(in: home.scratch)
    #expect(try found(home, environment: ["AWS_ENDPOINT_URL_SSO": portal.url]) == ["": ofTheRun(in: "eu-west-1")])
  }

  /// A command may take longer than the hour that a token lasts. Where the SDKs look for it they find the new one.
  @Test func aSessionOfIdentityCenterIsRenewed() throws {
    let home = try RunHome(config: Self.session)
    try home.scratch.write(
      """
      {"accessToken": "ended-example", "expiresAt": "2001-01-01T00:00:00Z", "clientId": "c",
       "clientSecret": "client-example", "refreshToken": "refresh-example", "registrationExpiresAt": "2100-01-01T00:00:00Z"}
      """, to: Self.token)
    let portal = try SSOPortal(in: home.scratch)
    let endpoints = ["AWS_ENDPOINT_URL_SSO": portal.url, "AWS_ENDPOINT_URL_SSO_OIDC": portal.url]
    for _ in 1...2 { #expect(try found(home, environment: endpoints) == ["": ofTheRun(in: "eu-west-1")]) }
    let script = """
      import botocore.session
      from botocore.tokens import SSOTokenProvider
      print(SSOTokenProvider(botocore.session.Session()).load_token().get_frozen_token().token)
      """
    let found = try Program.execute(
      "/usr/bin/env", ["python3", "-c", script], in: home.scratch.folder, environment: home.environment())
    #expect(found.output == "sso-token-example\n", "\(found.errors)")
  }

  @Test func aBearerTokenAloneSaysWhatToDo() throws {
    let home = try RunHome()
    let result = try home.run(["echo", "ran"], environment: ["AWS_BEARER_TOKEN_BEDROCK": "canary-token"])
    #expect(result.code == 2)
    #expect(result.output == "")
    #expect(
      result.errors.hasPrefix(
        "error: AWS_BEARER_TOKEN_BEDROCK is the only credential here, and a gate knows its callers by signatures\n"))
    #expect(result.errors.contains("\n  = help: "))
    #expect(!result.errors.contains("canary"))
  }

  @Test func withoutCredentialsNothingRuns() throws {
    let home = try RunHome()
    let result = try home.run(["echo", "ran"])
    #expect(result.code == 2)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("error: "))
    let missing = try home.run(["echo", "ran"], environment: ["AWS_PROFILE": "nobody"])
    #expect(missing.code == 2 && missing.output == "" && missing.errors.contains("`nobody`"), "\(missing.errors)")
  }
}
