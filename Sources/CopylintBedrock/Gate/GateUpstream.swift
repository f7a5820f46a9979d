import BedrockClient
import Copylint

/// Where the gate sends what may go. Each call is signed by the gate itself and sent once: callers repeat, not the gate.
public protocol GateUpstream: Sendable {
  /// Signs one call for Bedrock in a Region. Throws where it cannot be sent.
  func prepare(_ call: UpstreamCall, to region: String) async throws(UpstreamError) -> PreparedCall
  /// The account of the gate's credentials, 12 digits. Throws where nobody can say.
  func account(in region: String) async throws -> String
  /// The last four characters of the key id that calls are sent with.
  func keyID() async throws -> String
}

/// What travels upstream of a call: nothing else of the caller's request does.
public struct UpstreamCall: Sendable {
  /// The method, in capitals.
  public var method: String
  /// The path as it came, percent-encoded.
  public var path: String
  /// The query as it came.
  public var query: String
  /// The body's content type; nil where there is no body.
  public var contentType: String?
  /// Exactly the bytes of the body.
  public var body: [UInt8]
  /// Whether Bedrock takes the same call, sent again, for the one before: a creation, whose token says so.
  public var isIdempotent = false

  /// A call of these parts.
  public init(method: String, path: String, query: String = "", contentType: String? = nil, body: [UInt8] = []) {
    (self.method, self.path, self.query) = (method, path, query)
    (self.contentType, self.body) = (contentType, body)
  }
}

extension GateUpstream {
  /// Sends one call to Bedrock in a Region.
  func send(_ call: UpstreamCall, to region: String) async throws(UpstreamError) -> HTTPResponse {
    let prepared = try await prepare(call, to: region)
    return try await withCheckedContinuation { continuation in
      prepared.send { continuation.resume(returning: $0) }
    }.get()
  }
}

/// A call that is signed, to be sent at most once.
public struct PreparedCall: Sendable {
  /// Takes the answer, on any thread.
  public typealias Completion = @Sendable (Result<HTTPResponse, UpstreamError>) -> Void

  /// Begins to send it, without waiting.
  public let send: @Sendable (@escaping Completion) -> Void

  /// A call that this sends.
  public init(_ send: @escaping @Sendable (@escaping Completion) -> Void) { self.send = send }
}

/// Why there is no answer from upstream.
public struct UpstreamError: Error, Sendable {
  /// Whether Bedrock may have acted on the call.
  public var effect: BedrockError.Effect
  /// What went wrong, without any secret: lowercase, no full stop.
  public var message: String

  /// An error of these parts.
  public init(effect: BedrockError.Effect, message: String) {
    self.effect = effect
    self.message = message
  }
}

/// Bedrock itself, by the settings and credentials of this process.
public struct BedrockUpstream: GateUpstream {
  private let connection: BedrockConnection
  private let time: any TimeSource
  private let account = KnownAccount()

  /// The upstream that a connection leads to.
  public init(_ connection: BedrockConnection, time: any TimeSource = SystemTimeSource()) {
    self.connection = connection
    self.time = time
  }

  /// Signs with the connection's credentials.
  public func prepare(_ call: UpstreamCall, to region: String) async throws(UpstreamError) -> PreparedCall {
    do {
      let request = try await connection.prepare(call, to: region, at: time.date)
      return PreparedCall { completion in request.send { completion($0.mapError(UpstreamError.init)) } }
    } catch let error as TransportError {
      throw UpstreamError(error)
    } catch {
      throw UpstreamError(effect: .none, message: ConnectionWords.diagnostic(error, "no call can be sent").message)
    }
  }

  /// What STS says; asked until it has answered once.
  public func account(in region: String) async throws -> String {
    try await account.get { try await connection.account(in: region) }
  }

  /// The last four characters of the key id.
  public func keyID() async throws -> String { try await connection.keyID() }
}

extension UpstreamError {
  fileprivate init(_ error: TransportError) {
    self.init(effect: error.delivery == .notSent ? .none : .unknown, message: error.message)
  }
}

/// The account of credentials, which does not change while they are renewed. However many ask at once, one question
/// is put; a failure is not kept.
private actor KnownAccount {
  private var known: String?
  private var question: Task<String, any Error>?

  func get(_ ask: @escaping @Sendable () async throws -> String) async throws -> String {
    if let known { return known }
    let task = question ?? Task { try await ask() }
    question = task
    do {
      let account = try await task.value
      known = account
      return account
    } catch {
      if question == task { question = nil }
      throw error
    }
  }
}
