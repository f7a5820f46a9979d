import ArgumentParser
import BedrockClient
import Copylint
import CopylintBedrock

/// `copylint jobs`
struct JobsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "Get, list and await model copy jobs; tell what this host submitted.",
    subcommands: [JobsListCommand.self, JobsGetCommand.self, JobsWaitCommand.self, JobsHistoryCommand.self])

  /// Whether it can be a job's ARN at all; whether there is such a job is for the service to say.
  fileprivate static func check(_ jobARN: String) throws(ValidationError) {
    guard jobARN.hasPrefix("arn:"), jobARN.contains(":model-copy-job/") else {
      let shown = Escaping.quoted(ByteString(jobARN))
      throw ValidationError("\(shown) is no ARN of a model copy job; `copylint jobs list` shows them")
    }
  }
}

/// `copylint jobs list`
struct JobsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the Region's model copy jobs.")

  @OptionGroup(title: "AWS")
  var connection: ConnectionOptions

  @Option(help: "Only jobs in this state: InProgress, Completed or Failed.", transform: ModelCopyJobStatus.named)
  var status: ModelCopyJobStatus?

  @Option(help: "Only jobs whose target model's name contains this.")
  var nameContains: String?

  @Flag(help: "Print one JSON object a job.")
  var json = false

  func run() async throws {
    var request = ListModelCopyJobsRequest()
    request.statusEquals = status
    request.targetModelNameContains = nameContains
    request.sortBy = .creationTime
    request.sortOrder = .descending
    let client = try connection.client()
    do throws(BedrockError) {
      var jobs = client.modelCopyJobs(request).makeAsyncIterator()
      while let job = try await jobs.next() {
        StandardStream.output.print(json ? JobText.json(job) : JobText.line(job))
      }
    } catch {
      throw CommandFailure(calling: error)
    }
  }
}

/// `copylint jobs get`
struct JobsGetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Show one model copy job.")

  @Argument(help: "The job's ARN.")
  var jobARN: String

  @OptionGroup(title: "AWS")
  var connection: ConnectionOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws { try JobsCommand.check(jobARN) }

  func run() async throws {
    let client = try connection.client(forJob: jobARN)
    do throws(BedrockError) {
      let job = try await client.getModelCopyJob(jobArn: jobARN)
      if json { return StandardStream.output.print(JobText.json(job)) }
      for line in JobText.lines(job) { StandardStream.output.print(line) }
    } catch {
      throw CommandFailure(calling: error)
    }
  }
}

/// `copylint jobs wait`
struct JobsWaitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait", abstract: "Follow a model copy job until it ends.",
    discussion: "Exit codes: 0 completed, 3 failed, 4 it goes on or cannot be followed.")

  @Argument(help: "The job's ARN.")
  var jobARN: String

  @OptionGroup(title: "AWS")
  var connection: ConnectionOptions

  @Option(help: "How many seconds it is followed.")
  var timeout: Double?

  func validate() throws {
    try JobsCommand.check(jobARN)
    if let timeout, !(timeout >= 0 && timeout <= 604_800) { throw ValidationError("--timeout takes 0 to 604800") }
  }

  func run() async throws {
    let client = try connection.client(forJob: jobARN)
    let display = SubmissionDisplay(.text)
    let end = await JobWaiter(client: client, timeout: timeout.map { .seconds($0) }).wait(for: jobARN) {
      display.take(.progress(jobArn: jobARN, $0, elapsed: $1))
    }
    display.take(.ended(jobArn: jobARN, end))
    switch end {
    case .completed: return
    case .failed: throw ArgumentParser.ExitCode(Copylint.ExitCode.rejected.rawValue)
    case .timedOut, .lost: throw ArgumentParser.ExitCode(Copylint.ExitCode.unknownOutcome.rawValue)
    }
  }
}

/// `copylint jobs history`
struct JobsHistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Tell what this host submitted, from its journal.")

  @OptionGroup(title: "State")
  var state: StateOptions

  @Flag(help: "Print one JSON object an entry.")
  var json = false

  func run() async throws {
    do throws(JournalError) {
      let journal = try Journal(existingAt: try statePath())
      for entry in try journal.entries() {
        StandardStream.output.print(json ? JobText.json(entry) : JobText.line(entry))
      }
    } catch {
      throw CommandFailure(error.description, help: error.help)
    }
  }

  private func statePath() throws(JournalError) -> String {
    do { return try state.paths().journal } catch {
      throw JournalError.unusable(path: "", reason: "nothing says where it is; set HOME or give --journal")
    }
  }
}

extension ConnectionOptions {
  /// A client of the Region that the options, the environment or the profile name.
  func client() throws -> ModelCopyClient { try client(in: region, try open()) }

  /// A client of the Region that a job's ARN names, unless an option names one.
  func client(forJob arn: String) throws -> ModelCopyClient {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    let ofJob = parts.count > 3 && !parts[3].isEmpty ? String(parts[3]) : nil
    return try client(in: region ?? ofJob, try open())
  }

  private func client(in region: String?, _ bedrock: BedrockConnection) throws -> ModelCopyClient {
    guard let region = region ?? bedrock.region else {
      throw CommandFailure("no Region is known", help: "use --region, AWS_REGION, or `region` in the profile")
    }
    do throws(ConfigurationError) {
      return try bedrock.client(in: region)
    } catch {
      throw CommandFailure(error.description, help: error.help)
    }
  }
}

extension CommandFailure {
  /// A call that failed: 3 where Bedrock said no, 4 where nobody knows, 2 where it could not be made.
  init(calling error: BedrockError) {
    self.init(Escaping.visible(error.description))
    switch error.cause {
    case .service: code = .rejected
    case .credentials(let error):
      help = error.help
      code = .unusable
    case .invalidRequest: code = .unusable
    default: code = .unknownOutcome
    }
  }
}

extension ModelCopyJobStatus {
  /// One of the API's states: what it does not have, no job is in.
  fileprivate static func named(_ name: String) throws -> ModelCopyJobStatus {
    if let status = allCases.first(where: { $0.rawValue == name }) { return status }
    let near = Suggestion.help(for: ByteString(name), among: allCases.map { ByteString($0.rawValue) })
    throw ValidationError("the states are InProgress, Completed and Failed" + (near.map { "; \($0)" } ?? ""))
  }
}
