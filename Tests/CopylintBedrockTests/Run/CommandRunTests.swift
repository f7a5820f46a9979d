import BedrockClient
import Copylint
import Foundation
import Testing

@testable import CopylintBedrock

@Suite struct CommandRunTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// The built program beside the tests, which has the verb that writes credentials.
  private static let program: ByteString = {
    let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return ByteString(
      URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("copylint-bedrock").path)
  }()

  private func run(
    _ command: [String], _ variables: [String: String] = [:], config: String = "", source: ScriptedCredentials? = nil
  ) async throws -> CommandStatus {
    try Data(config.utf8).write(to: URL(fileURLWithPath: scratch["config"]))
    let settings = ["AWS_CONFIG_FILE": scratch["config"], "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"]
    let environment = ProcessEnvironment(settings.merging(variables) { $1 }.merging(["TMPDIR": scratch.path]) { $1 })
    let keys = AWSCredentials(
      accessKeyID: "ASIAEXAMPLE", secretAccessKey: "canary-secret", sessionToken: "canary-token")
    var run = CommandRun(
      command: command.map { ByteString($0) }, shared: try SharedConfiguration.load(DiskFiles(), environment),
      credentials: RunCredentials(source ?? ScriptedCredentials([.success(keys)])))
    run.environment = environment
    run.inherited =
      EnvironmentVariable.current + variables.map { EnvironmentVariable(ByteString($0.key), ByteString($0.value)) }
    run.program = Self.program
    return try await run.run(port: 4711)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: scratch[name])), as: UTF8.self)
  }

  /// Runs what `credential_process` says, as SDKs do.
  private static let writeCredentials =
    #"$(sed -n 's/^credential_process = //p' "$AWS_CONFIG_FILE" | head -n 1)"#

  @Test func theCommandGetsTheCredentialsOfTheRun() async throws {
    let status = try await run(["sh", "-c", Self.writeCredentials + " >\(scratch["output"])"])
    #expect(status == .exited(0))
    #expect(
      try text("output")
        == #"{"Version":1,"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"canary-secret","SessionToken":"canary-token"}"#
        + "\n")
  }

  @Test func withoutCredentialsTheProcessFails() async throws {
    let error = CredentialsError(.refused, provider: "profile `x`", message: "expired")
    let status = try await run(
      ["sh", "-c", Self.writeCredentials + " 2>\(scratch["output"])"],
      source: ScriptedCredentials([.failure(error)]))
    #expect(status == .exited(1))
    #expect(try text("output") == "error: profile `x`: expired\n")
  }

  @Test func whatIsLaidOutIsPrivateHoldsNoSecretAndGoes() async throws {
    let look = """
      folder=$(dirname "$AWS_CONFIG_FILE")
      stat -c '%a' "$folder" "$folder/config" "$folder/credentials" "$folder/socket"
      test ! -s "$AWS_SHARED_CREDENTIALS_FILE" && echo empty
      grep -r canary "$folder/config" "$folder/credentials"; env | grep canary
      echo "$folder" "$AWS_ENDPOINT_URL_BEDROCK"
      """
    let status = try await run(
      ["sh", "-c", "{ \(look)\n} >\(scratch["output"])"], ["AWS_SECRET_ACCESS_KEY": "canary"],
      config: "[default]\naws_secret_access_key = canary\nregion = eu-west-1\n")
    #expect(status == .exited(0))
    let lines = try text("output").split(separator: "\n").map(String.init)
    #expect(lines.dropLast() == ["700", "600", "600", "600", "empty"])
    let last = try #require(lines.last).split(separator: " ").map(String.init)
    #expect(last[1] == "http://127.0.0.1:4711")
    #expect(last[0].hasPrefix(scratch.path) || last[0].hasPrefix("/tmp/copylint-run-"))
    #expect(!FileManager.default.fileExists(atPath: last[0]))
  }

  @Test func itGoesWhereTheCommandCannotStart() async throws {
    await #expect(throws: CommandStartError.self) {
      try await run(["/nonexistent"], ["XDG_RUNTIME_DIR": scratch.path])
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(left.filter { $0.hasPrefix("copylint-run-") } == [])
  }
}
