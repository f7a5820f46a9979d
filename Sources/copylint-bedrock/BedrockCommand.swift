import ArgumentParser
import Copylint
import CopylintArguments
import CopylintBedrock
import Glibc

/// The command line of what talks to Bedrock. `copylint VERB` runs it.
@main
struct BedrockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: typedName,
    abstract: "The verbs of copylint that use the network.",
    version: Version.tool,
    subcommands: [
      SubmitCommand.self, RunCommand.self, GatewayCommand.self, SandboxCommand.self, JobsCommand.self, LogCommand.self,
      CredentialsCommand.self,
      RunCredentialsCommand.self,
    ])

  /// What the user typed: `copylint VERB` becomes this program under its own name, and help has to lead back there.
  static var typedName: String { CommandLine.arguments.first == "copylint" ? "copylint" : "copylint-bedrock" }

  /// Usage errors are 2, like everything that keeps copylint from its work; the library's own code for them is 64.
  static func main() async {
    // First of all: only now is it what this process was started with.
    _ = InheritedState.atStart
    StandardStream.takeClosedOnes()
    // A file that may not grow any more is an error of the write, and not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    guard GivenArguments.areComplete else {
      StandardStream.error.print(GivenArguments.missing)
      Glibc.exit(Copylint.ExitCode.unusable.rawValue)
    }
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    } catch let code as ArgumentParser.ExitCode {
      Glibc.exit(code.rawValue)
    } catch let failure as CommandFailure {
      StandardStream.error.print(failure.text)
      Glibc.exit(failure.exitCode)
    } catch {
      guard !exitCode(for: error).isSuccess else { exit(withError: error) }
      StandardStream.error.print(fullMessage(for: error))
      Glibc.exit(Copylint.ExitCode.unusable.rawValue)
    }
  }
}
