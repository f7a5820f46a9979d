import Foundation
import Testing

@testable import BedrockClient

/// Whatever the surroundings do, there are no credentials, nobody is asked who must not be, and nothing secret is told.
@Suite struct HostileSurroundingsTests {

  private func container(_ variables: [String: String], _ answers: [AnsweringTransport.Answer] = []) -> Scenario {
    var scenario = Scenario()
    scenario.environment = variables.merging(["AWS_EC2_METADATA_DISABLED": "true"]) { $1 }
    scenario.transport = AnsweringTransport(answers)
    return scenario
  }

  @Test(arguments: [
    "http://evil.example/", "http://169.254.170.2.evil.example/", "http://169.254.170.2@evil.example/",
    "http://localhost@evil.example/", "http://localhost.evil.example/", "http://[::ffff:8.8.8.8]/", "http://0x7f.1/",
    "http://2130706433/", "http://169.254.169.254/latest/", "file:///etc/passwd", "http://localhost\r\nHost: evil/",
    "http://127.0.0.1\\@evil.example/", "//evil.example/", "http:///x",
  ])
  func aFullURIToAForeignHostIsNotAsked(_ uri: String) async {
    let scenario = container([
      "AWS_CONTAINER_CREDENTIALS_FULL_URI": uri, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "canary",
    ])
    let error = await scenario.error()
    #expect(error?.reason == .invalidConfiguration)
    #expect(scenario.transport.requests.isEmpty)
    #expect(error.map { "\($0)".contains("canary") } == false)
  }

  @Test(arguments: [
    "@evil.example/", ".evil.example/", ":80@evil.example/", "evil", "\\@evil.example/", "/a b", "/\r\nx: y",
  ])
  func aRelativeURICannotLeaveItsHost(_ path: String) async {
    let scenario = container(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": path])
    #expect(await scenario.error()?.reason == .invalidConfiguration)
    #expect(scenario.transport.requests.isEmpty)
  }

  @Test(arguments: [
    "{", "[]", "\"a\"", "null", "{\"AccessKeyId\": 1}", "{\"AccessKeyId\": \"A\"}",
    #"{"AccessKeyId":"A","SecretAccessKey":"canary","Token":"canary","Expiration":"canary"}"#,
    #"{"AccessKeyId":"A","SecretAccessKey":"canary","Token":"canary","Expiration":"9999999999-01-01T00:00:00Z"}"#,
    #"{"AccessKeyId":"A","SecretAccessKey":"canary","Token":"canary","Expiration":4070908800}"#,
    String(repeating: "[", count: 60_000),
  ])
  func whatIsNotCredentialsIsNotTaken(_ body: String) async {
    let scenario = container(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/c"], [.body(body)])
    let error = await scenario.error()
    #expect(error?.reason == .unavailable)
    #expect(error.map { "\($0)".contains("canary") } == false)
  }

  @Test func aRedirectIsAnAnswerThatSaysNo() async {
    let scenario = container(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/c"], [.body("", status: 302)])
    #expect(await scenario.error()?.reason == .refused)
    #expect(scenario.transport.requests.count == 1)
  }

  @Test func anAnswerBeyondTheBoundIsNone() async {
    let scenario = container(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/c"], [.huge, .huge, .huge])
    #expect(await scenario.error()?.reason == .unavailable)
    #expect(scenario.transport.limits.allSatisfy { $0.maximumResponseSize <= 64 << 10 && $0.timeout <= .seconds(2) })
  }

  @Test(arguments: [301, 307, 500]) func theInstanceServiceIsNotFollowedElsewhere(_ status: Int) async {
    var scenario = Scenario()
    scenario.transport = AnsweringTransport(Array(repeating: .body("http://evil.example/", status: status), count: 5))
    #expect(await scenario.error()?.reason == .notConfigured)
    #expect(scenario.transport.requests.allSatisfy { $0.url == "http://169.254.169.254/latest/api/token" })
    #expect(
      scenario.transport.limits.allSatisfy { $0.connectTimeout == .seconds(1) && $0.maximumResponseSize <= 64 << 10 })
  }

  @Test(arguments: ["a\r\nX-Evil: b", "", "\u{0}", "é"]) func aTokenThatNoHeaderCarriesIsNotSent(_ token: String) async
  {
    var scenario = Scenario()
    scenario.transport = AnsweringTransport([.body(token), .body("role"), .body("{}")])
    #expect(await scenario.error()?.reason == .unavailable)
    #expect(scenario.transport.requests.count == 1)
  }

  @Test func aRoleNameCannotChangeThePath() async {
    var scenario = Scenario()
    scenario.transport = AnsweringTransport([.body("t"), .body("../../user-data?x#y\nsecond"), .silence])
    _ = await scenario.error()
    #expect(
      scenario.transport.requests.last?.url
        == "http://169.254.169.254/latest/meta-data/iam/security-credentials/..%2F..%2Fuser-data%3Fx%23y")
  }

  @Test func aProcessThatHangsOrFloodsGivesNone() async {
    for problem in [ProcessError.timedOut(limit: .seconds(60)), .outputTooLarge(limit: 65_536)] {
      var scenario = Scenario()
      scenario.files = .shared(config: "[default]\ncredential_process = tool --secret canary\n")
      scenario.processes = ScriptedProcesses(problem)
      let error = await scenario.error()
      #expect(error?.reason == .unavailable)
      #expect(error.map { "\($0)".contains("canary") } == false)
    }
  }

  @Test(arguments: [
    #"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"canary","Expiration":"soon"}"#,
    #"{"Version":1,"AccessKeyId":"","SecretAccessKey":"canary"}"#,
    #"{"Version":"1","AccessKeyId":"A","SecretAccessKey":"canary"}"#,
    #"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"canary","Expiration":"2001-01-01T00:00:00Z"}"#, "canary",
  ])
  func whatAProcessGetsWrongIsNotQuoted(_ output: String) async {
    var scenario = Scenario()
    scenario.files = .shared(config: "[default]\ncredential_process = tool\n")
    scenario.processes = ScriptedProcesses(output)
    let error = await scenario.error()
    #expect(error != nil)
    #expect(error.map { "\($0)".contains("canary") } == false)
  }

  @Test func anSSOTokenThatNoHeaderCarriesIsNotSent() async {
    var scenario = Scenario()
    let config = "[default]\nsso_start_url = u\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = r\n"
    scenario.files = .shared(config: config)
    let key = Digest.hexadecimal(Digest.sha1(Array("u".utf8)))
    scenario.files.contents["/home/user/.aws/sso/cache/\(key).json"] =
      Array(#"{"accessToken":"canary\r\nX: y","expiresAt":"2099-01-01T00:00:00Z"}"#.utf8)
    let error = await scenario.error()
    #expect(error?.help == "run `aws sso login --profile …` for `default`")
    #expect(scenario.transport.requests.isEmpty)
    #expect(error.map { "\($0)".contains("canary") } == false)
  }

  @Test func anSSORegionCannotLeadElsewhere() async {
    var scenario = Scenario()
    scenario.files = .shared(
      config: "[default]\nsso_start_url = u\nsso_region = evil.example/\nsso_account_id = 1\nsso_role_name = r\n")
    #expect(await scenario.error()?.reason == .invalidConfiguration)
    #expect(scenario.transport.requests.isEmpty)
  }

  @Test func aCodeOfAMultiFactorDeviceIsNotAskedFor() async {
    var scenario = Scenario()
    scenario.files = .shared(
      config: "[default]\nregion = eu-west-1\nrole_arn = r\nsource_profile = b\nmfa_serial = m\n[profile b]\n")
    let error = await scenario.error()
    #expect(error?.message == "the profile `default` needs a code of a multi-factor device, which is not asked for")
  }

  @Test(arguments: ["sso_session = corp\n", "login_session = arn\n", "sso_start_url = u\n"])
  func aLoginThatIsNotReadDoesNotFallThrough(_ property: String) async {
    var scenario = Scenario()
    scenario.files = .shared(config: "[default]\n\(property)")
    scenario.transport = AnsweringTransport([.body("t"), .body("role")])
    #expect(await scenario.error()?.reason == .invalidConfiguration)
    #expect(scenario.transport.requests.isEmpty)
  }

  @Test func theEndTellsWhatWasTried() async {
    let error = await Scenario().error()
    #expect(error?.reason == .notConfigured)
    #expect(error?.message.contains("imds: no instance metadata service answers") == true)
  }
}
