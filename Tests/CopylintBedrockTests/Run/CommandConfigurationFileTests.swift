import BedrockClient
import Testing

@testable import CopylintBedrock

@Suite struct CommandConfigurationFileTests {
  /// The two files of a user.
  private struct Files: LocalFiles {
    var config = ""
    var credentials = ""

    func read(_ path: String, maxBytes: Int) throws(LocalFileError) -> [UInt8] {
      Array((path == "/home/.aws/config" ? config : credentials).utf8)
    }

    func replace(_ path: String, with content: [UInt8]) throws(LocalFileError) { throw .notFound }
    func homeDirectory(_ environment: ProcessEnvironment) -> String? { "/home" }
  }

  private func copy(
    config: String = "", credentials: String = "", environment: [String: String] = [:]
  ) throws -> String {
    let shared = try SharedConfiguration.load(
      Files(config: config, credentials: credentials), ProcessEnvironment([:]))
    return String(
      decoding: CommandConfigurationFile(
        shared, IgnoredURLs(ProcessEnvironment(environment)), credentialProcess: "/d/helper x /d/s"
      ).bytes, as: UTF8.self)
  }

  @Test func withoutAnyFileThereIsADefaultProfile() throws {
    #expect(try copy() == "[default]\ncredential_process = /d/helper x /d/s\n\n")
  }

  @Test func settingsStayAndCredentialsGo() throws {
    let copied = try copy(
      config: """
        [default]
        region = eu-west-1
        output=json # as people read it
        aws_access_key_id = AKIDEXAMPLE
        aws_secret_access_key = canary
        aws_account_id = 111122223333
        ca_bundle = /etc/my ca.pem
        retry_mode = standard
        max_attempts = 5
        s3 =
          max_concurrent_requests = 20
          addressing_style = path
        endpoint_url = http://127.0.0.1:9
        services = mine

        [profile role]
        role_arn = arn:aws:iam::111122223333:role/x
        role_session_name = x
        source_profile = default
        external_id = canary
        mfa_serial = arn:aws:iam::111122223333:mfa/x
        duration_seconds = 900
        region = us-west-2

        [profile "with space"]
        credential_process = echo canary
        credential_source = Environment
        web_identity_token_file = /canary
        login_session = canary
        auth_scheme_preference = httpBearerAuth
        sso_session = s
        sso_account_id = 111122223333

        [sso-session s]
        sso_start_url = https://canary.example
        sso_region = eu-west-1

        [services mine]
        bedrock =
          endpoint_url = http://canary.example
          other = kept
        s3 =
          endpoint_url = http://127.0.0.1:9000
        """,
      credentials: """
        [only-keys]
        aws_access_key_id = AKIDEXAMPLE
        aws_secret_access_key = canary
        aws_session_token = canary
        x_security_token_expires = 2026
        [default]
        region = eu-north-1
        """)
    #expect(
      copied == """
        [default]
        ca_bundle = /etc/my ca.pem
        credential_process = /d/helper x /d/s
        endpoint_url = http://127.0.0.1:9
        max_attempts = 5
        output = json
        region = eu-north-1
        retry_mode = standard
        s3 = \n  addressing_style = path
          max_concurrent_requests = 20
        services = mine

        [profile only-keys]
        credential_process = /d/helper x /d/s

        [profile role]
        credential_process = /d/helper x /d/s
        region = us-west-2

        [profile "with space"]
        credential_process = /d/helper x /d/s

        [services mine]
        bedrock = \n  other = kept
        s3 = \n  endpoint_url = http://127.0.0.1:9000


        """)
    #expect(!copied.contains("canary"))
  }

  /// The gate's URL has to be heeded; what was not heeded before is not there.
  @Test func urlsThatWereIgnoredAreLeftOut() throws {
    let config = """
      [default]
      endpoint_url = http://a.example
      services = s
      ignore_configured_endpoint_urls = True
      [profile heeds]
      endpoint_url = http://b.example
      """
    let variable = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"
    for (environment, kept) in [([:], ["b"]), ([variable: "true"], []), ([variable: "false"], ["a", "b"])] {
      let copied = try copy(config: config, environment: environment)
      #expect(["a", "b"].filter { copied.contains("http://\($0).example") } == kept)
      #expect(copied.contains("services") == kept.contains("a") && !copied.contains("ignore"))
    }
  }

  /// What is written says the same to the parser as what was read.
  @Test func whatIsWrittenIsReadAsItWas() throws {
    let config = """
      [profile it's]
      region = a
      [profile "it's"]
      region = eu-west-1
      [profile 'say "so"']
      cli_pager = less -R
        -S
      empty =
      percent = 100%(x)s
      hash = a#b
      [profile é/p.q%r@s:t+u]
      region = eu-west-1
      """
    let once = try copy(config: config)
    #expect(once.contains("[profile \"it's\"]\n"))
    #expect(once.contains("[profile 'say \"so\"']\n"))
    #expect(once.contains("[profile é/p.q%r@s:t+u]\n"))
    #expect(once.contains("cli_pager = less -R\n  -S\n"))
    #expect(try copy(config: once) == once)
  }
}
