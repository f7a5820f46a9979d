import Copylint
import Testing

@testable import CopylintBedrock

@Suite struct CommandEnvironmentTests {
  private let command = CommandEnvironment(port: 4711, configFile: "/private/config", credentialsFile: "/private/empty")

  private func variables(_ inherited: [(String, String)]) -> [(String, String)] {
    command.variables(inherited: inherited.map { EnvironmentVariable(ByteString($0.0), ByteString($0.1)) })
      .map { ($0.name.displayString, $0.value.displayString) }
  }

  private func value(_ name: String, _ inherited: [(String, String)]) -> String? {
    let found = variables(inherited).filter { $0.0 == name }
    #expect(found.count <= 1)
    return found.first?.1
  }

  @Test func leadsToTheGate() {
    let own = variables([])
    #expect(
      own.map(\.0).sorted() == [
        "AWS_CONFIG_FILE", "AWS_ENDPOINT_URL_BEDROCK", "AWS_SHARED_CREDENTIALS_FILE", "NO_PROXY", "no_proxy",
      ])
    #expect(value("AWS_ENDPOINT_URL_BEDROCK", [("AWS_ENDPOINT_URL_BEDROCK", "http://x")]) == "http://127.0.0.1:4711")
    #expect(value("AWS_CONFIG_FILE", [("AWS_CONFIG_FILE", "/home/a")]) == "/private/config")
    #expect(value("AWS_SHARED_CREDENTIALS_FILE", [("AWS_SHARED_CREDENTIALS_FILE", "/home/a")]) == "/private/empty")
  }

  @Test(arguments: [
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION", "AWS_ACCOUNT_ID", "AWS_CREDENTIAL_FILE", "AWS_ACCESS_KEY", "AWS_SECRET_KEY",
    "AMAZON_ACCESS_KEY_ID", "AMAZON_SECRET_ACCESS_KEY", "AMAZON_SESSION_TOKEN", "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_BEARER_TOKEN_BEDROCK", "AWS_AUTH_SCHEME_PREFERENCE",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  ])
  func whatNamesOtherCredentialsIsWithdrawn(_ name: String) {
    #expect(value(name, [(name, "inherited")]) == nil)
    #expect(value(name, [(name, "")]) == nil)
  }

  /// Names that only look like the withdrawn ones, and what other services go by.
  @Test(arguments: [
    "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_EC2_METADATA_DISABLED", "AWS_CA_BUNDLE",
    "AWS_MAX_ATTEMPTS", "aws_access_key_id", "AWS_ACCESS_KEY_ID_OLD", "XAWS_CONTAINER_X", "HTTP_PROXY", "HTTPS_PROXY",
    "PATH", "LD_LIBRARY_PATH", "BASH_FUNC_f%%",
  ])
  func everythingElsePasses(_ name: String) {
    #expect(value(name, [(name, "a=b\nc")]) == "a=b\nc")
    #expect(value(name, [(name, "")]) == "")
  }

  @Test func bytesThatAreNoTextPass() throws {
    let inherited = try #require(EnvironmentVariable(entry: Array("A\u{E9}=".utf8) + [0xFF, 0x3D, 0xFE]))
    #expect(inherited.value.bytes == [0xFF, 0x3D, 0xFE])
    let seen = command.variables(inherited: [inherited])
    #expect(seen.first?.entry == Array("A\u{E9}=".utf8) + [0xFF, 0x3D, 0xFE])
    #expect(EnvironmentVariable(entry: Array("novalue".utf8)) == nil)
    #expect(EnvironmentVariable(entry: Array("=C:=x".utf8)) == nil)
  }

  @Test func whatIsStatedWins() {
    var command = command
    command.stated = [EnvironmentVariable("AWS_PROFILE", "stated")]
    let seen = command.variables(inherited: [
      EnvironmentVariable("AWS_PROFILE", "a"), EnvironmentVariable("X", "1"), EnvironmentVariable("AWS_PROFILE", "b"),
    ])
    #expect(seen.filter { $0.name == "AWS_PROFILE" }.map(\.value) == ["stated"])
    #expect(seen.first == EnvironmentVariable("X", "1"))
  }

  private static let exceptions: [(upper: String?, lower: String?, expected: [String])] = [
    (nil, nil, ["127.0.0.1,localhost", "127.0.0.1,localhost"]),
    ("a.example", nil, ["a.example,127.0.0.1,localhost", "a.example,127.0.0.1,localhost"]),
    (nil, "b.example", ["b.example,127.0.0.1,localhost", "b.example,127.0.0.1,localhost"]),
    ("a.example", "b.example", ["a.example,127.0.0.1,localhost", "b.example,127.0.0.1,localhost"]),
    ("a.example", "", ["a.example,127.0.0.1,localhost", "127.0.0.1,localhost"]),
    ("localhost, 127.0.0.1", nil, ["localhost, 127.0.0.1", "localhost, 127.0.0.1"]),
    ("127.0.0.10,xlocalhost", nil, Array(repeating: "127.0.0.10,xlocalhost,127.0.0.1,localhost", count: 2)),
    ("*", nil, ["*", "*"]), (" * ", "a", [" * ,127.0.0.1,localhost", "a,127.0.0.1,localhost"]),
    ("*,a", nil, ["*,a,127.0.0.1,localhost", "*,a,127.0.0.1,localhost"]),
  ]

  @Test(arguments: exceptions)
  func loopbackNeedsNoProxy(_ upper: String?, _ lower: String?, _ expected: [String]) {
    let inherited = [upper.map { ("NO_PROXY", $0) }, lower.map { ("no_proxy", $0) }].compactMap { $0 }
    #expect([value("NO_PROXY", inherited), value("no_proxy", inherited)] == expected)
  }

  @Test func urlsThatAreIgnoredAreLeftOut() {
    var environment = CommandEnvironment(port: 1, configFile: "c", credentialsFile: "d")
    let urls = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_BEDROCK"].map {
      EnvironmentVariable($0, "http://a.example")
    }
    let seen = { (environment: CommandEnvironment) in
      environment.variables(inherited: urls).filter { $0.name.starts(with: "AWS_ENDPOINT_URL") }.map(\.value)
    }
    #expect(seen(environment) == ["http://a.example", "http://a.example", "http://127.0.0.1:1"])
    environment.ignoresURLs = true
    #expect(seen(environment) == ["http://127.0.0.1:1"])
  }

  @Test func nothingOfAValueIsShown() {
    let variable = EnvironmentVariable("AWS_SESSION_TOKEN", "canary")
    var dumped = ""
    dump(variable, to: &dumped)
    for text in ["\(variable)", String(reflecting: [variable]), dumped] { #expect(!text.contains("canary")) }
  }
}
