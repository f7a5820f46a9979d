import Copylint

/// One run of the default verb: what to check, and how it is shown.
struct CheckRun {
  var options: CheckOptions
  var format = OutputFormat.text
  var shown = ReportOptions()

  /// With every option as it is unless it is given.
  init(paths: [String]) {
    options = CheckOptions(today: Terminal.today)
    options.paths = paths
    options.packPath = Terminal.packPath
    shown.color = Terminal.takesColor
  }

  init(options: CheckOptions, format: OutputFormat, shown: ReportOptions) {
    (self.options, self.format, self.shown) = (options, format, shown)
  }

  /// Judges, reports, and says how the process ends.
  func run() -> Copylint.ExitCode {
    var check = Check(options)
    return check.run(format, shown) { Terminal.write($0) }
  }
}
