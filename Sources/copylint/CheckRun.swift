import CStaticStart
import Copylint
import CopylintArguments

/// One run of the default verb: what to check, and how it is shown.
struct CheckRun {
  var options: CheckOptions
  var reports = [ReportDestination(.text)]
  var shown = ReportOptions()

  /// With every option as it is unless it is given.
  init() {
    options = CheckOptions(today: Terminal.today)
    options.packPath = PolicyArguments.packPath
    shown.color = Terminal.takesColor
    shown.hyperlinks = Terminal.takesHyperlinks
  }

  /// Reports in this format on standard output, and to the build platform that the environment tells of.
  mutating func report(as format: OutputFormat) {
    reports = [ReportDestination(format)]
    reports += BuildPlatformChoice.auto.destinations(beside: reports)
  }

  init(options: CheckOptions, reports: [ReportDestination], shown: ReportOptions) {
    (self.options, self.reports, self.shown) = (options, reports, shown)
  }

  /// Judges, reports, and says how the process ends.
  func run() -> Copylint.ExitCode {
    var time = shown.verbose && !shown.quiet ? RunTime { Terminal.clock } : nil
    var check = Check(options)
    time?.end("packs")
    let code = report(&check)
    time?.end("requests")
    if let time { Terminal.printError(time.text) }
    return code
  }

  /// Judges, reports, and ends the process, without taking apart first what would end with it.
  func runToTheEnd() -> Never {
    var check = Check(options)
    let code = report(&check)
    withExtendedLifetime(check) { Terminal.exit(withCode: code.rawValue) }
  }

  private func report(_ check: inout Check) -> Copylint.ExitCode {
    if options.ndjson { copylint_release_text() }
    let progress = ProgressLine(quiet: shown.quiet)
    if let progress { check.onProgress = { progress.show($0) } }
    defer { progress?.erase() }
    return check.run(reports, shown) { output in
      if !output.isEmpty { progress?.erase() }
      Terminal.write(output)
    }
  }

  /// Judges again whenever something changes, until it is interrupted; how the process ends then.
  static func watch(_ run: () -> CheckRun) throws -> Copylint.ExitCode {
    try stoppingAtPolicyErrors { () throws(PolicyErrors) in
      do throws(Diagnostic) {
        var loop = WatchLoop(try Inotify())
        return try loop.run(watching: { WatchedDirectories.of(run().options) }) {
          Terminal.clear()
          let code = run().run()
          Terminal.printError("watching for changes, until interrupted")
          return code
        }
      } catch {
        throw PolicyErrors([error])
      }
    }
  }
}
