import ArgumentParser
import BedrockClient
import Copylint
import CopylintArguments
import CopylintBedrock
import Glibc

/// `copylint run`
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a command whose CreateModelCopyJob calls are judged before they leave.",
    usage: "\(BedrockCommand.typedName) run [<options>] -- <command> [<argument> ...]",
    discussion: """
      The command finds Bedrock at a gate of its own, by AWS_ENDPOINT_URL_BEDROCK, and the credentials of the run in \
      every profile. Exit codes: the command's own (128 and the number for a signal, 127 for a program that is not \
      there, 126 for one that cannot be executed), 1 where a copy was denied or another call not let through, 2 where \
      the gate cannot start.
      """)

  @OptionGroup(title: "Policy")
  var policy: PolicyArguments

  @OptionGroup(title: "AWS")
  var connection: ConnectionOptions

  @OptionGroup(title: "State")
  var state: StateOptions

  @OptionGroup(title: "Decision log")
  var decisionLog: DecisionLogArguments

  @Flag(help: "End with the command's exit code even where a copy was denied.")
  var exitCodeOfCommand = false

  @Option(help: ArgumentHelp("A report of the run, as one JSON object.", valueName: "file"))
  var report: String?

  @Flag(help: "Forward what the policy denies or leaves undetermined, and report it.")
  var auditOnly = false

  @Flag(help: "Forward other operations that change something.")
  var allowOtherOperations = false

  @Flag(help: "Send calls to a sandbox that lives for this run, with made-up credentials and a journal of its own.")
  var sandbox = false

  @Flag(help: "Print the summary even where no copy was asked for.")
  var verbose = false

  @Argument(parsing: .postTerminator, help: "The program to run, and its arguments.")
  var command: [String]

  func validate() throws {
    if sandbox, connection.endpointURL != nil {
      throw ValidationError("--sandbox and --endpoint-url exclude each other")
    }
  }

  func run() async throws {
    try CommandFailure.checkOpenFiles()
    let place = try await sandbox ? RunPlace.sandbox(connection) : RunPlace.aws(connection, statePaths())
    let code: Int32
    do {
      code = try await run(in: place)
    } catch {
      await place.close()
      throw error
    }
    await place.close()
    throw ArgumentParser.ExitCode(code)
  }

  private func run(in place: RunPlace) async throws -> Int32 {
    try await place.resolve()
    let policy = try loadPolicy()
    for block in policy.waiverBlocks { StandardStream.error.write(Array(block.utf8)) }
    let record = RunRecord()
    let gate = try await startGate(place, policy, record)
    let end = await runCommand(place, port: gate.port)
    await gate.stop()
    let status = try end.get()
    let summary = record.summary
    let text = RunSummaryText(summary, upstream: sandbox ? "the sandbox" : "Bedrock")
    for line in text.lines(isVerbose: verbose) { StandardStream.error.print(line) }
    let code = exitCodeOfCommand ? status.exitCode : summary.exitCode(status)
    try write(RunReport(summary, packs: policy.packs, status: status, exitCode: code))
    return code
  }

  private func runCommand(_ place: RunPlace, port: Int) async -> Result<CommandStatus, any Error> {
    var run = CommandRun(command: literalCommand, shared: place.shared, credentials: place.credentials)
    run.stated = place.stated
    do {
      return .success(try await run.run(port: port))
    } catch let error as CommandStartError {
      return .failure(CommandFailure(error))
    } catch {
      return .failure(
        CommandFailure(
          "the command cannot be given its credentials: \(Escaping.visible("\(error)"))",
          help: "set TMPDIR to a folder of a short name that can be written to"))
    }
  }

  private func loadPolicy() throws -> CallPolicy {
    do throws(PolicyErrors) { return try CallPolicy(policy.options) } catch { throw CommandFailure(error) }
  }

  private func startGate(_ place: RunPlace, _ policy: CallPolicy, _ record: RunRecord) async throws -> Gate {
    do {
      // The journal may need a log that is not to be made anew.
      let journal = try Journal(path: place.paths.journal)
      var options = GateOptions(
        policy: FixedPolicy(policy), callers: place.credentials, upstream: BedrockUpstream(place.bedrock),
        journal: journal, log: try place.paths.openLog())
      options.today = self.policy.statedDate
      options.isAuditOnly = auditOnly
      options.allowsOtherOperations = allowOtherOperations
      options.signatureAdvice =
        "under `copylint run` SDKs find the right credentials in every profile: pass none in code, and none by option"
      options.onEvent = { record.take($0) }
      return try await Gate.start(options)
    } catch {
      throw CommandFailure(ConnectionWords.diagnostic(error, "the gate cannot start"))
    }
  }

  private func statePaths() throws -> StatePaths {
    var paths = try state.paths()
    paths.logOptions = decisionLog.options
    paths.logOptions.onInterruption = { failure in
      StandardStream.error.print(
        "error: the decision log `\(Escaping.visible(failure.path))` cannot be written: \(failure.reason)")
    }
    return paths
  }

  private func write(_ report: RunReport) throws {
    guard let path = self.report else { return }
    do throws(Diagnostic) {
      try AtomicFile.write(report.bytes, to: ByteString(path))
    } catch {
      throw CommandFailure(
        "the report \(Escaping.quoted(ByteString(path))) \(error.message)",
        help: "the run itself ended with \(report.exitCode); name a file that can be made, or replaced")
    }
  }

  /// The command byte for byte, as this process was given it: the parser has text only.
  private var literalCommand: [ByteString] {
    UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).suffix(command.count)
      .compactMap { $0 }
      .map { text in ByteString(UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }) }
  }
}

extension CommandFailure {
  fileprivate init(_ error: CommandStartError) {
    self.init(error.description, help: error.help)
    shellCode = error.exitCode
  }
}
