import Foundation

@testable import BedrockClient

/// Surroundings that credentials are looked for in.
struct Scenario {
  var environment: [String: String] = [:]
  var files = MemoryFiles()
  var options = ClientSettings.Options()
  var processes: any ProcessRunner = ScriptedProcesses(.notStarted(reason: "there is no process here"))
  var time = AdjustableTime()
  /// Answers of AWS services and metadata services alike.
  var transport = AnsweringTransport()

  /// What the default chain finds.
  func resolve() async throws -> ResolvedCredentials { try await chain().resolve() }

  /// The default chain of these surroundings.
  func chain() throws(ConfigurationError) -> DefaultCredentialsChain {
    DefaultCredentialsChain(
      settings: try ClientSettings.load(options, environment: ProcessEnvironment(environment), files: files),
      surroundings: surroundings)
  }

  var surroundings: CredentialsSurroundings {
    CredentialsSurroundings(
      environment: ProcessEnvironment(environment), files: files, time: time, processes: processes,
      transport: transport,
      metadataTransport: transport)
  }

  /// The error that the chain ends with; nil where it finds credentials.
  func error() async -> CredentialsError? {
    do { _ = try await resolve() } catch let error as CredentialsError { return error } catch {
      return CredentialsError(.invalidConfiguration, provider: "settings", message: "\(error)")
    }
    return nil
  }
}
