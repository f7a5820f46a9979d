import BedrockClient
import Copylint
import CopylintBedrock
import Glibc
import Logging

/// A gateway's parts, put together: policy that is watched, log, journal, metrics.
struct GatewayService {
  let options: GateOptions
  private let reloads: GatewayReloads
  private let policy: WatchedValue<CallPolicy>
  private let admission: GatewayAdmission
  private let management: ManagementPaths
  private let bedrock: BedrockConnection

  init(
    _ command: GatewayCommand, _ configuration: GatewayConfiguration, _ bedrock: BedrockConnection,
    _ admission: GatewayAdmission, _ reloads: GatewayReloads
  ) throws {
    let (metrics, logger) = (reloads.metrics, reloads.logger)
    (self.reloads, self.admission, self.bedrock) = (reloads, admission, bedrock)
    guard configuration.isLoopback || !configuration.names.isEmpty else {
      throw CommandFailure(
        "the configuration names a host, and no names by which clients may call the gateway",
        help: "add `names`: a web page could have its own name resolved to this machine")
    }
    policy = try Self.watch(command, reloads)
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
    _ command: GatewayCommand, _ reloads: GatewayReloads
  ) throws -> WatchedValue<CallPolicy> {
    let options = command.policy.options
    let hasFixedDate = command.policy.today != nil
    do throws(PolicyErrors) {
      let watch = try WatchedValue<CallPolicy>(
        directories: { WatchedDirectories.ofPolicy(options) }, isSame: { $0.sources == $1.sources },
        onEvent: { reloads.policy($0) },
        load: { () throws(PolicyErrors) in
          var options = options
          if !hasFixedDate { options.today = CalendarDate(secondsSinceEpoch: time(nil)) }
          return try CallPolicy(options)
        })
      reloads.metrics.policyLoaded(watch.current)
      return watch
    } catch {
      throw CommandFailure(error)
    }
  }

  // MARK: While it runs

  private var logger: Logger { reloads.logger }

  /// Says that it listens, and whom it lets in.
  func announce(_ port: Int) {
    var metadata = GatewayReloads.metadata(policy.current)
    metadata["port"] = .stringConvertible(port)
    metadata["callers"] = "\(admission.description)"
    metadata["auditOnly"] = .stringConvertible(options.isAuditOnly)
    logger.notice("listening", metadata: metadata)
    reloads.tellWaivers(policy.current.value)
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

  /// On SIGHUP: policy and callers are loaded, and a log file that was moved away is opened anew.
  func reload() async {
    await policy.reload()
    await admission.reload()
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
    admission.stop()
    logger.notice("stopping")
  }
}
