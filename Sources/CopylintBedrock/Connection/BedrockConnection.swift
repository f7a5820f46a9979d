import BedrockClient

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Bedrock as this process reaches it: endpoints, credentials and clients, by the settings that SDKs read.
public struct BedrockConnection: Sendable {
  /// The Region of an option, the environment or the profile; nil where nothing states one.
  public let region: String?
  /// The bounds of one attempt at Bedrock.
  public var limits = RetryPolicy().limits
  private let settings: ClientSettings
  private let chain: DefaultCredentialsChain
  private let bearerToken: String?
  private let transport: any HTTPTransport
  private let time: any TimeSource
  private let keys = SigningKeyCache()
  private let lastEndpoint = LastEndpoint()

  /// Reads settings and profile; asks nobody for credentials yet. Throws what makes the settings unusable, such as a URL of
  /// Bedrock that is none.
  public static func open(
    _ options: ClientSettings.Options = .init(), environment: ProcessEnvironment = .current,
    files: any LocalFiles = DiskFiles(), time: any TimeSource = SystemTimeSource()
  ) throws(ConfigurationError) -> BedrockConnection {
    let settings = try ClientSettings.load(options, environment: environment, files: files)
    // Of a URL that cannot be used, in whatever Region, one hears now and not call by call.
    _ = try settings.endpoint(.bedrock, in: try Region("us-east-1"))
    let transport = CurlTransport(
      .init(caBundle: settings.caBundle, proxies: proxies(environment), plainHTTP: .loopback))
    let surroundings = CredentialsSurroundings(
      environment: environment, files: files, time: time, processes: ShellProcessRunner(), transport: transport,
      metadataTransport: CurlTransport(.init(proxies: .none, plainHTTP: .anywhere)))
    return BedrockConnection(
      region: settings.region?.name, settings: settings,
      chain: DefaultCredentialsChain(settings: settings, surroundings: surroundings),
      bearerToken: environment["AWS_BEARER_TOKEN_BEDROCK"], transport: transport, time: time)
  }

  private static func proxies(_ environment: ProcessEnvironment) -> ProxySettings {
    let names = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap { [$0, $0.lowercased()] }
    let variables = names.compactMap { name in environment[name].map { (name, $0) } }
    return ProxySettings(environment: Dictionary(variables) { first, _ in first })
  }

  /// A client of Bedrock in a Region, which must be called by its own name.
  public func client(in region: String) throws(ConfigurationError) -> ModelCopyClient {
    ModelCopyClient(
      endpoint: try settings.endpoint(.bedrock, in: try Region(own: region)),
      authentication: .bedrock(bearerToken: bearerToken, credentials: chain), transport: transport, retries: retries,
      time: time, userAgent: "copylint")
  }

  private var retries: RetryPolicy {
    var policy = RetryPolicy(settings: settings)
    policy.limits = limits
    return policy
  }

  /// Signs one call at a date. Throws `ConfigurationError`, `CredentialsError` or `TransportError`.
  func prepare(_ call: UpstreamCall, to region: String, at date: Date) async throws -> PreparedRequest {
    let endpoint = try lastEndpoint.get(region) { () throws(ConfigurationError) in
      try settings.endpoint(.bedrock, in: try Region(own: region))
    }
    var request = HTTPRequest(
      method: call.method, scheme: endpoint.scheme, host: endpoint.host, port: endpoint.port,
      path: endpoint.basePath + call.path, query: call.query, body: call.body)
    if let contentType = call.contentType { request.headers["Content-Type"] = contentType }
    request.headers["Accept"] = "application/json"
    request.headers["User-Agent"] = "copylint"
    request.isIdempotent = call.isIdempotent
    let authenticator = RequestAuthenticator(
      authentication: .bedrock(bearerToken: bearerToken, credentials: chain),
      signer: SigV4Signer(region: endpoint.signingRegion.name, service: "bedrock"),
      keys: keys)
    let signed = try await authenticator.authenticate(request, at: date).request
    return try transport.prepare(signed, limits: limits)
  }

  /// Where credentials come from, for as long as they are needed.
  package var credentialsProvider: any CredentialsProvider { chain }

  /// The credentials and where they come from.
  public func credentials() async throws(CredentialsError) -> ResolvedCredentials { try await chain.resolve() }

  /// The last four characters of the key id that requests are signed with; `bearer` for a token.
  public func keyID() async throws(CredentialsError) -> String {
    if let bearerToken, !bearerToken.isEmpty { return "bearer" }
    return CredentialsSummary(try await chain.resolve()).keyIDSuffix
  }

  /// The account of the credentials: what their source states, else what STS answers.
  public func account(in region: String) async throws(AccountError) -> String {
    do {
      if let bearerToken, !bearerToken.isEmpty { throw AccountError.bearerToken }
      let credentials = try await chain.credentials()
      let endpoint = try settings.endpoint(.sts, in: try Region(region))
      return try await STSClient(endpoint: endpoint, transport: transport, time: time)
        .callerIdentity(of: credentials).account
    } catch let error as AccountError {
      throw error
    } catch let error as CredentialsError {
      throw .credentials(error)
    } catch let error as ConfigurationError {
      throw .configuration(error)
    } catch let error as STSError {
      throw .sts(error)
    } catch {
      throw .bearerToken
    }
  }
}

/// Why nobody can say whose the credentials are.
public enum AccountError: Error, Sendable {
  /// A bearer token says nothing of an account, and STS takes none.
  case bearerToken
  /// There are no credentials.
  case credentials(CredentialsError)
  /// The settings are unusable.
  case configuration(ConfigurationError)
  /// STS said no, or nothing.
  case sts(STSError)
}
