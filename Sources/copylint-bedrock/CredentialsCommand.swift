import ArgumentParser
import BedrockClient
import Copylint
import CopylintBedrock

/// `copylint-bedrock credentials`
struct CredentialsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "credentials",
    abstract: "Say which source of credentials answers, and the last four characters of the key id.")

  @OptionGroup(title: "AWS")
  var connection: ConnectionOptions

  @Flag(help: "Ask STS whose they are.")
  var account = false

  func run() async throws {
    let bedrock = try connection.open()
    let resolved: ResolvedCredentials
    do throws(CredentialsError) {
      resolved = try await bedrock.credentials()
    } catch {
      throw CommandFailure(error.description, help: error.help)
    }
    let summary = CredentialsSummary(resolved, account: try await askedAccount(bedrock))
    let rows = [
      ("source", summary.source), ("key id", "…\(summary.keyIDSuffix)"), ("account", summary.account),
      ("expires", summary.expiration),
    ]
    for (name, value) in rows {
      guard let value else { continue }
      StandardStream.output.print(name + String(repeating: " ", count: 9 - name.count) + Escaping.visible(value))
    }
  }

  private func askedAccount(_ bedrock: BedrockConnection) async throws -> String? {
    guard account else { return nil }
    guard let region = connection.region ?? bedrock.region else {
      throw CommandFailure("no Region is known", help: "use --region, AWS_REGION, or `region` in the profile")
    }
    do {
      return try await bedrock.account(in: region)
    } catch {
      throw CommandFailure(ConnectionWords.diagnostic(error, "the account is not known").message)
    }
  }
}
