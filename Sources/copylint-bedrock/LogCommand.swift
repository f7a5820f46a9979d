import ArgumentParser
import Copylint
import CopylintBedrock

/// `copylint log`
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Verify the decision log; print what shows later whether it was cut.",
    subcommands: [LogVerifyCommand.self, LogHeadCommand.self])
}

/// `copylint log verify`
struct LogVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Find lines that were changed, removed, reordered, duplicated or inserted.",
    discussion: """
      Exit codes: 0 the log is what was written, 1 it is not, 2 there is none, nothing in it, or it cannot be read. A \
      line that a crash cut short is a note: nothing was sent on it.
      """)

  @OptionGroup
  var files: LogFileArguments

  @Option(
    help: ArgumentHelp(
      "A head that was kept elsewhere, from `copylint log head`; repeatable.", valueName: "chain:n:sha256"),
    transform: LogFileArguments.head)
  var head: [ChainHead] = []

  @Option(help: "A file with such heads, one a line.")
  var heads: String?

  @Option(help: "text, or json (one object).")
  var outputFormat = LogReportFormat.text

  func run() async throws {
    let kept = try head + (heads.map { try LogFileArguments.heads(inFile: $0) } ?? [])
    let result = try files.verify(kept)
    switch outputFormat {
    case .text: for line in result.text { StandardStream.output.print(line) }
    case .json: StandardStream.output.print(result.json)
    }
    if !result.isIntact { throw ArgumentParser.ExitCode(Copylint.ExitCode.denied.rawValue) }
  }
}

/// `copylint log head`
struct LogHeadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "head", abstract: "Print every chain's last line, to be kept where nobody who can write the log can.",
    discussion: "Prints none where the log does not verify; exit codes are those of `log verify`.")

  @OptionGroup
  var files: LogFileArguments

  func run() async throws {
    let result = try files.verify([])
    guard result.isIntact else {
      for line in result.text { StandardStream.error.print(line) }
      throw ArgumentParser.ExitCode(Copylint.ExitCode.denied.rawValue)
    }
    for head in result.heads { StandardStream.output.print(head.description) }
  }
}

/// How a verification is shown.
enum LogReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}
