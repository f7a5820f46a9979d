import ArgumentParser
import Copylint
import CopylintArguments

/// `copylint check`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: "copylint",
    abstract: "Judge requests: files, directories, or - for standard input. The default verb.")

  private static let defaults = CheckOptions(today: Terminal.today)

  @Argument(help: "Files, directories, or -. Without any: what the configuration includes, or every *.json beneath.")
  var paths: [String] = []

  @OptionGroup var policy: PolicyArguments

  @OptionGroup var suppression: SuppressionArguments

  @Option(help: "The target Region of every request.")
  var region: String?

  @Option(help: "The target account of every request.")
  var account: String?

  @Option(help: "What a request counts as that cannot be decided: deny or warn.")
  var unknown = Self.defaults.unknown

  @Option(help: "The least severity that makes the exit code 1: error, warning or info.")
  var failOn = Self.defaults.failOn

  @Flag(help: "Exit 0 where the code would be 1; never where it would be 2.")
  var exitZero = false

  @Flag(help: "It is no mistake if there is no request.")
  var allowEmpty = false

  @Option(help: "It is a mistake if there are fewer requests.")
  var minRequests: Int?

  @Flag(help: "Judge what git is about to commit, as the index has it.")
  var staged = false

  @Option(
    help: ArgumentHelp("Judge what changed since the common ancestor of HEAD and this commit.", valueName: "revision"))
  var changedSince: String?

  @Flag(help: "Leave named files out that the configuration does not include.")
  var forceExclude = false

  @Flag(help: "Read one request a line.")
  var ndjson = false

  @Option(help: "The path that standard input is judged under.")
  var stdinPath: String?

  @Option(help: "The largest request, in bytes.")
  var maxBytes = Self.defaults.maxBytes

  @OptionGroup var reports: ReportArguments

  @Option(help: "When to colour: auto, always or never.")
  var color = ColorChoice.auto

  @Option(help: "When to make links of rule names: auto, always or never.")
  var hyperlinks = HyperlinkChoice.auto

  @Flag(help: "Show under every finding what its rule checks and why.")
  var explain = false

  @Flag(name: .shortAndLong, help: "Show errors only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Show every rule with its verdict, and how long the run took.")
  var verbose = false

  @OptionGroup var fixes: FixArguments

  @Flag(help: "Judge again whenever a request file, a pack or the configuration changes, until interrupted.")
  var watch = false

  @Option(
    help: ArgumentHelp("Print what holds for a request file, with where it comes from, and stop.", valueName: "file"))
  var showConfig: String?

  func validate() throws {
    if let region, !TargetForm.isRegionName(ByteString(region)) {
      throw ValidationError("--region is no Region, such as eu-west-1")
    }
    if let account, !TargetForm.isAccount(ByteString(account)) { throw ValidationError("--account is not 12 digits") }
    if maxBytes < 1 { throw ValidationError("--max-bytes must be at least 1") }
    if let minRequests, minRequests < 0 { throw ValidationError("--min-requests must not be negative") }
    if stdinPath != nil, !paths.contains("-") { throw ValidationError("--stdin-path needs - among the paths") }
    if staged, changedSince != nil { throw ValidationError("--staged and --changed-since exclude each other") }
    if staged || changedSince != nil, paths.contains("-") {
      throw ValidationError("git knows nothing of standard input: leave - out")
    }
    if paths.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read only once") }
    // What a run writes would start the next one.
    let writes = fixes.options != nil || suppression.writeBaseline != nil || suppression.pruneBaseline
    if watch, paths.contains("-") || staged || writes {
      throw ValidationError(
        "--watch takes files and directories, and neither --staged, --fix and --diff nor a baseline to write")
    }
    if watch, !reports.outputs.isEmpty {
      throw ValidationError("a report file would be a change that --watch waits for: leave --output out")
    }
    try fixes.check(paths: paths, isLines: ndjson, isStaged: staged)
    // Here, so that a mistake is explained with this verb's usage.
    _ = try reports.destinations(besideInputs: paths)
  }

  func run() throws {
    let options = options
    if let showConfig { return try show(showConfig, options) }
    let shown = ReportOptions(
      color: color.isOn, verbose: verbose, quiet: quiet, explain: explain, hyperlinks: hyperlinks.isOn)
    let destinations = try reports.destinations(besideInputs: paths)
    // Made anew each time: a watch may last until tomorrow.
    let run = { CheckRun(options: self.options, reports: destinations, shown: shown) }
    if !watch, !verbose { run().runToTheEnd() }
    let code = try watch ? CheckRun.watch(run) : run().run()
    if code != .compliant { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  private func show(_ file: String, _ options: CheckOptions) throws {
    for line in try stoppingAtPolicyErrors({ () throws(PolicyErrors) in try ShownConfiguration(file, options) }).lines {
      Terminal.print(line)
    }
  }

  private var options: CheckOptions {
    var options = policy.options
    options.paths = paths
    options.changes = staged ? .staged : changedSince.map { .since($0) }
    options.stdinPath = stdinPath
    options.region = region
    options.account = account
    options.unknown = unknown
    options.failOn = failOn
    options.exitZero = exitZero
    options.allowEmpty = allowEmpty
    options.minRequests = minRequests
    options.forceExclude = forceExclude
    options.ndjson = ndjson
    options.maxBytes = maxBytes
    options.fixes = fixes.options
    suppression.apply(to: &options)
    return options
  }
}

/// Prints what keeps a policy from being used, and ends with 2.
func stoppingAtPolicyErrors<Result>(_ body: () throws(PolicyErrors) -> Result) throws -> Result {
  do throws(PolicyErrors) {
    return try body()
  } catch {
    for line in error.lines(color: false) { Terminal.printError(line) }
    throw ArgumentParser.ExitCode(Copylint.ExitCode.unusable.rawValue)
  }
}
