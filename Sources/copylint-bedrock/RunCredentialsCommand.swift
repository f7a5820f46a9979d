import ArgumentParser
import CopylintBedrock

/// `copylint-bedrock run-credentials`: the `credential_process` of every profile under `copylint run`.
struct RunCredentialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CredentialsRequest.verb, abstract: "Write the credentials of the run that this command is part of.",
    shouldDisplay: false)

  @Argument(help: "The socket of the run.")
  var socket: String

  func run() throws {
    switch CredentialsRequest.ask(socket) {
    case .success(let document): StandardStream.output.write(document + [0x0A])
    case .failure(let failure):
      StandardStream.error.print(failure.message)
      throw ExitCode(1)
    }
  }
}
