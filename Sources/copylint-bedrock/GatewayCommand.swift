import ArgumentParser
import BedrockClient
import Copylint
import CopylintArguments
import CopylintBedrock
import Logging
import NIOCore

/// `copylint gateway`
struct GatewayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gateway",
    abstract: "Judge CreateModelCopyJob calls on their way to Bedrock, for as long as it runs.",
    discussion: """
      A personal gateway hands out its own credentials to programs of this user. A shared one knows its callers by the \
      keys of a file: whoever holds one of them can have compliant copies made with the gateway's role. Its log goes to \
      standard error as JSON lines; SIGHUP loads policy and callers anew, SIGTERM ends it gracefully.
      """)

  @OptionGroup(title: "Policy")
  var policy: PolicyArguments

  @OptionGroup(title: "AWS")
  var connection: ConnectionOptions

  @OptionGroup(title: "State")
  var state: StateOptions

  @OptionGroup(title: "Decision log")
  var decisionLog: DecisionLogArguments

  @Option(help: "The gateway's own configuration.")
  var gatewayConfig: String?

  @Option(help: "The port, instead of the configuration's; 0 has the system choose.")
  var port: Int?

  @Option(help: "The file of the callers' keys, instead of the configuration's.")
  var callers: String?

  @Flag(help: "Hand out credentials to programs of this user.")
  var personal = false

  @Option(help: "Print what a running program has to do to use a personal gateway: sh or python.")
  var printEnv: SessionSyntax?

  @Flag(help: "Forward what the policy denies or leaves undetermined, and report it.")
  var auditOnly = false

  @Flag(help: "Forward other operations that change something.")
  var allowOtherOperations = false

  func validate() throws {
    if personal, callers != nil { throw ValidationError("--personal and --callers exclude each other") }
    if printEnv != nil, !personal { throw ValidationError("--print-env needs --personal") }
    if let port, !(0...65535).contains(port) { throw ValidationError("--port takes a number from 0 to 65535") }
  }

  func run() async throws {
    let configuration = try loadConfiguration()
    let bedrock = try connection.open(isForOwnPrograms: personal)
    let reloads = GatewayReloads(metrics: GateMetrics(rules: []), logger: Self.logger)
    let admission = try await GatewayAdmission.open(
      personal: personal, callers: callers.map { ByteString($0) } ?? configuration.callers, bedrock, reloads)
    let service = try GatewayService(self, configuration, bedrock, admission, reloads)
    DescriptorLimit.raise(for: service.options.limits)
    let gate = try await start(service, configuration)
    // Before anything is laid out: a signal must not end this process while there is something to clear away.
    let signals = GatewaySignals()
    do {
      let session = try await admission.layOut()
      await serve(service, gate, signals, session)
      await gate.stop(within: .seconds(Int64(configuration.drainSeconds ?? 10)))
      await session?.close()
      Self.logger.notice("stopped")
    } catch {
      await gate.stop(within: .zero)
      throw error
    }
  }

  /// Returns when a signal ends it; calls that have begun may still be under way then.
  private func serve(
    _ service: GatewayService, _ gate: Gate, _ signals: GatewaySignals, _ session: CredentialsFolder?
  ) async {
    if let printEnv, let session {
      for line in printEnv.lines(port: gate.port, session) { StandardStream.output.print(line) }
    }
    service.announce(gate.port)
    // Where nobody answers that takes seconds, in which others may call.
    Task { await service.lookForCredentials() }
    await signals.serve { await service.reload() }
    service.drain()
  }

  private static var logger: Logger {
    Logger(label: "copylint.gateway") { JSONLinesLogHandler(JSONLogLines(label: $0)) }
  }

  private func loadConfiguration() throws -> GatewayConfiguration {
    guard let gatewayConfig else { return GatewayConfiguration() }
    do throws(PolicyErrors) {
      return try GatewayConfiguration(path: gatewayConfig)
    } catch {
      throw CommandFailure(error)
    }
  }

  private func start(_ service: GatewayService, _ configuration: GatewayConfiguration) async throws -> Gate {
    var options = service.options
    let port = port ?? configuration.port
    options.address =
      configuration.isLoopback
      ? ListenAddress(port: port) : ListenAddress(reachableHost: configuration.host, port: port)
    do {
      return try await Gate.start(options)
    } catch {
      throw CommandFailure(
        listening: configuration.host, port, error,
        help: "name another with `--port`; 0 has the system choose a free one")
    }
  }
}

extension GatewayConfiguration {
  /// Whether only this machine reaches it.
  var isLoopback: Bool { host.utf8.elementsEqual("127.0.0.1".utf8) }
}
