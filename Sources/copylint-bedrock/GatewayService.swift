import BedrockClient
import Copylint
import CopylintBedrock
import Glibc
import Logging

/// A gateway's parts, put together: policy that is watched, log, journal, metrics.
struct GatewayService {
  let options: GateOptions
  private let logger: Logger
  private let policy: PolicyWatch<CallPolicy>
  private let management: ManagementPaths
  private let bedrock: BedrockConnection

  init(
    _ command: GatewayCommand, _ configuration: GatewayConfiguration, _ bedrock: BedrockConnection,
    _ admission: GatewayAdmission, _ logger: Logger
  ) throws {
    (self.logger, self.bedrock) = (logger, bedrock)
    guard configuration.isLoopback || !configuration.names.isEmpty else {
      throw CommandFailure(
        "the configuration names a host, and no names by which clients may call the gateway",
        help: "add `names`: a web page could have its own name resolved to this machine")
    }
    let metrics = GateMetrics(rules: [])
    policy = try Self.watch(command, metrics, logger)
    var paths = try command.state.paths()
    paths.logOptions = command.decisionLog.options
    paths.logOptions.onInterruption = { failure in
      logger.error(
        "the decision log cannot be written; nothing is forwarded, and what is denied gets 503",
        metadata: ["reason": "\(failure.reason)"])
    }
    paths.logOptions.onSynchronised = { metrics.logSynchronised(after: $0) }
    let state = try Self.open(paths)
    management = ManagementPaths(log: state.log) {
      metrics.logFound(isWritable: state.log.interruption == nil)
      return metrics.exposition()
    }
    var options = GateOptions(
      policy: WatchedPolicy(policy), callers: admission, upstream: BedrockUpstream(bedrock), journal: state.journal,
      log: state.log)
    options.regions = configuration.regions.map { Set($0.map(\.displayString)) }
    options.hosts = Set(configuration.names.map { $0.asciiLowercased.displayString })
    options.isAuditOnly = command.auditOnly || configuration.isAuditOnly
    options.allowsOtherOperations = command.allowOtherOperations || configuration.allowsOtherOperations
    options.today = command.policy.statedDate
    options.signatureAdvice = admission.advice
    options.management = management
    options.onCommit = { metrics.journalCommitted(after: $0) }
    options.onConnection = { metrics.connection(isOpen: $0) }
    let events = GateEventLog(logger, GateEventLines(JSONLogLines(label: logger.label)), metrics)
    options.onEvent = { events.take($0) }
    self.options = options
  }

  private static func open(_ paths: StatePaths) throws -> (journal: Journal, log: DecisionLog) {
    do {
      // The journal may need a log that is not to be made anew.
      let journal = try Journal(path: paths.journal)
      return (journal, try paths.openLog())
    } catch {
      throw CommandFailure(ConnectionWords.diagnostic(error, "the gateway cannot start"))
    }
  }

  private static func watch(
    _ command: GatewayCommand, _ metrics: GateMetrics, _ logger: Logger
  ) throws -> PolicyWatch<CallPolicy> {
    let options = command.policy.options
    let hasFixedDate = command.policy.today != nil
    do throws(PolicyErrors) {
      let watch = try PolicyWatch<CallPolicy>(
        directories: { WatchedDirectories.ofPolicy(options) }, isSame: { $0.sources == $1.sources },
        onEvent: { report($0, metrics, logger) },
        load: { () throws(PolicyErrors) in
          var options = options
          if !hasFixedDate { options.today = CalendarDate(secondsSinceEpoch: time(nil)) }
          return try CallPolicy(options)
        })
      metrics.policyLoaded(watch.current)
      return watch
    } catch {
      throw CommandFailure(error)
    }
  }

  @Sendable private static func report(_ event: PolicyEvent<CallPolicy>, _ metrics: GateMetrics, _ logger: Logger) {
    switch event {
    case .loaded(let snapshot):
      metrics.policyLoaded(snapshot)
      logger.notice("policy loaded", metadata: metadata(snapshot))
      tellWaivers(snapshot.value, logger)
    case .unchanged: return
    case .failed(let diagnostics):
      metrics.policyFailed()
      for diagnostic in diagnostics {
        logger.error(
          "the new policy cannot be used; the last good one stays in force",
          metadata: ["reason": "\(diagnostic.oneLine)"])
      }
    case .unwatched(let diagnostic):
      logger.warning(
        "changes of the policy are not noticed; send SIGHUP after one", metadata: ["reason": "\(diagnostic.oneLine)"])
    }
  }

  private static func tellWaivers(_ policy: CallPolicy, _ logger: Logger) {
    for heading in policy.waiverHeadings { logger.warning("waiver", metadata: ["reason": "\(heading)"]) }
  }

  private static func metadata(_ snapshot: PolicySnapshot<CallPolicy>) -> Logger.Metadata {
    let packs = snapshot.value.packs.map { Logger.MetadataValue("\($0.name)@sha256:\($0.sha256)") }
    return ["generation": .stringConvertible(snapshot.generation), "packs": .array(packs)]
  }

  // MARK: While it runs

  /// Says that it listens, and whom it lets in.
  func announce(_ port: Int, _ admission: GatewayAdmission) {
    var metadata = Self.metadata(policy.current)
    metadata["port"] = .stringConvertible(port)
    metadata["callers"] = "\(admission.description)"
    metadata["auditOnly"] = .stringConvertible(options.isAuditOnly)
    logger.notice("listening", metadata: metadata)
    Self.tellWaivers(policy.current.value, logger)
  }

  /// Says so where the gateway has no credentials: it may get them later, and until then nothing is forwarded.
  func lookForCredentials() async {
    do throws(CredentialsError) {
      _ = try await bedrock.keyID()
    } catch {
      let diagnostic = ConnectionWords.diagnostic(error, "the gateway cannot sign")
      logger.error(
        "there are no credentials; what complies gets 503 until there are",
        metadata: ["reason": "\(diagnostic.oneLine)"])
    }
  }

  /// On SIGHUP: the policy is loaded, and a log file that was moved away is opened anew.
  func reload() async {
    await policy.reload()
    do throws(DecisionLogError) {
      try options.log.reopen()
    } catch {
      logger.error("the decision log cannot be opened; nothing is forwarded", metadata: ["reason": "\(error.reason)"])
    }
  }

  /// From now on balancers are told to go elsewhere.
  func drain() {
    management.drain()
    policy.stop()
    logger.notice("stopping")
  }
}

extension Diagnostic {
  /// Place, message and help in one line, escaped.
  fileprivate var oneLine: String {
    let place = place.map { ":\($0.start.line):\($0.start.column)" } ?? ""
    let head = path.map { "\(Escaping.visible($0.bytes))\(place): " } ?? ""
    return head + Escaping.visible(message) + (help.map { "; help: \(Escaping.visible($0))" } ?? "")
  }
}

extension GateMetrics {
  fileprivate func policyLoaded(_ snapshot: PolicySnapshot<CallPolicy>) {
    policyLoaded(generation: snapshot.generation, rules: snapshot.value.ruleNames, at: snapshot.loadedAt)
  }
}
