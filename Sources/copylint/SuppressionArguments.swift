import ArgumentParser
import Copylint

/// The options about waivers and the baseline.
struct SuppressionArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Warn of waivers that hold for so many days or fewer.", valueName: "days"))
  var waiverWarningDays = CheckOptions(today: Terminal.today).waiverWarningDays

  @Option(help: ArgumentHelp("Known findings: they are shown, and deny nothing.", valueName: "file"))
  var baseline: String?

  @Option(help: ArgumentHelp("Write the findings of this run as known ones.", valueName: "file"))
  var writeBaseline: String?

  @Flag(help: "Remove what no longer occurs from the baseline.")
  var pruneBaseline = false

  func validate() throws {
    if waiverWarningDays < 0 { throw ValidationError("--waiver-warning-days must not be negative") }
    if baseline != nil, writeBaseline != nil {
      throw ValidationError("--baseline and --write-baseline exclude each other")
    }
    if pruneBaseline, baseline == nil { throw ValidationError("--prune-baseline needs --baseline") }
  }

  func apply(to options: inout CheckOptions) {
    options.waiverWarningDays = waiverWarningDays
    options.baseline = baseline
    options.writeBaseline = writeBaseline
    options.pruneBaseline = pruneBaseline
  }
}
