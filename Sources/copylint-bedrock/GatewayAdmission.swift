import BedrockClient
import Copylint
import CopylintBedrock

/// Whom a gateway lets in.
enum GatewayAdmission: GateCallers, CustomStringConvertible {
  /// Programs of this user, to which it hands out its credentials.
  case personal(RunCredentials)
  /// The callers of a file.
  case shared(WatchedCallers)

  /// What the log says of it.
  var description: String {
    switch self {
    case .personal: "programs of this user"
    case .shared(let callers):
      "\(callers.current.names.count) with static keys: whoever holds one has compliant copies made as this gateway"
    }
  }

  /// What a caller is told whose signature is not accepted.
  var advice: String {
    switch self {
    case .personal:
      "this gateway is personal: use the credentials that it hands out (copylint gateway --print-env)"
    case .shared: "this gateway is shared: it knows the static keys of its callers' file, and no key of AWS"
    }
  }

  func credentials(of accessKeyID: String) -> [AWSCredentials] {
    switch self {
    case .personal(let credentials): credentials.credentials(of: accessKeyID)
    case .shared(let callers): callers.credentials(of: accessKeyID)
    }
  }

  /// Reads the file of callers anew.
  func reload() async {
    if case .shared(let callers) = self { await callers.reload() }
  }

  /// Hears of no more changes of it.
  func stop() {
    if case .shared(let callers) = self { callers.stop() }
  }

  static func open(
    personal: Bool, callers: ByteString?, _ bedrock: BedrockConnection, _ reloads: GatewayReloads
  ) async throws -> GatewayAdmission {
    if personal {
      guard callers == nil else {
        throw CommandFailure(
          "the configuration names callers, and a personal gateway has none but its user's own programs",
          help: "leave out `--personal`, or `callers`")
      }
      return try await openPersonal(bedrock)
    }
    guard let callers else {
      throw CommandFailure(
        "nothing says who may call the gateway",
        help: "use --personal for programs of your own, or --callers FILE for a gateway that others call")
    }
    return try openShared(callers, reloads)
  }

  /// What programs of this user find their credentials by, until it is closed; nil for a shared gateway.
  func layOut() async throws -> CredentialsFolder? {
    guard case .personal(let credentials) = self else { return nil }
    do {
      return try await CredentialsFolder.open(credentials, try SharedConfiguration.load(DiskFiles(), .current))
    } catch {
      throw CommandFailure(ConnectionWords.diagnostic(error, "the gateway cannot hand out its credentials"))
    }
  }

  private static func openPersonal(_ bedrock: BedrockConnection) async throws -> GatewayAdmission {
    let credentials = RunCredentials(bedrock.credentialsProvider)
    do {
      _ = try await credentials.current()
    } catch {
      throw CommandFailure(ConnectionWords.diagnostic(error, "the gateway has no credentials to hand out"))
    }
    return .personal(credentials)
  }

  private static func openShared(_ path: ByteString, _ reloads: GatewayReloads) throws -> GatewayAdmission {
    do throws(PolicyErrors) {
      return .shared(try WatchedCallers(path: path) { reloads.callers($0) })
    } catch {
      throw CommandFailure(error)
    }
  }
}
