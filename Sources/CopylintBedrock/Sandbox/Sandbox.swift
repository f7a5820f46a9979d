import Copylint

/// An in-memory Bedrock model-copy service on loopback, for trying things and for tests.
public final class Sandbox: Sendable {
  private let server: HTTPServer
  private let service: SandboxService
  private let options: SandboxOptions

  /// Starts one; port 0 has the system choose. Throws when the port cannot be had.
  public static func start(_ options: SandboxOptions = SandboxOptions(), port: Int = 0) async throws -> Sandbox {
    let service = try SandboxService(options)
    return Sandbox(try await HTTPServer.start(service, on: ListenAddress(port: port)), service, options)
  }

  private init(_ server: HTTPServer, _ service: SandboxService, _ options: SandboxOptions) {
    (self.server, self.service, self.options) = (server, service, options)
  }

  /// Where it listens.
  public var port: Int { server.port }

  /// `http://127.0.0.1:PORT`
  public var endpoint: String { "http://127.0.0.1:\(port)" }

  /// The accepted jobs, in order: no two of them are of one token.
  public var jobs: [CopyJob] { service.jobs }

  /// What an SDK's environment needs to use it. The endpoint of STS is given too, since SDKs ask it who they are.
  public var environment: [(name: String, value: String)] {
    var variables = [("AWS_ENDPOINT_URL_BEDROCK", endpoint), ("AWS_ENDPOINT_URL_STS", endpoint)]
    variables.append(("AWS_REGION", options.region.displayString))
    variables.append(("AWS_DEFAULT_REGION", options.region.displayString))
    if let key = options.credentials.first {
      variables += [("AWS_ACCESS_KEY_ID", key.accessKeyID), ("AWS_SECRET_ACCESS_KEY", key.secretAccessKey)]
      if let token = key.sessionToken { variables.append(("AWS_SESSION_TOKEN", token)) }
    }
    if let token = options.bearerToken { variables.append(("AWS_BEARER_TOKEN_BEDROCK", token)) }
    return variables.map { (name: $0.0, value: $0.1) }
  }

  /// Finishes what has begun and stops listening; a hanging answer is cut off after a second.
  public func stop() async { await server.stop(within: .seconds(1)) }
}
