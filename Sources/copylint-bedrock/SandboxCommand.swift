import ArgumentParser
import BedrockClient
import Copylint
import CopylintBedrock

/// `copylint sandbox`
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Start an in-memory Bedrock model-copy service on loopback, for trying things and for tests.",
    discussion: """
      It creates, gets and lists model copy jobs and knows GetCallerIdentity, verifies signatures against the made-up \
      key that it prints, and forgets everything when it stops (Ctrl-C, SIGTERM).
      """)

  @Option(help: "The port on 127.0.0.1; 0 has the system choose.")
  var port = 0

  @Option(help: "The account that the key belongs to.")
  var account = "111122223333"

  @Option(help: "The Region of what names none: the printed environment, bearer tokens.")
  var region = "us-east-1"

  @Option(help: "The made-up access key id that clients sign with; never a real one.")
  var accessKeyID: String?

  @Option(help: "The made-up secret access key that clients sign with; never a real one.")
  var secretAccessKey: String?

  @Option(help: "A made-up bearer token that is taken instead of a signature.")
  var bearerToken: String?

  @Flag(help: "Answer requests that are not signed, too.")
  var allowUnsigned = false

  @Option(help: "How many seconds a job is in progress.")
  var jobSeconds = 3.0

  @Option(help: "Jobs whose target model name contains this end as failed; repeatable.")
  var failName: [String] = []

  @Option(help: "What a client request token gets that was used with other members: ignored or conflict.")
  var tokenReuse = SandboxOptions.TokenReuse.ignored

  @OptionGroup(title: "Faults")
  var faults: FaultArguments

  @Flag(help: "Print no line a request.")
  var quiet = false

  func validate() throws {
    let isAccount = account.utf8.count == 12 && account.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard isAccount else { throw ValidationError("`--account` takes 12 digits") }
    guard (0...65535).contains(port) else { throw ValidationError("`--port` takes a number from 0 to 65535") }
    guard (0...86_400).contains(jobSeconds) else { throw ValidationError("`--job-seconds` takes 0 to 86400") }
    // Here, so that a mistake is explained with this verb's usage.
    _ = try faults.plan()
  }

  func run() async throws {
    try CommandFailure.checkOpenFiles()
    let sandbox: Sandbox
    do {
      sandbox = try await Sandbox.start(try options(), port: port)
    } catch let error as ValidationError {
      throw error
    } catch {
      throw CommandFailure(
        listening: "127.0.0.1", port, error, help: "leave `--port` out, and the system chooses a free one")
    }
    for line in Self.shellLines(sandbox) { StandardStream.output.print(line) }
    StandardStream.error.print("copylint sandbox: listening on \(sandbox.endpoint); stop it with Ctrl-C")
    await StopSignals.wait()
    await sandbox.stop()
  }

  /// What a shell has to evaluate so that SDKs use the sandbox: inherited settings would win over some of it.
  private static func shellLines(_ sandbox: Sandbox) -> [String] {
    let set = sandbox.environment
    let unset = ["AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]
      .filter { name in !set.contains { $0.name == name } }
    return ["unset " + unset.joined(separator: " ")] + SessionSyntax.proxies
      + set.map { "export \($0.name)=\(quoted($0.value))" }
  }

  private static func quoted(_ value: String) -> String {
    let inner = value.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined()
    return "'\(inner)'"
  }

  private func options() throws -> SandboxOptions {
    var options = SandboxOptions()
    options.account = ByteString(account)
    options.region = ByteString(region)
    if let accessKeyID { options.credentials[0].accessKeyID = accessKeyID }
    if let secretAccessKey { options.credentials[0].secretAccessKey = secretAccessKey }
    options.bearerToken = bearerToken
    options.allowsUnsigned = allowUnsigned
    options.jobDuration = .seconds(jobSeconds)
    options.failingNames = failName.map { ByteString($0) }
    options.tokenReuse = tokenReuse
    options.faults = try faults.plan()
    if !quiet { options.onExchange = { StandardStream.error.print($0.line) } }
    return options
  }
}

extension SandboxOptions.TokenReuse: ExpressibleByArgument {}

extension SandboxExchange {
  /// One line of the sandbox's log.
  fileprivate var line: String {
    let parts = [request, status.map { String($0) } ?? "unanswered", error, fault.map { "fault \($0.rawValue)" }]
    return "copylint sandbox: " + parts.compactMap { $0 }.joined(separator: " ")
  }
}
