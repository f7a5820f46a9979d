import ArgumentParser
import BedrockClient
import Copylint
import CopylintArguments
import CopylintBedrock
import Glibc
import Synchronization

/// `copylint submit`
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Judge requests, and submit them to Bedrock when every one is compliant.",
    discussion: """
      Exit codes: 0 submitted (or done), 1 denied by policy, 2 it could not judge or not work, 3 Bedrock rejected a \
      request or the awaited job failed, 4 the outcome is unknown or waiting took too long. Run the same command again \
      after 4: it finds out, and never copies a model twice.
      """)

  @Argument(help: "The files that hold the requests, or - for standard input.")
  var paths: [String]

  @OptionGroup(title: "Policy")
  var policy: PolicyArguments

  @OptionGroup(title: "AWS")
  var connection: ConnectionOptions

  @OptionGroup(title: "State")
  var state: StateOptions

  @OptionGroup(title: "Decision log")
  var decisionLog: DecisionLogArguments

  @Option(help: "The target account of every request; it must be that of the credentials.")
  var account: String?

  @Flag(help: "Send nothing; print the exact requests.")
  var dryRun = false

  @Flag(help: "Copy once more what was copied before.")
  var again = false

  @Flag(help: "Send what is compliant even where another request is denied or fails.")
  var keepGoing = false

  @Flag(help: "Follow the jobs until they end.")
  var wait = false

  @Option(help: "How many seconds a job is followed.")
  var timeout: Double?

  @Flag(help: "Submit to a sandbox that lives for this run, with made-up credentials and a journal of its own.")
  var sandbox = false

  @Option(help: "text, or json (one object, at the end).")
  var outputFormat = SubmissionFormat.text

  @Option(help: "The path that standard input is judged under.")
  var stdinPath: String?

  @Flag(help: "Read one request a line.")
  var ndjson = false

  func validate() throws {
    if let account, !TargetForm.isAccount(ByteString(account)) { throw ValidationError("--account is not 12 digits") }
    if let region = connection.region, !TargetForm.isRegionName(ByteString(region)) {
      throw ValidationError("--region is no Region, such as eu-west-1")
    }
    if let timeout, !(timeout >= 0 && timeout <= 604_800) { throw ValidationError("--timeout takes 0 to 604800") }
    if timeout != nil, !wait { throw ValidationError("--timeout needs --wait") }
  }

  func run() async throws {
    try CommandFailure.checkOpenFiles()
    let place = try await SubmissionPlace.open(sandbox: sandbox, connection, state, decisionLog.options)
    let show = SubmissionDisplay(outputFormat)
    let code = await SubmissionRun(options(place.region), in: place.world) { show.take($0) }.run()
    show.finish()
    await place.close()
    if code != .compliant { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  private func options(_ environmentRegion: String?) -> SubmissionOptions {
    var check = policy.options
    check.paths = paths
    check.stdinPath = stdinPath
    check.ndjson = ndjson
    check.region = connection.region
    check.account = account
    var options = SubmissionOptions(check: check)
    options.environmentRegion = environmentRegion
    options.isDryRun = dryRun
    options.again = again
    options.keepsGoing = keepGoing
    options.waits = wait
    options.timeout = timeout.map { .seconds($0) }
    return options
  }
}

/// How a run is shown.
enum SubmissionFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}
