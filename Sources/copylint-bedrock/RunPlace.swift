import BedrockClient
import Copylint
import CopylintBedrock
import Glibc

/// What a run stands on: where its calls go, whose credentials it has, and where it is written down.
struct RunPlace {
  let bedrock: BedrockConnection
  let credentials: RunCredentials
  let shared: SharedConfiguration
  /// What the command has to know besides where the gate is.
  let stated: [EnvironmentVariable]
  let paths: StatePaths
  private let sandbox: Sandbox?
  private let folder: String?

  /// AWS, by the settings of this process and the options.
  static func aws(_ connection: ConnectionOptions, _ paths: StatePaths) throws -> RunPlace {
    let bedrock = try connection.open(isForOwnPrograms: true)
    return RunPlace(
      bedrock: bedrock, credentials: RunCredentials(bedrock.credentialsProvider), shared: try loadProfiles(),
      stated: connection.stated, paths: paths, sandbox: nil, folder: nil)
  }

  /// A sandbox that lives as long as the run, with made-up credentials and a journal of its own.
  static func sandbox(_ connection: ConnectionOptions) async throws -> RunPlace {
    let shared = try loadProfiles()
    let sandbox = try await Sandbox.start()
    let variables = Dictionary(sandbox.environment.map { ($0.name, $0.value) }) { $1 }
    let environment = ProcessEnvironment(variables)
    let bedrock = try BedrockConnection.open(environment: environment)
    let folder = try makeFolder()
    // The command asks the sandbox who it is, too.
    let ofSandbox = ["AWS_ENDPOINT_URL_STS", "AWS_REGION", "AWS_DEFAULT_REGION"].compactMap { name in
      variables[name].map { EnvironmentVariable(ByteString(name), ByteString($0)) }
    }
    let names = Set(connection.stated.map(\.name))
    let stated = connection.stated + ofSandbox.filter { !names.contains($0.name) }
    return RunPlace(
      bedrock: bedrock, credentials: RunCredentials(bedrock.credentialsProvider), shared: shared, stated: stated,
      paths: StatePaths(journal: "\(folder)/journal.sqlite", decisionLog: "\(folder)/decisions.jsonl"),
      sandbox: sandbox, folder: folder)
  }

  private static func loadProfiles() throws -> SharedConfiguration {
    do throws(ConfigurationError) {
      return try SharedConfiguration.load(DiskFiles(), .current)
    } catch {
      throw CommandFailure(Escaping.visible(error.description), help: error.help)
    }
  }

  /// Asks for the credentials of the run, before anything is done with them.
  func resolve() async throws {
    do throws(CredentialsError) {
      _ = try await credentials.current()
    } catch {
      guard error.reason == .notConfigured, Environment["AWS_BEARER_TOKEN_BEDROCK"] != nil else {
        throw CommandFailure(error.description, help: error.help)
      }
      throw CommandFailure(
        "AWS_BEARER_TOKEN_BEDROCK is the only credential here, and a gate knows its callers by signatures",
        help: "give keys, a profile or a role as well: the command's SDKs sign with them, and the token is left out")
    }
  }

  /// Stops the sandbox and removes what belongs to it.
  func close() async {
    await sandbox?.stop()
    guard let folder else { return }
    for suffix in ["", "-wal", "-shm", "-gates"] { unlink(paths.journal + suffix) }
    unlink(paths.decisionLog)
    rmdir(folder)
  }

  private static func makeFolder() throws -> String {
    var template = Array("\(Environment["TMPDIR"] ?? "/tmp")/copylint-sandbox-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandFailure("no temporary directory can be made", help: "set TMPDIR to a folder that can be written to")
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension ConnectionOptions {
  /// What a command under the gate has to know of the options.
  fileprivate var stated: [EnvironmentVariable] {
    // Both names of each: SDKs differ in which of the two goes first.
    let names: [(ByteString, String?)] = [
      ("AWS_PROFILE", profile), ("AWS_DEFAULT_PROFILE", profile), ("AWS_REGION", region),
      ("AWS_DEFAULT_REGION", region),
    ]
    return names.compactMap { name, value in value.map { EnvironmentVariable(name, ByteString($0)) } }
  }
}
