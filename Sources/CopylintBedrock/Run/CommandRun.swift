import BedrockClient
import Copylint
import Glibc

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
    let relay = SignalRelay.start(.atStart)
    defer { relay.stop() }
    let folder = try PrivateFolder.make(environment)
    defer { folder.remove(Self.names) }
    try layOut(folder)
    let socket = try await CredentialsSocket.start(at: folder[Self.socket], credentials)
    do {
      let status = try await process(folder, port).run()
      await socket.stop()
      return status
    } catch {
      await socket.stop()
      throw error
    }
  }

  private static let socket = "socket"
  private static let config = "config"
  private static let noCredentials = "credentials"
  private static let helper = "copylint-credentials"
  private static let names = [socket, config, noCredentials, helper]

  private func layOut(_ folder: PrivateFolder) throws {
    // A link, whose path is plain where that of the program itself may not be.
    try folder.link(Self.helper, to: try program?.bytes ?? Self.ownProgram())
    let process = "\(folder[Self.helper]) \(CredentialsRequest.verb) \(folder[Self.socket])"
    try folder.write(CommandConfigurationFile(shared, credentialProcess: process).bytes, to: Self.config)
    try folder.write([], to: Self.noCredentials)
  }

  private func process(_ folder: PrivateFolder, _ port: Int) -> CommandProcess {
    let environment = CommandEnvironment(
      port: port, configFile: ByteString(folder[Self.config]), credentialsFile: ByteString(folder[Self.noCredentials]),
      stated: stated)
    return CommandProcess(
      arguments: command, environment: environment.variables(inherited: inherited), inherited: .atStart)
  }

  private static func ownProgram() throws(PrivateFolderError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
    }
    guard count > 0, count < buffer.count else {
      throw PrivateFolderError(path: "/proc/self/exe", action: "read", code: errno)
    }
    return Array(buffer[..<count])
  }
}
