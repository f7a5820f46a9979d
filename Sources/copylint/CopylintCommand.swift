import ArgumentParser
import Copylint
import CopylintArguments
import Glibc

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
    subcommands: [
      CheckCommand.self, ExplainCommand.self, RulesCommand.self, PackCommand.self, WaiveCommand.self, InitCommand.self,
    ] + BedrockVerbs.all,
    defaultSubcommand: CheckCommand.self)

  /// Usage errors are 2 like everything that keeps a request from being judged; the library's own code for them is 64.
  static func main() {
    guard GivenArguments.areComplete else {
      Terminal.printError(GivenArguments.missing)
      Terminal.exit(withCode: Copylint.ExitCode.unusable.rawValue)
    }
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let words = wordsOfCheck(arguments), let run = PlainLine.run(words) { run.runToTheEnd() }
    if BedrockVerbs.take(arguments) {
      Terminal.printError(SiblingProgram.execute(arguments))
      Terminal.exit(withCode: Copylint.ExitCode.unusable.rawValue)
    }
    do {
      var command: any ParsableCommand = try checkAlone(arguments) ?? parseAsRoot(arguments)
      try command.run()
      Terminal.exit(withCode: 0)
    } catch let code as ArgumentParser.ExitCode {
      Terminal.exit(withCode: code.rawValue)
    } catch {
      let message = fullMessage(for: error)
      let isSuccess = exitCode(for: error).isSuccess
      if !message.isEmpty { isSuccess ? Terminal.print(message) : Terminal.printError(message) }
      Terminal.exit(withCode: isSuccess ? 0 : Copylint.ExitCode.unusable.rawValue)
    }
  }

  /// What stands after the verb of a line that is for `check` for certain; nil for every other line.
  private static func wordsOfCheck(_ arguments: [String]) -> [String]? {
    guard let first = arguments.first else { return [] }
    if first == CheckCommand.configuration.commandName { return Array(arguments.dropFirst()) }
    // The other verbs are asked for their names only where none is given: that takes a tenth of a check.
    guard !isVerb(first) else { return nil }
    refuseMistypedVerb(first)
    let isOption = first.utf8.first == UInt8(ascii: "-")
    return isOption && arguments.contains(where: isVerb) ? nil : arguments
  }

  /// The command of a line that is for `check` for certain: without the tree of all verbs around it the parser takes a
  /// third of the time. Nil for every other line and for mistakes, which the whole tree explains.
  private static func checkAlone(_ arguments: [String]) -> CheckCommand? {
    guard let words = wordsOfCheck(arguments) else { return nil }
    let isCheck = words.count < arguments.count
    return isCheck || !arguments.contains(where: isVerb) ? try? CheckCommand.parse(words) : nil
  }

  private static func isVerb(_ word: String) -> Bool {
    word == "help" || configuration.subcommands.contains { $0.configuration.commandName == word }
  }

  /// Ends with 2 for a word that is no file and nearly a verb.
  private static func refuseMistypedVerb(_ word: String) {
    guard !word.utf8.contains(where: { "./-".utf8.contains($0) }), access(word, F_OK) != 0 else { return }
    let verbs = configuration.subcommands.compactMap { $0.configuration.commandName.map { ByteString($0) } }
    guard let help = Suggestion.help(for: ByteString(word), among: verbs) else { return }
    Terminal.printError(
      "error: there is no verb \(Escaping.quoted(ByteString(word))), and no such file\n  = help: \(help)")
    Terminal.exit(withCode: Copylint.ExitCode.unusable.rawValue)
  }
}
