import BedrockClient
import Copylint
import CopylintBedrock

/// Whom a gateway lets in: programs of this user, to which it hands out its credentials, or the callers of a file.
struct GatewayAdmission: GateCallers, CustomStringConvertible {
  /// What the log says of it.
  let description: String
  /// What a caller is told whose signature is not accepted.
  let advice: String
  private let callers: any GateCallers
  private let handedOut: RunCredentials?

  static func open(
    personal: Bool, callers: ByteString?, _ bedrock: BedrockConnection
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
    return try openShared(callers)
  }

  func credentials(of accessKeyID: String) -> [AWSCredentials] { callers.credentials(of: accessKeyID) }

  /// What programs of this user find their credentials by, until it is closed; nil for a shared gateway.
  func layOut() async throws -> CredentialsFolder? {
    guard let handedOut else { return nil }
    do {
      return try await CredentialsFolder.open(handedOut, try SharedConfiguration.load(DiskFiles(), .current))
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
    return GatewayAdmission(
      description: "programs of this user",
      advice: "this gateway is personal: use the credentials that it hands out (copylint gateway --print-env)",
      callers: credentials, handedOut: credentials)
  }

  private static func openShared(_ path: ByteString) throws -> GatewayAdmission {
    do throws(PolicyErrors) {
      let known = try GatewayCallers(path: path).callers.map {
        AWSCredentials(
          accessKeyID: $0.accessKeyID.displayString, secretAccessKey: $0.secretAccessKey.displayString)
      }
      return GatewayAdmission(
        description: "\(known.count) with static keys: whoever holds one has compliant copies made as this gateway",
        advice: "this gateway is shared: it knows the static keys of its callers' file, and no key of AWS",
        callers: FixedCallers(known), handedOut: nil)
    } catch {
      throw CommandFailure(error)
    }
  }
}
