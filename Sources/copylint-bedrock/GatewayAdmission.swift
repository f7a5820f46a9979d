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
  private let folder: CredentialsFolder?

  static func open(
    personal: Bool, callers: ByteString?, _ bedrock: BedrockConnection
  ) async throws -> GatewayAdmission {
    if personal { return try await openPersonal(bedrock) }
    guard let callers else {
      throw CommandFailure(
        "nothing says who may call the gateway",
        help: "use --personal for programs of your own, or --callers FILE for a gateway that others call")
    }
    return try openShared(callers)
  }

  func credentials(of accessKeyID: String) -> [AWSCredentials] { callers.credentials(of: accessKeyID) }

  /// Prints what a program does to use a personal gateway.
  func show(_ syntax: SessionSyntax?, port: Int) async throws {
    guard let syntax, let folder else { return }
    for line in syntax.lines(port: port, folder) { StandardStream.output.print(line) }
  }

  /// Hands out nothing more.
  func close() async { await folder?.close() }

  private static func openPersonal(_ bedrock: BedrockConnection) async throws -> GatewayAdmission {
    let credentials = RunCredentials(bedrock.credentialsProvider)
    do {
      _ = try await credentials.current()
      let folder = try await CredentialsFolder.open(
        credentials, try SharedConfiguration.load(DiskFiles(), .current))
      return GatewayAdmission(
        description: "programs of this user",
        advice: "this gateway is personal: use the credentials that it hands out (copylint gateway --print-env)",
        callers: credentials, folder: folder)
    } catch {
      throw CommandFailure(ConnectionWords.diagnostic(error, "the gateway has no credentials to hand out"))
    }
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
        callers: FixedCallers(known), folder: nil)
    } catch {
      throw CommandFailure(error)
    }
  }
}
