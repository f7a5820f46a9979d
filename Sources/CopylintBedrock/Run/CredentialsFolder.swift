import BedrockClient
import Copylint
import Glibc

/// What lies on disk while credentials are handed out: a config file whose profiles ask for them, an empty credentials
/// file, and the socket they come through.
package struct CredentialsFolder: Sendable {
  /// The path of the config file that stands for the user's.
  package let configFile: String
  /// The path of an empty file that stands for the user's credentials file.
  package let credentialsFile: String
  private let folder: PrivateFolder
  private let socket: CredentialsSocket

  /// Lays it out. `program` is the path of the program that has the verb ``CredentialsRequest/verb``; nil for this
  /// process's own. Throws ``PrivateFolderError``, and NIO's error where the credentials cannot be served.
  package static func open(
    _ credentials: RunCredentials, _ shared: SharedConfiguration, program: ByteString? = nil,
    environment: ProcessEnvironment = .current
  ) async throws -> CredentialsFolder {
    let folder = try PrivateFolder.make(environment)
    do {
      // A link, whose path is plain where that of the program itself may not be.
      try folder.link(helper, to: try program?.bytes ?? Self.ownProgram())
      let process = "\(folder[helper]) \(CredentialsRequest.verb) \(folder[socketName])"
      let configuration = CommandConfigurationFile(shared, IgnoredURLs(environment), credentialProcess: process)
      try folder.write(configuration.bytes, to: config)
      try folder.write([], to: noCredentials)
      let socket = try await CredentialsSocket.start(at: folder[socketName], credentials)
      return CredentialsFolder(
        configFile: folder[config], credentialsFile: folder[noCredentials], folder: folder, socket: socket)
    } catch {
      folder.remove(names)
      throw error
    }
  }

  /// Hands out nothing more, and leaves nothing behind.
  package func close() async {
    await socket.stop()
    folder.remove(Self.names)
  }

  private static let socketName = "socket"
  private static let config = "config"
  private static let noCredentials = "credentials"
  private static let helper = "copylint-credentials"
  private static let names = [socketName, config, noCredentials, helper]

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
