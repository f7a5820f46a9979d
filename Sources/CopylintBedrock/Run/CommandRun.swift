import BedrockClient
import Copylint

/// One command under a gate: what is laid out for it, the command, and what is cleared away after it.
package struct CommandRun: Sendable {
  /// The program and its arguments, as they were given.
  package var command: [ByteString]
  /// What the command line states and the command is to know too.
  package var stated: [EnvironmentVariable] = []
  /// The environment that the command inherits.
  package var inherited = EnvironmentVariable.current
  /// The same for the settings that are read here.
  package var environment = ProcessEnvironment.current
  /// The profiles of the user.
  package var shared: SharedConfiguration
  /// Who the command is.
  package var credentials: RunCredentials
  /// The path of the program that has the verb ``CredentialsRequest/verb``; nil for this process's own.
  package var program: ByteString?

  package init(command: [ByteString], shared: SharedConfiguration, credentials: RunCredentials) {
    (self.command, self.shared, self.credentials) = (command, shared, credentials)
  }

  /// Runs the command to its end, with Bedrock at `port` of this machine.
  ///
  /// Throws ``PrivateFolderError``, NIO's error where the credentials cannot be served, and ``CommandStartError``.
  package func run(port: Int) async throws -> CommandStatus {
    // Before anything is laid out: a signal must not end this process while there is something to clear away.
    let relay = SignalRelay.start()
    defer { relay.stop() }
    let folder = try await CredentialsFolder.open(credentials, shared, program: program, environment: environment)
    do {
      let status = try await process(folder, port).run()
      await folder.close()
      return status
    } catch {
      await folder.close()
      throw error
    }
  }

  private func process(_ folder: CredentialsFolder, _ port: Int) -> CommandProcess {
    var environment = CommandEnvironment(
      port: port, configFile: ByteString(folder.configFile), credentialsFile: ByteString(folder.credentialsFile),
      stated: stated)
    environment.ignoresURLs = IgnoredURLs(self.environment).areAll(in: shared.profile(profileName))
    return CommandProcess(
      arguments: command, environment: environment.variables(inherited: inherited), inherited: .atStart)
  }

  /// The profile that the command uses unless its code names another one.
  private var profileName: String {
    stated.first { $0.name == "AWS_PROFILE" }?.value.displayString ?? environment["AWS_PROFILE"]
      ?? environment["AWS_DEFAULT_PROFILE"] ?? "default"
  }
}
