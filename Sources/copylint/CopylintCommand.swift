import ArgumentParser
import Copylint

/// The root of the command line.
@main
struct CopylintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copylint",
    abstract: "Checks Amazon Bedrock CreateModelCopyJob requests against rule packs, before they are submitted.",
    discussion: """
      Exit codes: 0 compliant, 1 denied by policy, 2 it could not judge (usage, configuration, packs, unreadable \
      input, nothing to check).
      """,
    version: Version.tool,
    subcommands: [CheckCommand.self, ExplainCommand.self, RulesCommand.self, PackCommand.self],
    defaultSubcommand: CheckCommand.self)

  /// Usage errors are 2 like everything that keeps a request from being judged; the library's own code for them is 64.
  static func main() {
    do {
      if let check = defaultVerb(Array(CommandLine.arguments.dropFirst())) { return try check.run() }
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let message = fullMessage(for: error)
      let code = exitCode(for: error)
      if error is ArgumentParser.ExitCode { Terminal.exit(withCode: code.rawValue) }
      if !message.isEmpty { code.isSuccess ? Terminal.print(message) : Terminal.printError(message) }
      Terminal.exit(withCode: code.isSuccess ? 0 : Copylint.ExitCode.unusable.rawValue)
    }
  }

  /// The default verb, parsed alone: the library looks at every option of every verb otherwise, which takes longer
  /// than the check of a request. Nil for other verbs, and for what only the whole command line can answer.
  private static func defaultVerb(_ arguments: [String]) -> CheckCommand? {
    let names = configuration.subcommands.map { $0.configuration.commandName }
    guard let first = arguments.first else { return nil }
    if first == CheckCommand.configuration.commandName { return try? CheckCommand.parse(Array(arguments.dropFirst())) }
    return names.contains { $0 == first } || first == "help" ? nil : try? CheckCommand.parse(arguments)
  }
}
