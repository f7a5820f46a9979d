import BedrockClient
import Copylint
import CopylintBedrock
import Glibc

/// Where a run of `submit` submits to: Bedrock, or a sandbox that lives as long as the run.
struct SubmissionPlace {
  /// The Region of the environment or the profile.
  let region: String?
  let world: SubmissionRun.World
  private let sandbox: Sandbox?
  private let folder: String?

  static func open(
    sandbox: Bool, _ connection: ConnectionOptions, _ state: StateOptions, _ log: DecisionLogOptions
  ) async throws -> SubmissionPlace {
    if sandbox { return try await openSandbox(connection) }
    let bedrock = try connection.open()
    var paths = try state.paths()
    paths.logOptions = log
    return SubmissionPlace(
      region: connection.region == nil ? bedrock.region : nil, world: world(bedrock, paths), sandbox: nil, folder: nil)
  }

  /// Stops the sandbox and removes what belongs to it.
  func close() async {
    await sandbox?.stop()
    guard let folder else { return }
    for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "decisions.jsonl"] {
      unlink("\(folder)/\(name)")
    }
    rmdir(folder)
  }

  private static func openSandbox(_ connection: ConnectionOptions) async throws -> SubmissionPlace {
    let sandbox = try await Sandbox.start()
    var template = Array("\(Environment["TMPDIR"] ?? "/tmp")/copylint-sandbox-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandFailure("no temporary directory can be made", help: "set TMPDIR to a folder that can be written to")
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let variables = Dictionary(sandbox.environment.map { ($0.name, $0.value) }) { $1 }
    let bedrock = try BedrockConnection.open(environment: ProcessEnvironment(variables))
    let paths = StatePaths(journal: "\(folder)/journal.sqlite", decisionLog: "\(folder)/decisions.jsonl")
    return SubmissionPlace(
      region: connection.region == nil ? bedrock.region : nil, world: world(bedrock, paths), sandbox: sandbox,
      folder: folder)
  }

  private static func world(_ bedrock: BedrockConnection, _ paths: StatePaths) -> SubmissionRun.World {
    SubmissionRun.World(
      client: { try bedrock.client(in: $0) }, account: { try await bedrock.account(in: $0) },
      keyID: { try await bedrock.keyID() }, log: { try paths.openLog() }, submitter: { try paths.submitter($0) })
  }
}
